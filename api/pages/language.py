"""The language of a page: Chinese unless the reader chose English."""

from flask import Response, request

from matcher.matching.wording import Language

COOKIE = "bole_language"
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
"""As HTML's lang attribute has them."""

_YEAR_SECONDS = 365 * 24 * 3600


def language() -> Language:
    """The one that the address asks for (`lang`), else the one chosen before."""
    return "en" if (request.args.get("lang") or request.cookies.get(COOKIE)) == "en" else "zh"


def remember_language(response: Response) -> None:
    """Keep to the language that the address asks for on the pages to come."""
    if "lang" in request.args:
        response.set_cookie(COOKIE, language(), max_age=_YEAR_SECONDS, httponly=True, samesite="Lax")
