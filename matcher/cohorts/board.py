"""A run as staff see it at one moment, and its result laid out as a grid of startups × partners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.cohorts.cohort import Cohort
from matcher.cohorts.edits import Edit
from matcher.cohorts.result import Alternate, Impasse, LeftOut, Meeting, Origin, Price, Summary
from matcher.cohorts.run import MatchRun, RunEvent
from matcher.cohorts.status import RunStatus
from matcher.cohorts.wishes import Pair, Wishes, wishes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A pair of the result by its score: one that meets has an `origin`, an alternate its `place` (1 is the
    first) instead. `slot` is its time on the meeting day, "" for none."""

    startup_id: str
    partner_id: str
    score: float
    origin: Origin | None = None
    place: int = 0
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything about a run at one moment: the edits that count (oldest first), the latest result, perhaps
    of an earlier version, and the last changes (latest first). `others` are the cohort's runs, the newest
    first; `published` the one of them of the same role that people see now, None where there is none."""

    run: MatchRun
    cohort: Cohort
    summary: Summary | None
    impasse: Impasse | None
    edits: tuple[Edit, ...]
    pairs: tuple[Placed, ...]
    events: tuple[RunEvent, ...]
    others: tuple[MatchRun, ...]
    published: MatchRun | None = None

    @property
    def stale(self) -> bool:
        """Whether there is a result that is not of the run as it stands."""
        drafted = self.run.status in (RunStatus.DRAFT, RunStatus.INFEASIBLE, RunStatus.SOLVING)
        return self.summary is not None and drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A result as edits by hand have changed it since: so many startups meet somebody in so many pairs.
    `total` sums the scores that are known; of `unknown` pairs none is before the run is solved again."""

    met: int
    pairs: int
    total: float
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A run around one startup: its edits that count, whom it meets (the better first) and who comes next."""

    run: MatchRun
    cohort: Cohort
    edits: tuple[Edit, ...]
    meetings: tuple[Meeting, ...]
    alternates: tuple[Alternate, ...]


class Mark(StrEnum):
    """What a cell of the grid says of its pair."""

    MEETS = "meets"
    ALTERNATE = "alternate"
    WANTED = "wanted"
    """Wanted by hand since it was solved: it meets once the run is solved again."""
    BANNED = "banned"
    """Ruled out by hand; where it met, it does so no more once the run is solved again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A pair on the board. `score` is None where the result did not tell it; `held` where staff want it."""

    startup_id: str
    partner_id: str
    mark: Mark
    score: float | None
    held: bool = False
    met: bool = False
    """Whether it is a pair of the result, also where it was ruled out since."""
    place: int = 0
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A startup's cells by partner. `left_out` where the result has nobody for it."""

    startup_id: str
    cells: Mapping[str, Cell]
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A partner: how many of its places the result takes, and (None where unknown) how many there are and
    what one more would bring."""

    partner_id: str
    taken: int
    places: int | None = None
    price: Price | None = None

    @property
    def full(self) -> bool:
        """Whether no place is left."""
        return self.places is not None and self.taken >= self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Startups in the cohort's order, partners who meet somebody before those who might, by name."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    more: int = 0
    """Partners with places who stand in none of the lines, and are not shown."""


@dataclass(frozen=True, slots=True)
class View:
    """Which startups are looked at, and how many partners may stand there without a pair."""

    startups: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    idle: int = 60


def startups_of(standing: Standing) -> list[str]:
    """The cohort's startups, then those that left it and are in the result still."""
    met = (pair.startup_id for pair in standing.pairs if pair.origin)
    return list(dict.fromkeys((*standing.cohort.startups, *met)))


def partners_of(standing: Standing) -> set[str]:
    """Every partner whom the result or an edit names."""
    prices = standing.summary.prices if standing.summary else ()
    edited = (name for edit in standing.edits for name in (edit.partner_id, edit.instead_of) if name)
    return {
        *(pair.partner_id for pair in standing.pairs),
        *(price.partner_id for price in prices),
        *edited,
    }


def grid_of(standing: Standing, view: View) -> Grid:
    """The result and the edits since, over the startups that are looked at."""
    cells = _cells(standing, set(view.startups))
    left_out = {left.startup_id: left for left in standing.summary.left_out} if standing.summary else {}
    lines = tuple(
        Line(startup_id=id_, cells=cells.get(id_, {}), left_out=left_out.get(id_)) for id_ in view.startups
    )
    named = {partner for line in lines for partner in line.cells}
    columns = sorted(_columns(standing, named), key=lambda column: _order(column, named, view.names))
    shown = len(named) + view.idle
    return Grid(lines=lines, columns=tuple(columns[:shown]), more=max(len(columns) - shown, 0))


def by_hand(standing: Standing) -> ByHand | None:
    """What would be published of a result that was edited since; None where it is of the run as it stands."""
    if not standing.stale:
        return None
    cells = [cell for line in _cells(standing, set(_named(standing))).values() for cell in line.values()]
    meeting = [cell for cell in cells if cell.mark in (Mark.MEETS, Mark.WANTED)]
    scores = [cell.score for cell in meeting if cell.score is not None]
    return ByHand(
        met=len({cell.startup_id for cell in meeting}),
        pairs=len(meeting),
        total=sum(scores),
        unknown=len(meeting) - len(scores),
    )


def _named(standing: Standing) -> list[str]:
    return [*startups_of(standing), *(edit.startup_id for edit in standing.edits)]


def _cells(standing: Standing, wanted: set[str]) -> dict[str, dict[str, Cell]]:
    wishes = wishes_of(standing.edits)
    told = {(pair.startup_id, pair.partner_id): pair for pair in standing.pairs}
    pairs = dict.fromkeys((*told, *wishes.wanted, *sorted(wishes.banned)))
    found: dict[str, dict[str, Cell]] = {}
    for pair in (pair for pair in pairs if pair[0] in wanted):
        found.setdefault(pair[0], {})[pair[1]] = _cell(pair, told.get(pair), wishes)
    return found


def _cell(pair: Pair, told: Placed | None, wishes: Wishes) -> Cell:
    met = told is not None and told.origin is not None
    return Cell(
        startup_id=pair[0],
        partner_id=pair[1],
        mark=_mark(pair, met, wishes),
        score=told.score if told else None,
        held=pair in wishes.wanted,
        met=met,
        place=told.place if told else 0,
        slot=told.slot if told else "",
    )


def _mark(pair: Pair, met: bool, wishes: Wishes) -> Mark:
    if pair in wishes.banned:
        return Mark.BANNED
    if met:
        return Mark.MEETS
    return Mark.WANTED if pair in wishes.wanted else Mark.ALTERNATE


def _columns(standing: Standing, named: Iterable[str]) -> list[Column]:
    """The partners named, and those with a price: whom any startup may meet."""
    taken: dict[str, int] = {}
    for pair in standing.pairs:
        taken[pair.partner_id] = taken.get(pair.partner_id, 0) + (pair.origin is not None)
    prices = {price.partner_id: price for price in standing.summary.prices} if standing.summary else {}
    return [
        Column(
            partner_id=id_,
            taken=taken.get(id_, 0),
            places=prices[id_].places if id_ in prices else None,
            price=prices.get(id_),
        )
        for id_ in dict.fromkeys((*sorted(named), *prices))
    ]


def _order(column: Column, named: set[str], names: Mapping[str, str]) -> tuple[bool, bool, str, str]:
    id_ = column.partner_id
    return id_ not in named, not column.taken, names.get(id_, id_), id_
