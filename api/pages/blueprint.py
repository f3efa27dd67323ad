"""The blueprint that all pages belong to, and what its application needs for it."""

from pathlib import Path
from typing import Any

from flask import Blueprint, g, request
from flask.blueprints import BlueprintSetupState
from flask_babel import Babel

from api.pages.language import locale

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/pages"
)
TRANSLATIONS = Path(__file__).parent / "translations"


@pages.record_once
def _translate(state: BlueprintSetupState) -> None:
    """Let templates and views of the application find the translations."""
    Babel(state.app, locale_selector=locale, default_translation_directories=str(TRANSLATIONS))


@pages.url_defaults
def _stay_in_organisation(endpoint: str, values: dict[str, Any]) -> None:
    """An admin who acts in another organisation goes on doing so from page to page."""
    asked = request.args.get("organisation")
    if endpoint != "pages.static" and "principal" in g and g.principal.organisation == asked:
        values.setdefault("organisation", asked)
