"""The blueprint that all pages belong to, and what its application needs for it."""

from pathlib import Path
from typing import Any

from flask import Blueprint, g, request
from flask.blueprints import BlueprintSetupState
from flask_babel import Babel, get_translations

from api.pages.language import locale

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/pages"
)
TRANSLATIONS = Path(__file__).parent / "translations"


@pages.record_once
def _translate(state: BlueprintSetupState) -> None:
    """Let templates and views of the application find the translations."""
    Babel(state.app, locale_selector=locale, default_translation_directories=str(TRANSLATIONS))
    environment: Any = state.app.jinja_env  # its i18n extension adds the method
    environment.install_gettext_callables(_gettext, _ngettext, newstyle=True)


def _gettext(text: str) -> str:
    """A template's text in the reader's language.

    A long page has thousands of texts. Flask-Babel looks up the language for each of them, which took a third
    of such a page's time; it is the same for all.
    """
    found: str = _translations().ugettext(text)
    return found


def _ngettext(one: str, many: str, number: int) -> str:
    """The same for a text that says a number."""
    found: str = _translations().ungettext(one, many, number)
    return found


def _translations() -> Any:
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


@pages.url_defaults
def _stay_in_organisation(endpoint: str, values: dict[str, Any]) -> None:
    """An admin who acts in another organisation goes on doing so from page to page."""
    asked = request.args.get("organisation")
    if endpoint != "pages.static" and "principal" in g and g.principal.organisation == asked:
        values.setdefault("organisation", asked)
