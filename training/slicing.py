"""Making a slice: a role as it was known on a window's first day, and what was done within the window."""

import dataclasses
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.features.table import in_context, widened
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.matching.sides import Knowledge, StartupSide, knowledge_of, partner_side, startup_side
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.parameters import RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from training.answers import Answers, Said, answers_of
from training.deals import context_of, strength_of
from training.preferring import preferred_within
from training.sampling import Considered, Queries, blocks, considered, some, standing_for_all
from training.slices import Replies, Slice, chosen_candidates, joined, joined_replies
from training.world import World

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

MOST_RETURNING = 100
"""For a slice: they only set volumes."""
_BEHIND_LISTS = [
    TYPES.index(type_)
    for type_ in (
        InteractionType.DISMISSED,
        InteractionType.DECLINED,
        InteractionType.ACCEPTED,
        InteractionType.MET,
        InteractionType.MENTORED,
        InteractionType.INVESTED,
    )
]
"""Lists leave out pairs with such an event behind them."""
_WISHES = [TYPES.index(type_) for type_ in (InteractionType.REQUESTED, InteractionType.SHORTLISTED)]
"""What a startup does alone."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A window of a world (first day, end), its events by `rows`, and the role as `known` on the first day.
    `behind`: rows of earlier events that take a pair off lists. `hot` startups had deals by then, those of
    them that came back are `returning`."""

    first: int
    end: int
    rows: Sequence[int]
    behind: Sequence[int]
    world: World
    known: RoleModel
    looked_at: Considered
    hot: Set[str]
    returning: Set[str]


def slice_of(window: tuple[int, int], role: Role, world: World, known: RoleModel) -> Slice:
    """The slice of `window` (first day, end); `known`, the role on its first day, gives the columns."""
    first, end = window
    partners = world.partners[role]
    rows = _rows_within(window, world, partners)
    looked_at = considered(partners, world.events.partners[rows], seed=first)
    queries = some(_queries(world.events, rows), seed=first)
    hot = _hot(world.events, first)
    returning = frozenset([key for key in queries if key in hot][:MOST_RETURNING])
    behind = _behind(world.events, first, queries)
    period = _Window(first, end, rows, behind, world, known, looked_at, hot, returning)
    said = answers_of(partners, world.events, world.profiles, end)
    parts = [_part(block, period, said) for block in blocks(queries, len(looked_at.keys))]
    return Slice(
        choices=joined([part.choices for part in parts]),
        by_startup=joined_replies([part.by_startup for part in parts]),
        by_partner=joined_replies([part.by_partner for part in parts]),
        returning=joined([part.returning for part in parts]),
        preferred=preferred_within(window, role, world, known),
    )


def _hot(events: InteractionTable, first: int) -> Set[str]:
    """Startups with a deal before the day."""
    return frozenset(events.startups[(events.days < first) & (strength_of(events) > 0)].tolist())


def _behind(events: InteractionTable, first: int, queries: Queries) -> list[int]:
    before = np.flatnonzero((events.days < first) & np.isin(events.types, _BEHIND_LISTS)).tolist()
    return [row for row in before if events.startups[row] in queries]


def _part(queries: Queries, period: _Window, said: Answers) -> Slice:
    """What some of the window's startups did."""
    first, end, looked_at = period.first, period.end, period.looked_at
    columns, asked = _columns(queries, period), Vocabulary(queries)
    outcomes = _outcomes(period.world.events, period.rows, asked, looked_at.keys)
    prior = period.known.combination
    choices, returning = (
        standing_for_all(chosen_candidates(columns, outcomes, could, prior, seed=first), looked_at.share)
        for could in _could(period, asked, outcomes)
    )
    return Slice(
        choices=choices,
        by_startup=_replies(columns, said.by_startup.between(first, end), asked, looked_at),
        by_partner=_replies(columns, said.by_partner.between(first, end), asked, looked_at),
        returning=returning,
    )


def _rows_within(window: tuple[int, int], world: World, partners: Vocabulary) -> list[int]:
    """Events of the window between startups and partners that are known."""
    first, end = window
    events = world.events
    within = np.flatnonzero((events.days >= first) & (events.days < end)).tolist()
    return [
        row for row in within if events.startups[row] in world.profiles and events.partners[row] in partners
    ]


def _queries(events: InteractionTable, rows: Sequence[int]) -> dict[str, int]:
    """Each startup of the window with the row of its first deal, or else of its first event."""
    strong = strength_of(events)
    first: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (strong[row] == 0, events.days[row], row)):
        first.setdefault(events.startups[row], row)
    return dict(sorted(first.items()))


def _columns(queries: Queries, period: _Window) -> Float32:
    """Columns of startups, each in its context then, and every partner that is looked at."""
    world, knowledge, keys = period.world, knowledge_of(period.known), period.looked_at.keys.terms
    partners = partner_side(keys, world.table_of(keys), world.idf, knowledge)
    return signal_matrix(_startups(queries, world, knowledge), partners, knowledge, world.space)


def _startups(queries: Queries, world: World, knowledge: Knowledge) -> StartupSide:
    profiles = []
    for key, row in queries.items():
        stage, amount, currency = context_of(world.profiles[key], world.events, row)
        profiles.append(
            dataclasses.replace(
                world.profiles[key], stage=stage, raising_amount=amount, raising_currency=currency
            )
        )
    table = in_context(world.table_of(list(queries)), profiles, world.attributes)
    wide = dataclasses.replace(table, attributes=widened(table.attributes, len(world.attributes)))
    return startup_side(list(queries), wide, world.idf, knowledge)


def _outcomes(
    events: InteractionTable, rows: Sequence[int], asked: Vocabulary, partners: Vocabulary
) -> tuple[Bool, Bool]:
    """Who was dealt with, and who was asked for, within the window, [queries, partners] each."""
    deals, wanted = (np.zeros((len(asked), len(partners)), dtype=bool) for _ in range(2))
    strong = strength_of(events)
    for row in rows:
        if events.startups[row] not in asked:
            continue
        pair = asked.row(events.startups[row]), partners.row(events.partners[row])
        wish = events.types[row] in _WISHES
        wanted[pair] |= wish
        deals[pair] |= strong[row] > 0 and not wish
    return deals, wanted


def _could(period: _Window, asked: Vocabulary, outcomes: tuple[Bool, Bool]) -> tuple[Bool, Bool]:
    """Who could be chosen by whom, [queries, partners]: partners with a deal by then, the pair with none.

    The first array has the startups that came for the first time, the second those that came back. They are
    kept apart: who comes back asks friends of the first partners, and what that teaches harms the lists of
    those who are new (crunchbase 2010-07: .151 for .198).
    """
    events, looked_at = period.world.events, period.looked_at
    had_deals = period.known.record.deals[looked_at.rows] > 0
    could: Bool = had_deals & (looked_at.drawn | outcomes[0] | outcomes[1])
    for row in period.behind:
        if events.startups[row] in asked and events.partners[row] in looked_at.keys:
            could[asked.row(events.startups[row]), looked_at.keys.row(events.partners[row])] = False
    new = np.array([key not in period.hot for key in asked.terms], dtype=bool)
    came_back = np.array([key in period.returning for key in asked.terms], dtype=bool)
    return could & new[:, None], could & came_back[:, None]


def _replies(columns: Float32, said: Said, asked: Vocabulary, looked_at: Considered) -> Replies:
    rows = asked.rows(said.startups, unknown=-1)
    there = rows >= 0
    return Replies(columns[rows[there], looked_at.places(said.partners[there])], said.yes[there])
