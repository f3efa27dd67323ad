"""What the ledgers tell: who needs care, how the startups are doing, what came of it."""

from api.pages.attention import assessing, deciding, listing, performing  # noqa: F401 - each adds its views
