"""Why a run cannot be solved: limits that cannot hold together, in the words and figures of the cohort."""

import numpy as np

from matcher.cohorts.building import Order, Prepared
from matcher.cohorts.result import Clash
from matcher.interactions import local


def clash_of_hands(ready: Prepared, order: Order) -> Clash:
    """Pairs that staff want and that a conflict of interest, an exclusion or a closed profile forbids."""
    wanted = list(ready.impossible.items())
    undone = {
        edit.number: edit for edit in order.edits if (edit.startup_id, edit.partner_id) in ready.impossible
    }
    return Clash(
        limits=("wanted",),
        startups=tuple(dict.fromkeys(startup for (startup, _), _ in wanted)),
        partners=tuple(dict.fromkeys(partner for (_, partner), _ in wanted)),
        demand=len(wanted),
        supply=0,
        facts={"rules": [rule.name.lower() for _, rule in wanted]},
        ways_out=tuple({"action": "undo", "edit": number} for number in undone),
    )


def clash_of(ready: Prepared, order: Order) -> Clash:
    """The limits that cannot hold together."""
    open_ = np.asarray((ready.values > -np.inf).any(axis=0))
    return Clash(
        limits=("startup_min", "capacity"),
        startups=tuple(ready.startup_ids),
        partners=tuple(
            local(order.organisation, partner.key)
            for partner, any_ in zip(ready.grid.partners, open_.tolist(), strict=True)
            if any_
        ),
        demand=int(ready.limits.startup_min.sum()),
        supply=int(ready.limits.partner_max[open_].sum()),
    )
