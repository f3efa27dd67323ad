"""Signals: pure functions from (startups, partners) to scores, each usable alone as a baseline.

Every signal returns float32 of shape [number of startups, number of partners], or of shape [pairs] where
only chosen ones meet (see `meeting`); larger fits better and NaN means unknown, which neither helps nor harms
a pair. The order of the arguments never changes with the direction of the question: a list of startups for a
partner reads the same matrix by columns.

A pair's score is the same to the last bit whatever else is asked about with it. That is why dense products
are `vecdot`, one pair at a time, and not BLAS matrix products, which round by the shape of the whole batch: a
list, its explanation and the list of the other side would disagree about near ties.
"""
