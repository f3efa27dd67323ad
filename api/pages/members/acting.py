"""Who acts, and what is said after something was done."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import current_scope
from api.office import zone
from api.pages.language import in_script, language
from api.pages.rendering import page
from matcher.errors import InvalidInput
from matcher.importing.rules import Rule
from matcher.interactions import REQUEST_ID
from matcher.profiles import Profile

_DONE = "member"
_LONGEST = 80


def myself() -> Profile:
    """The profile of the member who acts, whole."""
    scope = current_scope()
    return scope.readable(scope.principal.profile_id)


def member_page(template: str, status: int = 200, **values: object) -> Response:
    """A page of a member, with moments told in the organisation's time zone."""
    return page(f"members/{template}", status, zone=zone(), fault_text=_fault_text, told=told(), **values)


def _fault_text(error: InvalidInput) -> str:
    """Why a field cannot be kept, and how a right one looks where there is an example."""
    if not isinstance(error.rule, Rule):
        return in_script(Rule.PROFILE.chinese) if language() == "zh" else str(Rule.PROFILE)
    words = in_script(error.rule.chinese) if language() == "zh" else str(error.rule)
    if not error.remedy:
        return words
    example, meant = _("for example %(value)s"), _("did you mean %(value)s?")
    near: str = example if error.rule.by_example else meant
    return f"{words}: {near}".replace("%(value)s", error.remedy)


def done(what: str, endpoint: str, **facts: str | int) -> AnyResponse:
    """Go on to a page, which tells `what` was done, once. Long texts are cut: a cookie carries them."""
    kept = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    flash(json.dumps({"what": what, **kept}), _DONE)
    return redirect(url_for(endpoint), 303)


def told() -> Sequence[Mapping[str, Any]]:
    """What was done since the last page."""
    return [json.loads(str(each)) for each in get_flashed_messages(category_filter=[_DONE])]


def typed(name: str) -> str:
    """A field of the form as typed, without white space around it; "" where it is absent."""
    return "\n".join(request.form.get(name, "").splitlines()).strip()


def shown_in() -> str:
    """The request id of the list that showed what the form is about; "" where it names none."""
    given = typed("list")
    return given if REQUEST_ID.fullmatch(given) else ""
