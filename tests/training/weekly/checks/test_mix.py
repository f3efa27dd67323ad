"""What kinds of events there are, and between whom."""

from collections.abc import Sequence

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen
from training.weekly.checks.mix import mix

WHO = [
    *(startup(f"s{n}", industries=("医疗健康" if n % 2 else "人工智能",)) for n in range(200)),
    mentor("m"),
]


def of(kind: Type, number: int, ago: int, among: Sequence[int] = range(200)):
    """Events of some startups in turn."""
    return [(f"s{among[n % len(among)]}", "m", kind, ago) for n in range(number)]


def found(*happened):
    return mix(seen(WHO, [event for events in happened for event in events]), SETTINGS)


EARLIER = (*of(Type.REQUESTED, 400, ago=60), *of(Type.DECLINED, 400, ago=60))


def test_the_usual_mix_is_fine():
    (finding,) = found(EARLIER, of(Type.REQUESTED, 100, ago=5), of(Type.DECLINED, 90, ago=5))
    assert (finding.code, finding.facts) == ("mix_ok", {"interactions": 190})


def test_a_type_that_is_no_longer_recorded_is_told():
    (finding,) = found(EARLIER, of(Type.REQUESTED, 100, ago=5), of(Type.DECLINED, 10, ago=5))
    assert (finding.code, finding.severity) == ("type_vanished", "warning")
    assert finding.facts == {"type": "declined", "interactions": 10, "expected": 55.0}


def test_a_fifth_of_the_expected_is_left_is_gone_and_more_is_not():
    gone, left = (
        found(EARLIER, of(Type.REQUESTED, 110 - n, ago=5), of(Type.DECLINED, n, ago=5))[0].code
        for n in (11, 12)
    )
    assert (gone, left) == ("type_vanished", "mix_ok")


def test_a_rare_type_may_be_missing():
    rare = of(Type.INVESTED, 20, ago=60)
    assert (
        found(EARLIER, rare, of(Type.REQUESTED, 90, ago=5), of(Type.DECLINED, 90, ago=5))[0].code == "mix_ok"
    )


def test_a_step_that_is_recorded_from_now_on_is_fine():
    recent = of(Type.DISMISSED, 100, ago=5), of(Type.REQUESTED, 300, ago=5), of(Type.DECLINED, 300, ago=5)
    assert found(EARLIER, *recent)[0].code == "mix_ok"


def test_what_is_shown_and_viewed_does_not_count():
    shown = of(Type.SHOWN, 10_000, ago=5)
    assert (
        found(EARLIER, shown, of(Type.REQUESTED, 90, ago=5), of(Type.DECLINED, 90, ago=5))[0].code == "mix_ok"
    )


def test_startups_of_another_trade_are_worth_a_note():
    recent = (of(kind, 100, 5, among=range(1, 200, 2)) for kind in (Type.REQUESTED, Type.DECLINED))
    before = (of(kind, 400, 60, among=range(0, 200, 2)) for kind in (Type.REQUESTED, Type.DECLINED))
    (finding,) = found(*before, *recent)
    assert (finding.code, finding.severity) == ("events_shifted", "note")
    assert {finding.facts["before"], finding.facts["share"]} == {0.0, 1.0}


def test_a_few_busy_startups_of_one_trade_are_none():
    """Each startup counts once."""
    recent = (of(kind, 100, 5, among=(1, 3, 5)) for kind in (Type.REQUESTED, Type.DECLINED))
    assert found(EARLIER, *recent)[0].code == "mix_ok"


def test_of_a_few_events_nothing_can_be_told():
    (finding,) = found(EARLIER, of(Type.REQUESTED, 49, ago=5))
    assert (finding.code, finding.severity) == ("mix_unknown", "ok")
    assert finding.facts == {"interactions": 49, "least": 50}
