"""Offline work: datasets, fitting, evaluation. Nothing that serves a request imports it."""
