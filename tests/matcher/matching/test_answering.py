import pytest

from matcher.matching.answering import SHOWN_REASONS, warmth
from matcher.matching.answers import Warmth
from matcher.model.combination import SIGNALS
from matcher.profiles import Profile
from tests.matcher.matching.conftest import Serve
from tests.matcher.worlds import investor, mentor, snapshot_of, startup

TALKATIVE = {"description": "laser optics", "industries": ("AI",), "region": "深圳"}


def test_the_strongest_terms_are_shown_and_the_rest_is_summed(serve: Serve):
    asking = startup("s", **TALKATIVE, stage="angel", needs=("股权融资",), raising_amount=1e6)
    giving = investor("i", **TALKATIVE, stages=("angel",), offers=("股权融资",), ticket_max=1e7)

    [pair] = serve(asking, giving).service.score("north", [("s", "i")])

    shown, rest = pair.reasons[:SHOWN_REASONS], pair.reasons[SHOWN_REASONS:]
    points = [abs(reason.points) for reason in shown]
    assert points == sorted(points, reverse=True)
    assert {reason.signal for reason in shown} < set(SIGNALS)
    assert [reason.signal for reason in rest] == ["other"]
    assert pair.base + sum(reason.points for reason in pair.reasons) == pytest.approx(pair.score, abs=1e-12)


def test_a_pair_of_which_nothing_is_known_has_no_reasons(serve: Serve):
    [pair] = serve(startup("s"), mentor("m")).service.score("north", [("s", "m")])

    assert pair.reasons == ()
    assert pair.score == pair.base == pytest.approx(pair.p_startup)


def test_a_few_terms_are_all_shown(serve: Serve):
    [pair] = serve(startup("s", **TALKATIVE), mentor("m", region="深圳")).service.score("north", [("s", "m")])

    assert [reason.signal for reason in pair.reasons] == ["region"]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (startup("s"), Warmth.COLD),
        (startup("s", tags=("x",)), Warmth.COLD),
        (startup("s", description="words"), Warmth.WARM),
        (startup("s", stage="angel"), Warmth.WARM),
        (mentor("s", stages=("angel",)), Warmth.WARM),
        (mentor("s", offers=("法律",)), Warmth.WARM),
        (startup("s", needs=("法律",)), Warmth.WARM),
    ],
)
def test_whoever_declares_something_to_compare_is_warm(profile: Profile, expected: Warmth):
    assert warmth(snapshot_of([profile]), profile) is expected
