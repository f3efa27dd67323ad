"""Measures of match lists and of probabilities: pure functions, for the weekly gate and the scoreboard."""
