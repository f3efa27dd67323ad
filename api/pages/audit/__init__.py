"""The audit log: searched, checked, taken away as a table."""

from api.pages.audit import reading

__all__ = ["reading"]
