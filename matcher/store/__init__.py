"""The store: profiles, interactions and the rest, in SQLite or PostgreSQL. The only place that speaks SQL."""

from matcher.store.store import Store
from matcher.store.values import Changes, Counts, Page, TokenRecord

__all__ = ["Changes", "Counts", "Page", "Store", "TokenRecord"]
