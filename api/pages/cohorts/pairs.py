"""One pair of a run: why it fits, both halves, and what staff do to it by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, posted, reason_of, run_page, seen, to, wants_part
from api.pages.parameters import text
from api.principals import OFFICE
from matcher.cohorts.board import Around, Mark
from matcher.cohorts.editing import edited
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import Alternate, Meeting
from matcher.cohorts.run import Changed, EventKind, MatchRun
from matcher.cohorts.status import OPEN_TO_EDITS
from matcher.cohorts.wishes import wishes_of
from matcher.errors import InvalidInput, NotFound
from matcher.interactions import local
from matcher.matching.answers import Explanation
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.store.schema import EPOCH

MOST_REASON = 2000
MOST_ID = 200
_EVENTS = {
    EditKind.LOCK: EventKind.LOCKED,
    EditKind.BAN: EventKind.BANNED,
    EditKind.SWAP: EventKind.SWAPPED,
    EditKind.ADD: EventKind.ADDED,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair of a run: the one of the result (`meeting` or `alternate`) with its reasons of that time, else
    how it stands by now (`explained`)."""

    around: Around
    startup: Profile
    partner: Profile
    partner_id: str
    meeting: Meeting | None
    alternate: Alternate | None
    explained: Explanation | None

    @property
    def mark(self) -> Mark | None:
        """What the board's cell says; None where it is empty."""
        wishes, pair = wishes_of(self.around.edits), (self.startup.id, self.partner_id)
        if pair in wishes.banned:
            return Mark.BANNED
        if self.meeting:
            return Mark.MEETS
        if pair in wishes.wanted:
            return Mark.WANTED
        return Mark.ALTERNATE if self.alternate else None

    @property
    def held(self) -> bool:
        """Whether staff want the pair."""
        return (self.startup.id, self.partner_id) in wishes_of(self.around.edits).wanted

    @property
    def edits(self) -> list[Edit]:
        """The edits that count of this pair, the latest first."""
        mine = [edit for edit in self.around.edits if self.partner_id in (edit.partner_id, edit.instead_of)]
        return mine[::-1]

    @property
    def others(self) -> list[str]:
        """Who may be swapped for the partner: who comes next where it meets, else whom the startup meets."""
        listed: Sequence[Meeting | Alternate] = (
            self.around.alternates if self.meeting else self.around.meetings
        )
        ids = [each.pair.partner_id for each in listed]
        banned = {partner for _, partner in wishes_of(self.around.edits).banned}
        return [each for each in ids if each != self.partner_id and each not in banned]


@pages.get("/runs/<reference:run_id>/pair")
@allow(*OFFICE, cookie=True)
def pair(run_id: str) -> Response:
    """The pair that the address names (`startup`, `partner`: ids, or names as they are typed)."""
    scope = current_scope()
    return _page(scope, shown_of(scope, run_id, text("startup"), text("partner")))


@pages.post("/runs/<reference:run_id>/edits")
@allow(*OFFICE, cookie=True)
def edit_run(run_id: str) -> AnyResponse:
    """Lock, rule out, swap or add a pair; without a reason it is asked for again."""
    scope, reason = current_scope(), reason_of(request.form)
    startup, partner, other = (posted(name, MOST_ID) for name in ("startup", "partner", "other"))
    kind = _kind(posted("kind", 10))
    if not reason or (kind is EditKind.SWAP and not other):
        return _page(scope, shown_of(scope, run_id, startup, partner), reason, kind, 422)
    replaced = kind is EditKind.SWAP and request.form.get("replaced") == "partner"
    named = (other, partner) if replaced else (partner, other if kind is EditKind.SWAP else "")
    edit = Edit(
        kind=kind,
        startup_id=startup,
        partner_id=named[0],
        instead_of=named[1],
        reason=reason,
        by=scope.principal.who,
        at=EPOCH,
    )
    run = scope.store.match_runs.get(scope.organisation, run_id)
    try:
        edited(scope.store, run, edit, seen(scope))
    except Changed as error:
        if not _is_this(error, edit, scope):
            raise
    return _back(run_id, startup)


@pages.post("/runs/<reference:run_id>/undo")
@allow(*OFFICE, cookie=True)
def undo_edit(run_id: str) -> AnyResponse:
    """Take an edit back; one that is gone already stays so."""
    scope, given = current_scope(), posted("number", 20)
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise NotFound(f"there is no edit {given!r}")
    number = int(given)
    known = scope.store.match_runs.edits(scope.organisation, run_id)
    edit = next((each for each in known if each.number == number), None)
    if edit is None:
        return to("pages.run", run_id=run_id)
    scope.store.match_runs.undo(scope.organisation, run_id, number, seen(scope, reason_of(request.form)))
    return _back(run_id, edit.startup_id)


def shown_of(scope: Scope, run_id: str, startup_id: str, partner_id: str) -> Shown:
    """The pair, of the run's cohort and role.

    Raises:
        NotFound: no such run, startup of its cohort, or partner of its role that may be seen here.
    """
    run = scope.store.match_runs
    startup = _startup(scope, startup_id)
    around = run.around(scope.organisation, run_id, startup.id)
    partner = _partner(scope, partner_id, around.run.configuration.role)
    id_ = local(scope.organisation, partner.key)
    meeting = next((each for each in around.meetings if each.pair.partner_id == id_), None)
    alternate = next((each for each in around.alternates if each.pair.partner_id == id_), None)
    if startup.id not in around.cohort.startups and not meeting:
        raise NotFound(f"no startup {startup_id!r} in cohort {around.cohort.id!r}")
    explained = None if meeting or alternate else _explained(scope, startup, partner, id_)
    return Shown(around, startup, partner, id_, meeting, alternate, explained)


def _explained(scope: Scope, startup: Profile, partner: Profile, partner_id: str) -> Explanation:
    return current_moment(startup, partner).explain(scope.organisation, startup.id, partner_id)


def _startup(scope: Scope, typed: str) -> Profile:
    try:
        return scope.startup(typed)
    except NotFound:
        return _named(scope, typed, Role.STARTUP)


def _partner(scope: Scope, typed: str, role: Role) -> Profile:
    try:
        found = scope.partner(typed)
    except NotFound:
        return _named(scope, typed, role)
    if found.role is not role:
        raise NotFound(f"no {role} {typed!r} that may be used here")
    return found


def _named(scope: Scope, typed: str, role: Role) -> Profile:
    """The one profile of that name.

    Raises:
        NotFound: none, or several.
    """
    found = scope.store.page(scope.organisation, roles=(role,), search=typed[:300], limit=20).profiles
    exact = [profile for profile in found if profile.name == typed]
    if not typed or len(exact) != 1 or (role in PARTNER_ROLES and exact[0].role is not role):
        raise NotFound(f"there is no {role} {typed!r} that you may use here")
    return scope.visible(exact[0])


def _kind(given: str) -> EditKind:
    if given not in {kind.value for kind in EditKind}:
        raise InvalidInput("kind", given, "is no edit", "say lock, ban, swap or add")
    return EditKind(given)


def _page(
    scope: Scope, shown: Shown, reason: str = "", wanted: EditKind | None = None, status: int = 200
) -> Response:
    ids = {*shown.others, *(edit.partner_id for edit in shown.edits), *(e.instead_of for e in shown.edits)}
    names: Mapping[str, str] = names_of(scope, ids - {""})
    run: MatchRun = shown.around.run
    return run_page(
        "pair_part.html" if wants_part("drawer") else "pair.html",
        status,
        run=run,
        cohort=shown.around.cohort,
        shown=shown,
        names=names,
        reason=reason,
        wanted=wanted,
        longest=MOST_REASON,
        open_to_edits=run.status in OPEN_TO_EDITS,
    )


def _is_this(error: Changed, edit: Edit, scope: Scope) -> bool:
    """Whether all that happened since is this very edit, by the same person: a form that was sent twice."""
    pair = {"startup_id": edit.startup_id, "partner_id": edit.partner_id}
    return len(error.since) == 1 and all(
        event.kind is _EVENTS[edit.kind]
        and event.by == scope.principal.who
        and event.why == edit.reason
        and pair.items() <= dict(event.details).items()
        for event in error.since
    )


def _back(run_id: str, startup_id: str) -> AnyResponse:
    """To the board, at the startup's line, on the page of it that the form was on."""
    given = request.form.get("page", "")
    number = given if given.isascii() and given.isdigit() and len(given) < 7 and given != "1" else None
    return to("pages.run", run_id=run_id, page=number, _anchor=f"s-{startup_id}")
