"""What the office may set and look up: weights in words, catalogues, headers of its files."""

from api.pages.settings import headers, office, overview, taxonomies  # noqa: F401 - each adds its views
