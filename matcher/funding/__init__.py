"""Covering a startup's gap from loans, grants and equity: exact plans, and what a refusal would do."""
