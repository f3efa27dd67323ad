"""What cannot be done is told in figures, with ways out that work."""

import pytest

from matcher.cohorts.configuration import Slots
from matcher.cohorts.result import Clash, Impasse, Move, WayOut
from matcher.cohorts.wording import clash_sentence, removed_sentence, way_sentence
from matcher.interactions import InteractionType
from matcher.matching.answers import Filters
from matcher.profiles import Role
from tests.matcher.cohorts.worlds import hiring, impasse_of, in_court, lawyer, recruiter, result_of
from tests.matcher.store.runs import edit
from tests.matcher.worlds import event

LAW_SCHOOL = [
    *(in_court(f"s{n}") for n in range(12)),
    *(lawyer(f"m{n}", capacity=(3, 2, 2)[n]) for n in range(3)),
    hiring("s20"),
    recruiter("m9", region="上海", capacity=9),
]


def actions(clash: Clash) -> set[str]:
    return {move.action for way in clash.ways_out for move in way.moves}


def test_a_need_that_too_few_can_meet_is_told_with_its_numbers_and_ways_out() -> None:
    [clash] = impasse_of(LAW_SCHOOL, startup_min=1, must_meet=("法律",)).clashes
    assert (len(clash.startups), clash.partners, clash.demand, clash.supply) == (
        12,
        ("m0", "m1", "m2"),
        12,
        7,
    )
    assert clash_sentence(clash, Role.MENTOR, "zh") == (
        "12 家企业需要“法律”，共需 12 次会面；3 位导师可提供，合计只有 7 个名额"
    )
    assert clash_sentence(clash, Role.MENTOR, "en") == (
        "12 startups need Legal, 12 meetings in all; 3 mentors offer it, 7 places are left"
    )
    names = {"m0": "沈律师", "m1": "Lin Mu"}
    said = {way_sentence(way, Role.MENTOR, names, "en") for way in clash.ways_out}
    assert "raise the capacity of 沈律师 by 5" in said
    assert any(each.startswith("drop the rule that needs must be met (5 pairs): ") for each in said)


def test_each_way_out_that_mends_all_lets_the_run_be_solved() -> None:
    asked = {"startup_min": 1, "must_meet": ("法律",)}
    [clash] = impasse_of(LAW_SCHOOL, **asked).clashes
    capacities = {"m0": 3, "m1": 2, "m2": 2}
    raises = [way for way in clash.ways_out if way.moves[0].action == "raise_capacity"]
    assert len(raises) > 1
    for way in raises:
        more = dict(zip(way.moves[0].who, way.moves[0].by, strict=True))
        raised = {who: capacities[who] + by for who, by in more.items()}
        assert result_of(LAW_SCHOOL, **asked, capacities=raised).summary.met == 13
    [allow] = [way for way in clash.ways_out if way.moves[0].what == "must_meet"]
    added = [edit("add", *pair) for pair in allow.moves[0].pairs]
    assert result_of(LAW_SCHOOL, **asked, edits=added).summary.met == 13


def test_a_must_have_that_stands_in_the_way_is_named() -> None:
    people = [in_court("s1"), in_court("s2"), lawyer("m1", region="上海"), lawyer("m2", region="成都")]
    [clash] = impasse_of(people, startup_min=1, must_have=Filters(regions=("上海",))).clashes
    assert (clash.demand, clash.supply) == (2, 1)
    [way] = [way for way in clash.ways_out if way.moves[0].action == "allow"]
    assert way.moves[0].what == "must_have.regions"
    assert way_sentence(way, Role.MENTOR, {}, "zh").startswith(
        "放宽地区的必备条件（例如允许外地线上辅导）（1 对）"
    )


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"events": [event("s1", "m1", InteractionType.MET)]}, "connected"),
        ({"events": [event("s1", "m1", InteractionType.DECLINED)]}, "declined"),
        ({"edits": [edit("ban", "s1", "m1")]}, "ban"),
    ],
)
def test_who_was_ruled_out_may_be_let_in_again(given: dict, what: str) -> None:
    [clash] = impasse_of([in_court("s1"), lawyer("m1")], startup_min=1, **given).clashes
    assert what in {move.what for way in clash.ways_out for move in way.moves}
    assert clash_sentence(clash, Role.MENTOR, "zh") == "1 家企业共需 1 次会面，但没有可与其会面的导师"


def test_locks_beyond_a_startups_meetings_clash() -> None:
    locks = [edit("lock", "s1", "m1"), edit("lock", "s1", "m2")]
    [clash] = impasse_of([in_court("s1"), lawyer("m1"), lawyer("m2")], edits=locks).clashes
    assert {"lock"} < set(clash.limits)
    assert {"unlock", "raise_meetings"} <= actions(clash)


def test_a_minimum_load_that_nobody_can_fill_clashes() -> None:
    [clash] = impasse_of([in_court("s1"), lawyer("m1", capacity=3, min_load=2)]).clashes
    assert "partner_min" in clash.limits
    assert "lower_load" in actions(clash)
    assert clash_sentence(clash, Role.MENTOR, "zh").startswith("1 位导师的最低辅导数合计 2 次")


def test_a_pair_that_staff_want_and_a_conflict_of_interest_forbids_is_told_with_the_edit_to_undo() -> None:
    people = [in_court("s1"), lawyer("m1", conflicts=("s1",)), lawyer("m2")]
    [clash] = impasse_of(people, edits=[edit("lock", "s1", "m1")]).clashes
    assert (clash.limits, clash.rules) == (("wanted",), ("conflict",))
    assert clash_sentence(clash, Role.MENTOR, "zh") == "1 个指定的配对不可能成立：存在利益冲突，需回避"
    assert actions(clash) == {"undo"}


def test_a_day_that_is_too_short_is_told_as_such() -> None:
    slots = Slots(labels=("09:00",), away={})
    [clash] = impasse_of(
        [in_court("s1"), lawyer("m1"), lawyer("m2")], startup_min=2, startup_max=2, slots=slots
    ).clashes
    assert clash.limits == ("slots",)


MOVES = [
    Move(action="raise_capacity", who=("m1", "m2"), by=(2, 1)),
    Move(action="raise_capacity", who=("m1", "m2", "m3", "m4"), by=(1, 1, 1, 1)),
    Move(action="raise_meetings", who=("s1",), by=(1,)),
    Move(action="lower_minimum", who=("s1",), by=(1,)),
    Move(action="lower_load", who=("m1",), by=(1,)),
    Move(action="unlock", pairs=(("s1", "m1"),)),
    Move(action="raise_per_firm", who=("s1", "s2"), by=(1,)),
    Move(action="allow", pairs=(("s1", "m1"), ("s1", "m2"), ("s2", "m1"), ("s2", "m2")), what="ban"),
    Move(action="undo", what="7"),
]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)
@pytest.mark.parametrize("left", [0, 2])
def test_every_way_out_has_its_words_in_both_languages(move: Move, left: int) -> None:
    way = WayOut(moves=(move,), mends=1, left=left)
    for language in ("zh", "en"):
        said = way_sentence(way, Role.MENTOR, {"m1": "沈听澍"}, language)
        assert "{" not in said
        assert ("2" in said) >= bool(left)


def test_a_figure_says_whether_it_is_of_each_or_of_all() -> None:
    many = tuple(f"s{n}" for n in range(20))

    def told(by: tuple[int, ...], who: tuple[str, ...] = many) -> list[str]:
        way = WayOut(moves=(Move(action="lower_minimum", who=who, by=by),), mends=1, left=0)
        return [way_sentence(way, Role.MENTOR, {}, language) for language in ("en", "zh")]

    assert told((1,) * 20) == [
        "lower the minimum of 20 startups by 1 each",
        "把 20 家企业 的最少会面数各降低 1 次",
    ]
    assert told((2,) + (1,) * 19)[0] == "lower the minimum of 20 startups by 21 in all"
    assert told((1,), ("s1",)) == ["lower the minimum of s1 by 1", "把 s1 的最少会面数降低 1 次"]


@pytest.mark.parametrize("limits", ["startup_min", "partner_min", "lock", "wanted", "slots"])
def test_every_clash_has_its_words_in_both_languages(limits: str) -> None:
    clash = Clash(
        limits=(limits,), startups=("s1",), partners=("m1",), demand=2, supply=1, rules=("excluded",)
    )
    assert Impasse(clashes=(clash,)).clashes == (clash,)
    for role in (Role.MENTOR, Role.INVESTOR):
        assert all("{" not in clash_sentence(clash, role, language) for language in ("zh", "en"))


def test_rules_of_staff_have_words_too() -> None:
    assert removed_sentence("banned", "zh") == "工作人员已禁止"
    assert removed_sentence("conflict", "en") == "has a conflict of interest"
