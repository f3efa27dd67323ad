"""Making a slice: a role as it was known on a window's first day, and what was done within the window."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.features.table import in_context, widened
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.matching.sides import Knowledge, StartupSide, knowledge_of, partner_side, startup_side
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.parameters import RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from training.answers import Said, answers_of
from training.deals import context_of, strength_of
from training.slices import Replies, Slice, chosen_candidates
from training.world import World

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

MOST_RETURNING = 100
"""For a slice: they only set volumes."""
_BEHIND = [
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


def slice_of(window: tuple[int, int], role: Role, world: World, known: RoleModel) -> Slice:
    """The slice of `window` (first day, end); `known`, the role on its first day, gives the columns."""
    first, end = window
    partners = world.partners[role]
    rows = _rows_within(window, world, partners)
    queries = _queries(world.events, rows)
    columns = _columns(queries, world, role, known)
    asked = Vocabulary(queries)
    outcomes = _outcomes(world.events, rows, asked, partners)
    could, returning = _could(world.events, asked, known, first)
    said = answers_of(partners, world.events, world.profiles, end)
    return Slice(
        choices=chosen_candidates(columns, outcomes, could, known.combination, seed=first),
        by_startup=_replies(columns, said.by_startup.between(first, end), asked),
        by_partner=_replies(columns, said.by_partner.between(first, end), asked),
        returning=chosen_candidates(columns, outcomes, returning, known.combination, seed=first),
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


def _columns(queries: dict[str, int], world: World, role: Role, known: RoleModel) -> Float32:
    """Columns of every startup of the window, in its context then, and every partner."""
    knowledge = knowledge_of(known)
    keys = world.partners[role].terms
    partners = partner_side(keys, world.table_of(keys), world.idf, knowledge)
    startups = _startups(queries, world, knowledge)
    return signal_matrix(startups, partners, knowledge, world.space)


def _startups(queries: dict[str, int], world: World, knowledge: Knowledge) -> StartupSide:
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
        pair = asked.row(events.startups[row]), partners.row(events.partners[row])
        wish = events.types[row] in _WISHES
        wanted[pair] |= wish
        deals[pair] |= strong[row] > 0 and not wish
    return deals, wanted


def _could(events: InteractionTable, asked: Vocabulary, known: RoleModel, first: int) -> tuple[Bool, Bool]:
    """Who could be chosen by whom, [queries, partners]: partners with a deal by then, the pair with none.

    The first array has the startups that came for the first time, the second at most MOST_RETURNING of those
    that came back. They are kept apart: who comes back asks friends of the first partners, and what that
    teaches harms the lists of those who are new (crunchbase 2010-07: .151 for .198).
    """
    before = events.days < first
    hot = set(events.startups[before & (strength_of(events) > 0)].tolist())
    came_back = np.array([key in hot for key in asked.terms], dtype=bool)
    could: Bool = np.repeat((known.record.deals > 0)[None, :], len(asked), axis=0)
    behind = np.flatnonzero(before & np.isin(events.types, _BEHIND))
    for startup, partner in zip(events.startups[behind], events.partners[behind], strict=True):
        if startup in asked and partner in known.partners:
            could[asked.row(startup), known.partners.row(partner)] = False
    some = came_back & (np.cumsum(came_back) <= MOST_RETURNING)
    return could & ~came_back[:, None], could & some[:, None]


def _replies(columns: Float32, said: Said, asked: Vocabulary) -> Replies:
    rows = asked.rows(said.startups, unknown=-1)
    there = rows >= 0
    return Replies(columns[rows[there], said.partners[there]], said.yes[there])
