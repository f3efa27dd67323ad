"""Introductions: published pairs as requests that both sides answer."""
