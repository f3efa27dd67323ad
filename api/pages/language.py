"""The language of a page: what the reader chose, else the organisation; Simplified Chinese where neither did.

Traditional Chinese is a way of writing: sentences are made in Chinese and then converted.
"""

from typing import Literal

from flask import g, request
from werkzeug.wrappers import Response

from api.office import office
from matcher.matching.wording import Language
from matcher.text.traditional import traditional

Choice = Literal["zh", "zh-Hant", "en"]

COOKIE = "bole_language"
NAMES: dict[Choice, str] = {"zh": "简体", "zh-Hant": "繁體", "en": "English"}
TAGS: dict[Choice, str] = {"zh": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}
"""As HTML's lang attribute has them."""

_YEAR_SECONDS = 365 * 24 * 3600


def choice() -> Choice:
    """What the address asks for (`lang`), else what was chosen before, else what somebody is written to in,
    whom a link names (`g.written_in`), else the organisation's language."""
    wanted = request.args.get("lang") or request.cookies.get(COOKIE)
    chosen = next((known for known in NAMES if known == wanted), None)
    return chosen or g.get("written_in") or office().language or "zh"


def language() -> Language:
    """The language that sentences are made in."""
    return "en" if choice() == "en" else "zh"


def locale() -> str:
    """The catalogue of the page's texts, as gettext names it."""
    return choice().replace("-", "_")


def in_script(text: str) -> str:
    """One of Bole's own Chinese sentences in the characters that the reader chose."""
    return traditional(text) if choice() == "zh-Hant" else text


def remember_language(response: Response) -> None:
    """Keep to the language that the address asks for on the pages to come."""
    if "lang" in request.args:
        keep_language(response, choice())


def keep_language(response: Response, chosen: Choice) -> None:
    """Keep to a language on the pages to come."""
    secure = request.is_secure
    response.set_cookie(COOKIE, chosen, max_age=_YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax")
