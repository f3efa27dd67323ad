"""Places that partners have left."""

import pytest

from matcher.interactions import InteractionType as Type
from matcher.profiles import Status
from tests.matcher.worlds import mentor
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups, told
from training.weekly.checks.capacity import capacity


def partners(number: int, **given: object):
    return [mentor(f"m{n}", **{"capacity": 2} | given) for n in range(number)]


def accepted(number: int, ago: int = 3):
    """So many mentors have accepted two startups."""
    return [(f"s{side}", f"m{n}", Type.ACCEPTED, ago) for n in range(number) for side in (0, 1)]


@pytest.mark.parametrize(("full", "severity"), [(29, None), (30, "note"), (79, "note"), (80, "warning")])
def test_partners_without_a_place_are_judged_by_their_share(full: int, severity: str | None):
    found = capacity(seen([*startups(2), *partners(100)], accepted(full)), SETTINGS)
    assert told(found).get("partners_full") == severity


def test_the_facts_say_how_many():
    (finding,) = capacity(seen([*startups(2), *partners(20)], accepted(20)), SETTINGS)
    assert finding.facts == {"role": "mentor", "partners": 20, "of": 20, "share": 1.0}


def test_places_are_free_again_after_a_cycle():
    evidence = seen([*startups(2), *partners(20)], accepted(20, ago=181))
    assert told(capacity(evidence, SETTINGS)) == {"capacity_ok": "ok"}


@pytest.mark.parametrize("given", [{"capacity": None}, {"status": Status.PAUSED}])
def test_who_has_no_limit_or_is_not_there_is_not_counted(given: dict[str, object]):
    evidence = seen([*startups(2), *partners(20, **given)], accepted(20))
    assert told(capacity(evidence, SETTINGS)) == {"capacity_ok": "ok"}


def test_of_a_few_partners_nothing_is_told():
    evidence = seen([*startups(2), *partners(19)], accepted(19))
    assert told(capacity(evidence, SETTINGS)) == {"capacity_ok": "ok"}
