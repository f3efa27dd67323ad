"""Each rule alone, from either side; which of several counts; who is in the pool at all."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Request, Rule, removed, rules_of
from matcher.profiles import Profile, Role, Status
from tests.matcher.worlds import ORGANISATION, event, investor, mentor, snapshot_of, startup

NO_FILTERS = Filters()
ROLES = (Role.INVESTOR, Role.MENTOR, Role.STARTUP)


def rules(
    people: Sequence[Profile],
    query: Profile,
    *,
    events: Sequence[Interaction] = (),
    filters: Filters = NO_FILTERS,
    organisation: str = ORGANISATION,
) -> dict[str, Rule]:
    """The rule for each candidate of the query, by key."""
    snapshot = snapshot_of(people, events)
    home, row = snapshot.find(query.key, query.id)
    request = Request(organisation, query, float(home.room[row]), filters)
    pools = [
        pool
        for role in ROLES
        if (role is Role.STARTUP) != (query.role is Role.STARTUP)
        for pool in snapshot.pools[role]
    ]
    found: dict[str, Rule] = {}
    for pool in pools:
        codes = rules_of(request, pool, snapshot.context.relations, snapshot.attributes)
        found |= {key: Rule(int(code)) for key, code in zip(pool.keys.terms, codes, strict=True)}
    return found


@dataclass(frozen=True)
class Situation:
    """What makes the startup "s" and the investor "i" ineligible for each other under one rule."""

    startup: Mapping[str, Any] = field(default_factory=dict)
    investor: Mapping[str, Any] = field(default_factory=dict)
    happened: Sequence[InteractionType] = ()
    filters: Filters = NO_FILTERS

    def __or__(self, other: "Situation") -> "Situation":
        return Situation(
            {**self.startup, **other.startup},
            {**self.investor, **other.investor},
            (*self.happened, *other.happened),
            self.filters if self.filters != NO_FILTERS else other.filters,
        )

    def rule(self, asker: str) -> Rule:
        """The rule that the list of `asker` ("s" or "i") gives the other."""
        one, other = startup("s", **self.startup), investor("i", **self.investor)
        query = one if asker == "s" else other
        events = [event("s", "i", type_) for type_ in self.happened]
        [found] = rules([one, other], query, events=events, filters=self.filters).values()
        return found


SITUATIONS = {
    Rule.INACTIVE: Situation(investor={"status": Status.PAUSED}),
    Rule.NOT_DEPLOYING: Situation(investor={"deploying": False}),
    Rule.EXCLUDED: Situation(startup={"exclude": ("i",)}),
    Rule.CONFLICT: Situation(investor={"conflicts": ("s",)}),
    Rule.DISMISSED: Situation(happened=[InteractionType.DISMISSED]),
    Rule.DECLINED: Situation(happened=[InteractionType.DECLINED]),
    Rule.CONNECTED: Situation(happened=[InteractionType.MET]),
    Rule.FILTERED: Situation(filters=Filters(tags=("nobody has this",))),
    Rule.NO_ROOM: Situation(investor={"capacity": 0}),
}


@pytest.mark.parametrize("asker", ["s", "i"])
def test_strangers_who_declare_nothing_are_eligible(asker: str):
    assert Situation().rule(asker) is Rule.ELIGIBLE


def test_every_rule_has_a_situation():
    assert set(SITUATIONS) == set(Rule) - {Rule.ELIGIBLE, Rule.OUTSIDE}


@pytest.mark.parametrize("asker", ["s", "i"])
@pytest.mark.parametrize("rule", SITUATIONS, ids=lambda rule: rule.name)
def test_a_rule_alone_removes_the_pair_from_either_side_s_list(rule: Rule, asker: str):
    assert SITUATIONS[rule].rule(asker) is rule


@pytest.mark.parametrize("asker", ["s", "i"])
def test_of_several_rules_the_first_counts(asker: str):
    for one, other in itertools.combinations(SITUATIONS, 2):
        assert (SITUATIONS[one] | SITUATIONS[other]).rule(asker) is min(one, other)


@pytest.mark.parametrize(
    "situation",
    [
        Situation(investor={"status": Status.CLOSED}),
        Situation(startup={"status": Status.PAUSED}),
        Situation(startup={"status": Status.CLOSED}),
    ],
)
def test_whoever_of_the_two_is_not_active_is_not_matched(situation: Situation):
    assert situation.rule("s") is situation.rule("i") is Rule.INACTIVE


def test_an_investor_that_does_not_say_whether_it_invests_is_eligible():
    assert Situation(investor={"deploying": None}).rule("s") is Rule.ELIGIBLE


@pytest.mark.parametrize(
    "type_", [InteractionType.ACCEPTED, InteractionType.MENTORED, InteractionType.INVESTED]
)
def test_who_is_in_contact_already_is_not_listed_anew(type_: InteractionType):
    assert Situation(happened=[type_]).rule("s") is Rule.CONNECTED


@pytest.mark.parametrize("type_", [InteractionType.SHOWN, InteractionType.VIEWED, InteractionType.REQUESTED])
def test_a_first_look_removes_nobody(type_: InteractionType):
    assert Situation(happened=[type_]).rule("s") is Rule.ELIGIBLE


# who is named


NAMED = {"name": "云杉 Capital（灣區）"}


@pytest.mark.parametrize(
    "reference", ["i", "north:i", NAMED["name"], "雲杉 capital(湾区)", "  云杉　CAPITAL(灣區) "]
)
def test_a_startup_excludes_a_partner_by_id_key_or_name_in_any_script(reference: str):
    situation = Situation(startup={"exclude": (reference,)}, investor=NAMED)

    assert situation.rule("s") is situation.rule("i") is Rule.EXCLUDED


@pytest.mark.parametrize("reference", ["s", "north:s", "青松科技", "青松科技 ", "青鬆科技"])
def test_a_partner_names_its_conflicts_by_id_key_or_name_in_any_script(reference: str):
    situation = Situation(startup={"name": "青松科技"}, investor={"conflicts": (reference,)})

    assert situation.rule("s") is situation.rule("i") is Rule.CONFLICT


@pytest.mark.parametrize("reference", ["ii", "south:i", "云杉", "Name of"])
def test_part_of_a_name_or_another_s_id_means_nobody(reference: str):
    assert Situation(startup={"exclude": (reference,)}, investor=NAMED).rule("s") is Rule.ELIGIBLE


def test_a_shared_partner_s_conflicts_are_read_in_its_own_organisation():
    ours, theirs = startup("s"), startup("s", organisation="south", name="Other")
    shared = mentor("m", organisation="south", shared=True, conflicts=("s",))

    assert rules([ours, theirs, shared], ours) == {"south:m": Rule.ELIGIBLE}
    assert rules([ours, theirs, shared], theirs, organisation="south") == {"south:m": Rule.CONFLICT}


# must-haves


PEOPLE = {
    "all": mentor(
        "all", industries=("人工智能", "教育"), region="广东/深圳", stages=("天使轮",), offers=("股权融资",)
    ),
    "blank": mentor("blank"),
    "tagged": mentor("tagged", tags=("Ocean",), languages=("EN", "zh")),
}


def passing(filters: Filters) -> set[str]:
    query = startup("s")
    found = rules([query, *PEOPLE.values()], query, filters=filters)
    return {key.partition(":")[2] for key, rule in found.items() if rule is Rule.ELIGIBLE}


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        (Filters(), {"all", "blank", "tagged"}),
        (Filters(industries=("AI",)), {"all"}),
        (Filters(industries=("人工智慧",)), {"all"}),
        (Filters(industries=("医疗", "教育")), {"all"}),
        (Filters(industries=("医疗",)), set()),
        (Filters(regions=("广东",)), {"all"}),
        (Filters(regions=("深圳",)), {"all"}),
        (Filters(regions=("深圳/南山",)), set()),
        (Filters(stages=("angel",)), {"all"}),
        (Filters(offers=("股权融资",)), {"all"}),
        (Filters(offers=("贷款",)), set()),
        (Filters(languages=("en",)), {"tagged"}),
        (Filters(tags=("ocean", "desert")), {"tagged"}),
        (Filters(tags=("ocean",), languages=("fr",)), set()),
        (Filters(tags=("ocean",), languages=("fr", "zh")), {"tagged"}),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
def test_a_must_have_asks_for_one_label_of_each_field(filters: Filters, who: set[str]):
    assert passing(filters) == who


def test_a_partner_asks_startups_for_what_they_need_and_where_they_stand():
    query = mentor("m")
    fits = startup("fits", needs=("股权融资",), stage="angel", region="深圳")
    people = [query, fits, startup("other", needs=("法律",), stage="b", region="北京")]

    for filters in (Filters(offers=("equity",)), Filters(stages=("天使轮",)), Filters(regions=("广东",))):
        found = rules(people, query, filters=filters)
        assert found == {"north:fits": Rule.ELIGIBLE, "north:other": Rule.FILTERED}


# room


@pytest.mark.parametrize(
    ("capacity", "accepted", "rule"),
    [
        (1, 0, Rule.ELIGIBLE),
        (1, 1, Rule.NO_ROOM),
        (2, 1, Rule.ELIGIBLE),
        (2, 3, Rule.NO_ROOM),
        (None, 9, Rule.ELIGIBLE),
    ],
)
def test_a_partner_has_room_until_its_places_are_taken(capacity: int | None, accepted: int, rule: Rule):
    others = [startup(f"t{n}") for n in range(accepted)]
    people = [startup("s"), mentor("m", capacity=capacity), *others]
    events = [event(other.id, "m", InteractionType.ACCEPTED) for other in others]

    assert rules(people, people[0], events=events) == {"north:m": rule}


def test_places_taken_a_cycle_ago_are_free_again():
    people = [startup("s"), startup("t"), mentor("m", capacity=1)]

    for days_ago, rule in ((180, Rule.NO_ROOM), (181, Rule.ELIGIBLE)):
        events = [event("t", "m", InteractionType.ACCEPTED, days_ago=days_ago)]
        assert rules(people, people[0], events=events) == {"north:m": rule}


def test_a_full_mentor_s_own_list_is_empty_for_want_of_room():
    people = [mentor("m", capacity=1), startup("s"), startup("t")]

    found = rules(people, people[0], events=[event("t", "m", InteractionType.ACCEPTED)])

    assert found == {"north:s": Rule.NO_ROOM, "north:t": Rule.CONNECTED}


# other organisations


def test_others_partners_are_in_the_pool_only_where_they_are_shared():
    query = startup("s")
    people = [
        query,
        mentor("own"),
        mentor("kept", organisation="south"),
        mentor("lent", organisation="south", shared=True),
    ]

    assert rules(people, query) == {
        "north:own": Rule.ELIGIBLE,
        "south:kept": Rule.OUTSIDE,
        "south:lent": Rule.ELIGIBLE,
    }


@pytest.mark.parametrize("shared", [False, True])
def test_others_startups_are_never_in_the_pool(shared: bool):
    query = mentor("m")

    found = rules([query, startup("s", organisation="south", shared=shared)], query)

    assert found == {"south:s": Rule.OUTSIDE}


def test_an_organisation_s_shared_mentor_is_offered_the_asker_s_startups_alone():
    lent = mentor("lent", organisation="south", shared=True)
    people = [lent, startup("ours"), startup("theirs", organisation="south")]

    assert rules(people, lent) == {"north:ours": Rule.ELIGIBLE, "south:theirs": Rule.OUTSIDE}


# counts


def test_removed_counts_each_rule_and_neither_outsiders_nor_the_eligible():
    query = startup("s", exclude=("m1", "m2"))
    people = [query, *(mentor(f"m{n}") for n in range(4)), mentor("x", organisation="south")]
    snapshot = snapshot_of(people)
    [pool] = snapshot.pools[Role.MENTOR]

    codes = rules_of(
        Request(ORGANISATION, query, 1, NO_FILTERS), pool, snapshot.context.relations, snapshot.attributes
    )

    assert removed(codes) == {Rule.EXCLUDED: 2}


def test_an_empty_pool_has_no_rules():
    query = startup("s")

    assert rules([query], query) == {}
