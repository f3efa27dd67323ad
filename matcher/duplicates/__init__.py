"""Probable duplicates: one organisation or person under two profiles. A person decides; nothing is merged by
itself."""

from matcher.duplicates.finding import Duplicate, probable_duplicates
from matcher.duplicates.named import Named, named
from matcher.duplicates.reasons import Reason

__all__ = ["Duplicate", "Named", "Reason", "named", "probable_duplicates"]
