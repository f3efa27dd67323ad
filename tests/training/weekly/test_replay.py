"""History lived again: what retraining brings, and that the gate sees what is broken on purpose."""

import dataclasses
import datetime as dt

import pytest

from tests.matcher.worlds import TODAY, event, investor, startup
from tests.training.toys import SMALL
from tests.training.weekly.worlds import BEFORE, CHOSEN, FIRST, INVESTORS, data_of, day, sources
from training.weekly.broken import BREAKS, MISSING
from training.weekly.replay import FROZEN, POPULARITY, RETRAINED, Plan, Stage, fingerprint, gains, relived
from training.world import Data

MONTH = 30
PLAN = Plan(first=day(FIRST), last=TODAY, every_days=MONTH, factors=SMALL)
NEWS = ("i0", "i9")
"""Whom startups of the field "zeta" choose, of which nobody had heard before the replay."""


def changing() -> Data:
    """Five fields that everybody knows; with the replay comes a sixth. In two months 24 startups each ask."""
    known = [(f"{field}-old{n}", field, BEFORE + n) for field in CHOSEN for n in range(5)]
    fields = [field for field in CHOSEN for _ in range(4)] + ["zeta"] * 4
    asking = [
        (f"{field}-{month}-{n}", field, 91 - MONTH * month - 5 - n % 5)
        for month in range(2)
        for n, field in enumerate(fields)
    ]
    chosen = {**CHOSEN, "zeta": NEWS}
    people = [startup(id_, industries=(field,)) for id_, field, _ in known + asking]
    events = [event(id_, one, days_ago=ago) for id_, field, ago in known + asking for one in chosen[field]]
    return data_of([*INVESTORS, *people], events)


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return list(
        relived(dataclasses.replace(PLAN, last=day(FIRST + 75), with_broken=True), changing(), sources())
    )


def test_stages_follow_one_another_and_none_ends_after_the_last_day():
    assert PLAN.days == [day(FIRST + MONTH * step) for step in range(3)]
    assert dataclasses.replace(PLAN, last=day(FIRST + 2 * MONTH)).days == PLAN.days[:2]
    assert dataclasses.replace(PLAN, last=day(FIRST + 2 * MONTH - 1)).days == PLAN.days[:1]
    assert dataclasses.replace(PLAN, last=day(FIRST - 1)).days == []


def test_every_startup_with_a_new_partner_is_a_query_of_its_stage(stages: list[Stage]):
    assert [(stage.day, stage.queries) for stage in stages] == [(PLAN.days[0], 24), (PLAN.days[1], 24)]


def test_on_the_first_day_nobody_is_ahead(stages: list[Stage]):
    first = stages[0]

    assert first.ndcg[RETRAINED] == first.ndcg[FROZEN]
    assert sum(value == 1.0 for value in first.ndcg[RETRAINED]) == 20


def test_the_retrained_learns_what_the_frozen_never_heard_of(stages: list[Stage]):
    """Perfect lists for all six fields, where the frozen model has them for the five it knew."""
    second = stages[1]

    assert second.ndcg[RETRAINED] == [1.0] * 24
    assert sum(value == 1.0 for value in second.ndcg[FROZEN]) == 20
    assert gains(stages[1:]).mean == pytest.approx(1 - sum(second.ndcg[FROZEN]) / 24)
    assert gains(stages[:1]).mean == gains(stages[:1]).high == 0.0


def test_popularity_knows_no_fields(stages: list[Stage]):
    assert all(sum(stage.ndcg[POPULARITY]) / 24 < 0.7 for stage in stages)


def test_the_gate_turns_down_whatever_is_broken_on_purpose_every_time(stages: list[Stage]):
    assert [stage.rejected for stage in stages] == [dict.fromkeys(BREAKS, True)] * 2


def quiet() -> Data:
    """Nothing happened before the replay; then one startup a month finds an investor. Too few to compare:
    only what the model of the month before knew can tell that a role is missing."""
    events = [event(f"s{month}", "i", days_ago=91 - MONTH * month - 5) for month in range(3)]
    return data_of([investor("i"), investor("j"), *(startup(f"s{month}") for month in range(3))], events)


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_stages_after_a_replay_was_cut_off_are_those_of_an_uninterrupted_one(done: int):
    plan = dataclasses.replace(PLAN, with_broken=True)
    whole = list(relived(plan, quiet(), sources()))

    assert [stage.rejected[MISSING] for stage in whole] == [False, False, True]
    assert list(relived(plan, quiet(), sources(), plan.days[:done])) == whole[done:]


def test_only_what_is_missing_is_done():
    middle = [PLAN.days[0], PLAN.days[2]]

    (stage,) = relived(PLAN, quiet(), sources(), middle)

    assert (stage.day, stage.queries, stage.rejected) == (PLAN.days[1], 1, {})


def test_what_came_within_a_stage_changes_nothing_of_what_was_known_on_its_day():
    """Those who ask in the second month are taken away: the first month is as it was."""
    data, alone = quiet(), dataclasses.replace(PLAN, last=day(FIRST + MONTH))
    earlier = data.interactions.take(data.interactions.days < FIRST + MONTH)

    (stage,) = relived(alone, data, sources())

    assert [stage] == list(relived(alone, dataclasses.replace(data, interactions=earlier), sources()))


def test_a_month_in_which_nobody_asked_has_no_queries():
    plan = Plan(first=TODAY, last=TODAY + dt.timedelta(days=MONTH), every_days=MONTH, factors=SMALL)

    (stage,) = relived(plan, quiet(), sources())

    assert (stage.queries, stage.ndcg) == (0, {RETRAINED: [], FROZEN: [], POPULARITY: []})
    assert gains([stage]).mean == 0.0


def test_the_same_data_have_the_same_fingerprint_and_any_others_another():
    people, events = [startup("s"), investor("i")], [event("s", "i")]
    same = fingerprint(data_of(people, events))

    assert fingerprint(data_of(people, events)) == same
    assert fingerprint(data_of([startup("s", stage="A"), investor("i")], events)) != same
    assert fingerprint(data_of(people, [event("s", "i", days_ago=31)])) != same
    assert fingerprint(data_of(people)) != same
