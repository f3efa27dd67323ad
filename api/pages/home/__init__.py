"""Where the office begins: what waits, who needs care, the cohorts, and what was learnt last."""

from api.pages.home import views  # noqa: F401 - adds its view
