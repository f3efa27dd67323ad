"""A city of two trades: law startups fit law mentors, and hardly anybody else."""

from collections.abc import Sequence
from typing import Any

from matcher.cohorts.building import Order
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.result import Impasse, Result
from matcher.cohorts.solving import solved
from matcher.interactions import Interaction
from matcher.profiles import Profile, Role
from tests.matcher.worlds import ORGANISATION, mentor, snapshot_of, startup

LAW, TALENT = "法律", "招聘"


def lawyer(id_: str, **given: Any) -> Profile:
    return mentor(id_, **{"offers": (LAW,), "capacity": 1} | given)


def recruiter(id_: str, **given: Any) -> Profile:
    return mentor(id_, **{"offers": (TALENT,), "capacity": 1} | given)


def in_court(id_: str, **given: Any) -> Profile:
    return startup(id_, **{"needs": (LAW,)} | given)


def hiring(id_: str, **given: Any) -> Profile:
    return startup(id_, **{"needs": (TALENT,)} | given)


def solve(
    people: Sequence[Profile], *, events: Sequence[Interaction] = (), against: str = "", **given: Any
) -> Result | Impasse:
    """A run of all startups of north; `given` are settings of the configuration and parts of the order."""
    parts = {name: given.pop(name) for name in ("edits", "commitments", "before") if name in given}
    startups = [one.id for one in people if one.role is Role.STARTUP and one.organisation == ORGANISATION]
    order = Order(
        organisation=ORGANISATION,
        startups=startups,
        configuration=Configuration(**{"role": Role.MENTOR, "startup_max": 1} | given),
        **parts,
    )
    return solved(snapshot_of(people, events), order, lambda: 0.0, against=against)


def result_of(people: Sequence[Profile], **given: Any) -> Result:
    found = solve(people, **given)
    assert isinstance(found, Result), found
    return found


def impasse_of(people: Sequence[Profile], **given: Any) -> Impasse:
    found = solve(people, **given)
    assert isinstance(found, Impasse), found
    return found


def pairs_of(people: Sequence[Profile], **given: Any) -> list[tuple[str, str]]:
    """Who meets whom."""
    meetings = result_of(people, **given).meetings
    return sorted((each.pair.startup_id, each.pair.partner_id) for each in meetings)
