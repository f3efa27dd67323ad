"""Profiles that are one and the same: found, looked at side by side, merged."""

from api.pages.merging import choosing, finding, leading, listing  # noqa: F401 - each adds its views
