"""Every page is answered through here: its words, its links, and what it may load."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import Response, g, make_response, render_template, request

from api.access import current_services
from api.pages import words
from api.pages.language import NAMES, TAGS, choice, in_script, language, remember_language
from api.pages.menu import entries, front, seldom
from api.principals import Caller, Principal
from api.sessions import FORM_FIELD, form_token
from matcher.interactions import local
from matcher.profiles import Profile

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_WRITTEN = (
    words.label,
    words.labels,
    words.everyday,
    words.listed,
    words.place,
    words.brief,
)
"""What people wrote stays in the characters that they wrote it in; a catalogue's name in its place is in
those that the reader chose."""
_SPOKEN = (
    words.money,
    words.reason_text,
    words.rule_text,
    words.day_and_time,
    words.age,
    words.headline,
    words.step_text,
)
"""What Bole says is in the characters that the reader chose."""


def page(template: str, status: int = 200, **values: object) -> Response:
    """The page in the reader's language; nothing of it may come from another host or from inside a tag."""
    principal: Principal | None = g.get("principal")
    response = make_response(
        render_template(
            f"pages/{template}",
            principal=principal,
            menu=entries(principal),
            seldom=seldom(principal),
            front=front(principal),
            organisations=_other_organisations(principal),
            language=language(),
            script=choice(),
            language_tags=TAGS,
            language_names=NAMES,
            here=here,
            reference=_reference,
            hundredths=words.hundredths,
            points=words.points,
            nearest=words.nearest,
            form_field=FORM_FIELD,
            form_token=form_token,
            in_script=in_script,
            choices=_choices,
            **_worded(),
            **values,
        ),
        status,
    )
    response.headers["Content-Security-Policy"] = POLICY
    remember_language(response)
    return response


def here(**changes: object) -> str:
    """A link to this address with parameters changed, or left out where None."""
    kept = {name: value for name, value in request.args.items() if name != "lang"} | changes
    return "?" + urlencode({name: value for name, value in kept.items() if value is not None})


def _worded() -> dict[str, Callable[..., str]]:
    """What templates say profiles and figures with, in the reader's language."""
    reader = language()
    written: dict[str, Callable[..., str]] = {
        each.__name__: partial(each, language=reader, in_script=in_script) for each in _WRITTEN
    }
    written["ticket"] = partial(words.ticket, language=reader)
    return written | {function.__name__: _said(function) for function in _SPOKEN}


def _said(function: Callable[..., str]) -> Callable[..., str]:
    return lambda *given: in_script(function(*given, language=language()))


def _choices(kind: str) -> list[tuple[str, str]]:
    """(code, name) of every entry of a taxonomy."""
    return [(code, in_script(name)) for code, name in words.choices(kind, language=language())]


def _reference(profile: Profile) -> str:
    """The profile's id as the organisation that looks at it writes it."""
    return local(g.principal.organisation, profile.key)


def _other_organisations(principal: Principal | None) -> list[str]:
    """Where else the reader may act: admins everywhere."""
    if principal is None or principal.role is not Caller.ADMIN:
        return []
    return [each for each in current_services().store.organisations() if each != principal.organisation]
