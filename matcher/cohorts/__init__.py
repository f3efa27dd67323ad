"""Whole cohorts: match runs from their configuration to a published result."""
