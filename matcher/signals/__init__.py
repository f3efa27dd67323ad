"""Signals: pure functions from (startups, partners) to scores, each usable alone as a baseline.

Every signal returns float32 of shape [number of startups, number of partners]; larger fits better and
NaN means unknown, which neither helps nor harms a pair. The order of the arguments never changes with
the direction of the question: a list of startups for a partner reads the same matrix by columns.
"""
