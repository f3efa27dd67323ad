"""Profiles become aligned arrays: one featuriser for training and serving."""
