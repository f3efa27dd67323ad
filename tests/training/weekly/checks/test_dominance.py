"""One behind much of what happened lately."""

import numpy as np
import pytest

from matcher.interactions import TYPES, InteractionTable
from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, TODAY, seen, startups
from training.weekly.checks.dominance import dominance

MENTORS = [mentor(f"m{n}", name=f"Mentor {n}") for n in range(50)]
WHO = [*startups(50), *MENTORS]


def spread(number: int, ago: int = 3, kind: Type = Type.VIEWED):
    """Events of every startup and every mentor in turn."""
    return [(f"s{n % 50}", f"m{n * 7 % 50}", kind, ago) for n in range(number)]


def of_mentor(number: int, ago: int = 3, kind: Type = Type.VIEWED):
    return [(f"s{n % 50}", "m0", kind, ago) for n in range(number)]


def found(*happened, who=WHO):
    return dominance(seen(who, [event for events in happened for event in events]), SETTINGS)


def test_where_all_take_part_nobody_stands_out():
    (finding,) = found(spread(500))
    assert (finding.code, finding.facts) == ("dominance_ok", {"interactions": 500})


@pytest.mark.parametrize(("clicks", "code"), [(89, "dominance_ok"), (90, "partner_dominates")])
def test_a_quarter_of_everything_is_much(clicks: int, code: str):
    assert found(spread(294), of_mentor(clicks))[0].code == code


def test_the_facts_name_who_it_is():
    (finding,) = found(spread(300), of_mentor(194), spread(400, ago=60))
    assert finding.severity == "warning"
    assert finding.facts == {
        "key": "north:m0",
        "name": "Mentor 0",
        "interactions": 200,
        "share": 200 / 494,
        "before": 8 / 400,
        "among": "all",
    }


def test_a_startup_that_clicks_on_everything_stands_out():
    (finding,) = found(spread(300), [("s3", f"m{n % 50}", Type.VIEWED, 2) for n in range(200)])
    assert (finding.code, finding.facts["key"]) == ("startup_dominates", "north:s3")


def test_who_accepts_everybody_does_not_hide_among_what_is_shown():
    usual = spread(5000, kind=Type.SHOWN), spread(100, ago=60, kind=Type.DECLINED)
    (finding,) = found(*usual, of_mentor(50, kind=Type.ACCEPTED))
    assert (finding.code, finding.facts["among"]) == ("partner_dominates", "decided")


def test_who_always_had_much_is_known():
    assert (
        found(spread(300), of_mentor(200), spread(600, ago=60), of_mentor(200, ago=60))[0].code
        == "dominance_ok"
    )


def test_what_is_long_past_is_not_told():
    assert found(spread(300), of_mentor(900, ago=29))[0].code == "dominance_ok"


def test_among_three_mentors_a_third_is_fair():
    who = [*startups(50), *MENTORS[:3]]
    happened = [(f"s{n % 50}", f"m{n % 3 if n % 2 else 0}", Type.MET, 3) for n in range(300)]
    assert found(happened, who=who)[0].code == "dominance_ok"


def test_of_a_few_events_nothing_is_told():
    assert found(of_mentor(38), spread(30))[0].code == "dominance_ok"


def test_an_organisation_that_suddenly_has_much_stands_out():
    """Of ten organisations with five startups each one has half of what happens."""
    who = [*(startup(f"s{n}", organisation=f"o{n % 10}") for n in range(50)), mentor("m0", organisation="o0")]
    rows = [n % 50 for n in range(100)] + [n % 5 * 10 for n in range(100)]
    happened = InteractionTable(
        startups=np.array([who[row].key for row in rows], dtype=object),
        partners=np.array(["o0:m0"] * 200, dtype=object),
        types=np.full(200, TYPES.index(Type.MET), np.int8),
        days=np.full(200, TODAY - 3, np.int32),
        **dict.fromkeys(("values", "stages", "amounts", "currencies"), np.zeros(200)),
    )
    (finding,) = dominance(seen(who, interactions=happened), SETTINGS)
    assert (finding.code, finding.facts["key"], finding.facts["share"]) == (
        "organisation_dominates",
        "o0",
        0.55,
    )
