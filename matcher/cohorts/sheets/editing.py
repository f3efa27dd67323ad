"""What an edited table asks for: pairs that are gone are banned, new ones added, locks set or taken back."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from matcher.cohorts.books import Books
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.learning import preferences_of
from matcher.cohorts.run import Change, MatchRun
from matcher.cohorts.sheets.reading import Line, Pair, People, Read, SheetProblem, read
from matcher.cohorts.wishes import wishes_of
from matcher.errors import Conflict
from matcher.interactions import local
from matcher.profiles import Role


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table asks for: edits to be made, numbers of edits to be taken back, and what is unclear; where
    anything is, nothing is done. `version` is the run's that the table is of, None where it does not say."""

    edits: tuple[Edit, ...]
    undone: tuple[int, ...]
    problems: tuple[SheetProblem, ...]
    version: int | None


def planned(
    books: Books, run: MatchRun, people: People, name: str, data: bytes, by: str, now: dt.datetime
) -> Plan:
    """What the file asks for against the run's latest result.

    Raises:
        UnreadableFile: no table of pairs. Conflict: the run was never solved: there is nothing to edit.
    """
    result = books.match_runs.result(run.organisation, run.id)
    if result is None:
        raise Conflict(f"run {run.id} was never solved: there is nothing to compare the table with")
    edits = books.match_runs.edits(run.organisation, run.id)
    found = read(name, data, run.id, people)
    if found.problems:
        return Plan((), (), found.problems, found.version)
    before = frozenset((each.pair.startup_id, each.pair.partner_id) for each in result.meetings)
    made = tuple(_edits(found, before, edits, name, by, now))
    return Plan(made, tuple(_undone(found.lines, before, edits)), (), found.version)


def carried_out(books: Books, run: MatchRun, plan: Plan, change: Change) -> MatchRun:
    """The run with the plan's edits, all or none, and what they teach on record.

    Raises:
        Changed: the run is not at the version that the table is of. Conflict: it is not open to edits, or
            something in the table is unclear.
    """
    if plan.problems:
        raise Conflict(f"{len(plan.problems)} cells of the table are unclear: nothing was changed")
    if not plan.edits and not plan.undone:
        return run
    result = books.match_runs.result(run.organisation, run.id)
    learnt = [(edit, preferences_of(edit, result)) for edit in plan.edits]
    return books.match_runs.edit_all(run.organisation, run.id, learnt, plan.undone, change)


def people_of(
    organisation: str, cohort: Sequence[str], role: Role, visible: Iterable[tuple[str, Role, str]]
) -> People:
    """Who may be paired in a run, of the profiles (key, role, name) that its organisation may see."""
    members = frozenset(cohort)
    startups: dict[str, str] = {}
    partners: dict[str, str] = {}
    others: set[str] = set()
    for key, own_role, name in visible:
        id_ = local(organisation, key)
        if own_role is Role.STARTUP and id_ in members:
            startups[id_] = name
        elif own_role is role:
            partners[id_] = name
        else:
            others.add(id_)
    return People(startups, partners, frozenset(others))


def _edits(
    found: Read, before: Set[Pair], edits: Sequence[Edit], name: str, by: str, now: dt.datetime
) -> Iterator[Edit]:
    """Bans first, so that the places that they free are there for what is added."""
    wishes = wishes_of(edits)
    kept = {line.pair for line in found.lines}

    def edit(kind: EditKind, pair: Pair, why: str) -> Edit:
        reason = why or f"imported from {name}"
        return Edit(kind=kind, startup_id=pair[0], partner_id=pair[1], reason=reason, by=by, at=now)

    for pair in sorted(before - kept - wishes.banned):
        yield edit(EditKind.BAN, pair, "")
    for line in found.lines:
        if line.pair not in before and line.pair not in wishes.wanted:
            yield edit(EditKind.ADD, line.pair, line.why)
        elif line.locked and line.pair not in wishes.wanted:
            yield edit(EditKind.LOCK, line.pair, line.why)


def _undone(lines: Iterable[Line], before: Set[Pair], edits: Sequence[Edit]) -> Iterator[int]:
    """The edits that hold pairs of the result which the table has unlocked."""
    free = {line.pair for line in lines if not line.locked} & before
    held = wishes_of(edits).wanted.keys() & free
    for edit in edits:
        if edit.kind is not EditKind.BAN and (edit.startup_id, edit.partner_id) in held:
            yield edit.number
