"""Review panels: applications, who reads them, scores, and awards under a budget."""

from api.pages.panels import (  # noqa: F401 - each adds its views
    assigning,
    awarding,
    listing,
    progress,
    reviewing,
    scoring,
    setting_up,
    sheets,
)
