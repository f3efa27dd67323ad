"""Pages on which somebody's data is handed over or erased, and the receipts."""

from api.pages.privacy import asking, erasing, exporting, receipts  # noqa: F401 - each adds its views
