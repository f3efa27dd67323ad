"""How startups stand with each partner of a role: the rule that removes it, the past, both halves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.interactions import local
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Rule
from matcher.matching.grid import Grid, Part, grid_of
from matcher.matching.relations import Relation
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Profile, Role

_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Prospect:
    """One partner as the startup's organisation may see it.

    `partner_id` is as that organisation writes it. `score`, `p_startup` and `p_partner` are probabilities,
    told whether or not a `rule` removes the pair.
    """

    partner_id: str
    profile: Profile
    rule: Rule
    relation: Relation
    score: float
    p_startup: float
    p_partner: float


def prospects(
    snapshot: Snapshot,
    organisation: str,
    startups: Sequence[str],
    role: Role,
    only: Collection[str] | None = None,
) -> list[list[Prospect]]:
    """For each startup (id) every partner that its organisation may see, or those whose keys are `only`,
    ordered by key.

    Raises:
        NotFound: an unknown startup.
    """
    whole = grid_of(snapshot, organisation, startups, role, [_NO_FILTERS] * len(startups))
    grid = whole if only is None else _narrowed(whole, frozenset(only))
    n, m = grid.shape
    rows, columns = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
    startup, partner = (half.reshape(n, m).tolist() for half in grid.halves(rows, columns))
    codes = grid.codes().tolist()
    return [
        _row(snapshot, grid, row, list(zip(codes[row], startup[row], partner[row], strict=True)))
        for row in range(n)
    ]


def _row(
    snapshot: Snapshot, grid: Grid, row: int, figures: Sequence[tuple[int, float, float]]
) -> list[Prospect]:
    request = grid.asked[row].request
    past = snapshot.context.relations.of(request.query.key)
    found = [
        Prospect(
            local(request.organisation, who.key),
            who,
            Rule(code),
            past.get(who.key, Relation.NONE),
            (p_startup * p_partner) ** 0.5,
            p_startup,
            p_partner,
        )
        for who, (code, p_startup, p_partner) in zip(grid.partners, figures, strict=True)
    ]
    return sorted(found, key=lambda prospect: prospect.profile.key)


def _narrowed(grid: Grid, keys: frozenset[str]) -> Grid:
    """The same grid with those partners alone."""
    parts: list[Part] = []
    for part in grid.parts:
        named = [part.pool.profiles[row].key in keys for row in part.rows.tolist()]
        start = sum(len(other.rows) for other in parts)
        parts.append(Part(part.pool, part.rows[np.array(named, dtype=bool)], start))
    return replace(grid, parts=parts, partners=[who for who in grid.partners if who.key in keys])
