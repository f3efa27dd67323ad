"""Two profiles side by side, and what becomes of each field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.merging import Choice, merge, own_pair
from api.pages.blueprint import pages
from api.pages.merging.finding import finding_page
from api.pages.parameters import text
from api.pages.profiles.acting import own, page_of, typed
from api.pages.profiles.fields import text_of
from api.pages.profiles.names import FIELD_NAMES, STATUS_NAMES
from api.pages.rendering import page
from api.principals import OFFICE
from api.schemas.profiles import etag_of
from matcher.errors import Conflict, InvalidInput
from matcher.merging import Field, Take, compared, contradicting
from matcher.profiles import Profile

MOST_COMPARED = 2_000
"""Characters of two texts together in which differences are marked: comparing takes time in their product."""
_TAKES = {take.value: take for take in Take}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page shows it: what each says, and what both say together where it is a list."""

    name: str
    title: str
    texts: Mapping[Take, str]
    chosen: Take

    def parts(self, take: Take) -> list[tuple[str, bool]]:
        """The text of one in parts, and whether the other one says the same there."""
        other = self.texts[Take.GONE if take is Take.STAYS else Take.STAYS]
        return _compared(self.texts[take], other)


@pages.get("/profiles/<reference:profile_id>/merge")
@allow(*OFFICE, cookie=True)
def merge_with(profile_id: str) -> Response:
    """The two side by side; without the other one, a search for it."""
    profile, other = own(profile_id), text("with")
    if not other:
        return finding_page(profile)
    try:
        stays, gone = own_pair(current_scope(), profile.id, other)
    except InvalidInput:
        return finding_page(profile, refused=True)
    return _side_by_side(stays, gone)


@pages.post("/profiles/<reference:profile_id>/merge")
@allow(*OFFICE, cookie=True)
def merge_profiles(profile_id: str) -> AnyResponse:
    """Make them one as chosen; where somebody has changed one meanwhile, show how they stand now."""
    scope = current_scope()
    if (done := _done_before(scope, profile_id)) is not None:
        return done
    stays, gone = own_pair(scope, profile_id, typed("gone"))
    takes = {field.name: _take(f"take-{field.name}") for field in compared(stays, gone)}
    choice = Choice(
        {name: take for name, take in takes.items() if take is not None},
        frozenset(_months()),
        _take("contact") or Take.STAYS,
        typed("stays_seen"),
        typed("gone_seen"),
    )
    try:
        change = merge(scope, stays, gone, choice)
    except Conflict:
        return _side_by_side(*own_pair(scope, stays.id, gone.id), status=409)
    return redirect(page_of(stays, done=change.id), 303)


def _done_before(scope: Scope, profile_id: str) -> AnyResponse | None:
    """Where the form was sent twice, to what the first one did."""
    stays = own(profile_id)
    if typed("gone") and own(typed("gone")).id == stays.id and typed("gone") != stays.id:
        change = scope.store.amendments.merge_of(scope.organisation, typed("gone"))
        return redirect(page_of(stays, done=change.id), 303)
    return None


def _side_by_side(stays: Profile, gone: Profile, status: int = 200) -> Response:
    scope = current_scope()
    fields = [_shown(field) for field in compared(stays, gone) if field.differs]
    same = [_shown(field) for field in compared(stays, gone) if not field.differs]
    ledgers = [scope.store.ledger(scope.organisation, each.id) for each in (stays, gone)]
    contacts = scope.store.contacts.of([stays.key, gone.key], accounts=False)
    emails = [contacts[each.key].email for each in (stays, gone) if each.key in contacts]
    return page(
        "merging/choose.html",
        status,
        stays=stays,
        gone=gone,
        fields=fields,
        same=[field for field in same if field.texts[Take.STAYS]],
        months=contradicting(*ledgers),
        emails=emails if len(set(emails)) == 2 else [],
        versions=(etag_of(stays), etag_of(gone)),
        month_names=FIELD_NAMES,
    )


def _shown(field: Field) -> Shown:
    texts = {Take.STAYS: _said(field.name, field.stays), Take.GONE: _said(field.name, field.gone)}
    if Take.BOTH in field.takes and isinstance(field.stays, tuple) and isinstance(field.gone, tuple):
        texts[Take.BOTH] = text_of(field.name, tuple(dict.fromkeys((*field.stays, *field.gone))))
    return Shown(field.name, str(FIELD_NAMES[field.name]), texts, field.proposed)


def _compared(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in parts that the other one has too, and others (True); what is long stays whole."""
    if not (text and other) or len(text) + len(other) > MOST_COMPARED:
        return [(text, False)]
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    parts, place = [], 0
    for block in blocks:
        parts += [(text[place : block.a], True), (text[block.a : block.a + block.size], False)]
        place = block.a + block.size
    return [(part, differs) for part, differs in parts if part]


def _said(name: str, value: object) -> str:
    if name == "status":
        return str(STATUS_NAMES[str(value)])
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return text_of(name, value)


def _take(name: str) -> Take | None:
    given = typed(name)
    if given and given not in _TAKES:
        raise InvalidInput(name, given[:40], "must be stays, gone or both")
    return _TAKES.get(given)


def _months() -> Sequence[dt.date]:
    """The months whose figures the profile that goes is believed."""
    found = []
    for name, value in request.form.items():
        kind, _dash, month = name.partition("-")
        if kind == "month" and value == Take.GONE:
            try:
                found.append(dt.date.fromisoformat(month))
            except ValueError as error:
                raise InvalidInput("month", ascii(month[:20]), "must be a date") from error
    return found
