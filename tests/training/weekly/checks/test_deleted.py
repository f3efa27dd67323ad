"""Events whose profiles were deleted."""

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen
from training.weekly.checks.deleted import deleted

WHO = [startup("s"), mentor("m")]


def found(known: int, lost: list[tuple[str, str]], ago: int = 3):
    events = [*[("s", "m", Type.MET, 3)] * known, *[(one, other, Type.MET, ago) for one, other in lost]]
    (finding,) = deleted(seen(WHO, events), SETTINGS)
    return finding


@pytest.mark.parametrize(("lost", "severity"), [(4, "ok"), (5, "note"), (49, "note"), (50, "warning")])
def test_events_of_deleted_profiles_are_judged_by_their_share(lost: int, severity: str):
    finding = found(100 - lost, [("gone", "m")] * lost)
    assert finding.severity == severity
    assert finding.facts == {"interactions": lost, "of": 100, "share": lost / 100}


def test_either_side_may_be_gone():
    assert found(50, [("gone", "m"), ("s", "gone")] * 25).facts["interactions"] == 50


def test_who_left_long_ago_is_not_told():
    assert found(60, [("gone", "m")] * 900, ago=183).code == "events_known"


def test_of_a_few_events_nothing_is_told():
    assert found(0, [("gone", "m")] * 49).code == "events_known"
