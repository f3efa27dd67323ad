"""Reports of the office: outcomes, acceptance, exposure, supply gaps."""

from api.pages.reports import views  # noqa: F401 - adds its views
