"""How much of what could be known of a profile is known, and which blank field would help its matches most.

The rule: the model weighs each column of signals, in log-odds per usual step, for the startup's yes and for
the partner's (`matcher.model.combination`). A field is worth the summed size of the weights of those columns
that are unknown while it is blank, as a share of all such columns of the role; a startup's worth is the mean
of the two models that rank its partners. What is known is the worth of the fields that say something: 0 with
none, 1 with all. So the figures move with every model: what it has learned to heed is worth most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.model.combination import COLUMNS, Combination
from matcher.profiles import Profile, Role

_TEXTS = ("semantic", "lexical")
_STARTUP = {
    "description": _TEXTS,
    "needs": ("needs", "affinity_needs"),
    "industries": ("industry", "affinity_industry"),
    "stage": ("stage", "affinity_stage"),
    "region": ("region", "affinity_region"),
    "raising_amount": ("ticket", "affinity_ask", "ask_fit", "ask_nearness"),
    "raising_currency": ("affinity_currency",),
}
_PARTNER = {
    "description": _TEXTS,
    "offers": ("needs",),
    "industries": ("industry",),
    "stages": ("stage",),
    "region": ("region",),
}
COLUMNS_OF: Mapping[Role, Mapping[str, Sequence[str]]] = {
    Role.STARTUP: _STARTUP,
    Role.MENTOR: _PARTNER,
    Role.INVESTOR: {**_PARTNER, "ticket_min": ("ticket",)},
}
"""The columns that are unknown while a field is blank. Either end of an investor's ticket will do."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank `field`, and the share (0…1) of what could be known that it would add."""

    field: str
    worth: float


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share (0…1) of what could be known that is known, and the blank fields, the most helpful first."""

    known: float
    gaps: tuple[Gap, ...]


def completeness_of(profile: Profile, combinations: Sequence[Combination]) -> Completeness:
    """How complete the profile is, for the models that it is ranked by (one at least).

    Of equal worth the field that the table names first goes first; one that no model heeds is no gap.
    """
    worths = _worths(profile.role, combinations)
    blank = [name for name in worths if _is_blank(profile, name)]
    gaps = [Gap(name, worths[name]) for name in blank if worths[name] > 0]
    known = 1.0 - sum(gap.worth for gap in gaps)
    return Completeness(max(known, 0.0), tuple(sorted(gaps, key=lambda gap: -gap.worth)))


def _worths(role: Role, combinations: Sequence[Combination]) -> dict[str, float]:
    """Each field's share of the role's weights; all 0 where the models heed none of them."""
    sizes = np.mean([np.abs(each.startup) + np.abs(each.partner) for each in combinations], axis=0)
    weight = dict(zip(COLUMNS, sizes.tolist(), strict=True))
    sums = {name: sum(weight[column] for column in columns) for name, columns in COLUMNS_OF[role].items()}
    whole = sum(sums.values())
    return {name: each / whole if whole else 0.0 for name, each in sums.items()}


def _is_blank(profile: Profile, name: str) -> bool:
    if name == "ticket_min":
        return profile.ticket_min is None and profile.ticket_max is None
    value = getattr(profile, name)
    return value is None or not value or (isinstance(value, str) and not value.strip())
