"""How much is known of a profile, and that the table of what blank fields leave unknown is true."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from matcher.matching.completeness import COLUMNS_OF, completeness_of
from matcher.matching.eligibility import Request
from matcher.matching.moment import NO_FILTERS, Moment
from matcher.matching.ranking import candidate_at, question
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination, combination_of
from matcher.profiles import PARTNER_ROLES, Profile, Role
from tests.matcher.worlds import ORGANISATION, event, investor, mentor, snapshot_of, startup, trained_on

PRIOR = combination_of(EXPERT_PRIOR)
FULL_STARTUP = startup(
    "s",
    description="robots that weld",
    needs=("股权融资",),
    industries=("人工智能",),
    stage="天使轮",
    region="广东/深圳",
    raising_amount=5e6,
    raising_currency="CNY",
)
FULL_PARTNER = {
    "description": "robots and welding",
    "offers": ("股权融资",),
    "industries": ("人工智能",),
    "stages": ("天使轮",),
    "region": "广东/深圳",
}
FULL_INVESTOR = investor("i", **FULL_PARTNER, ticket_min=1e6, ticket_max=1e7, currency="CNY")
FULL = {Role.STARTUP: FULL_STARTUP, Role.MENTOR: mentor("m", **FULL_PARTNER), Role.INVESTOR: FULL_INVESTOR}
NOTHING = {name: each.default for each in dataclasses.fields(Profile) for name in [each.name]}


def without(profile: Profile, field: str) -> Profile:
    also = ("ticket_max",) if field == "ticket_min" else ()
    return dataclasses.replace(profile, **{name: NOTHING[name] for name in (field, *also)})


def columns(one: Profile, other: Profile) -> dict[str, float]:
    """The pair's columns where the partner has a past of two deals."""
    others = [dataclasses.replace(FULL_STARTUP, id=f"old{n}", name=f"old {n}") for n in range(2)]
    partner = one if one.role is not Role.STARTUP else other
    people = sorted([one, other, *others], key=lambda profile: profile.key)
    deal = {"stage": "天使轮", "amount": 5e6, "currency": "CNY"}
    events = [event(each.id, partner.id, **deal) for each in others]
    snapshot = snapshot_of(people, events, trained_on(people, events))
    asked = question(snapshot, Request(ORGANISATION, one, np.inf, NO_FILTERS), partner.role)
    pool, row = snapshot.find(other.key, other.id)
    return dict(zip(COLUMNS, candidate_at(asked, pool, row).signals.tolist(), strict=True))


@pytest.mark.parametrize(
    ("role", "field"), [(role, field) for role, table in COLUMNS_OF.items() for field in table]
)
def test_a_blank_field_leaves_the_columns_of_the_table_unknown(role: Role, field: str) -> None:
    other = FULL[Role.INVESTOR] if role is Role.STARTUP else FULL[Role.STARTUP]
    whole, blank = columns(FULL[role], other), columns(without(FULL[role], field), other)
    told = COLUMNS_OF[role][field]
    assert any(not np.isnan(whole[name]) for name in told)
    assert all(np.isnan(blank[name]) for name in told)


@pytest.mark.parametrize("role", Role)
def test_a_full_profile_has_no_gaps_and_an_empty_one_has_them_all(role: Role) -> None:
    full = completeness_of(FULL[role], [PRIOR])
    empty = Profile(organisation="north", role=role, id="e", name="e")
    bare = completeness_of(empty, [PRIOR])
    assert (full.known, full.gaps) == (1.0, ())
    assert bare.known == pytest.approx(0.0)
    assert sum(gap.worth for gap in bare.gaps) == pytest.approx(1.0)


def test_what_the_model_heeds_most_is_the_first_gap() -> None:
    heeded = np.zeros(len(COLUMNS))
    heeded[COLUMNS.index("region")] = 3.0
    heeded[COLUMNS.index("stage")] = -1.0
    model = Combination(np.zeros(len(COLUMNS)), np.ones(len(COLUMNS)), heeded, np.zeros(len(COLUMNS)))
    empty = startup("e")
    found = completeness_of(empty, [model])
    assert [(gap.field, gap.worth) for gap in found.gaps] == [("region", 0.75), ("stage", 0.25)]
    assert completeness_of(dataclasses.replace(empty, region="深圳"), [model]).known == pytest.approx(0.75)


def test_either_end_of_a_ticket_will_do() -> None:
    for end in ("ticket_min", "ticket_max"):
        profile = dataclasses.replace(without(FULL_INVESTOR, "ticket_min"), **{end: 1e6})
        assert completeness_of(profile, [PRIOR]).gaps == ()


def test_a_moment_tells_it_for_the_models_that_rank_the_profile() -> None:
    told = Moment(snapshot_of([startup("s", description="robots")])).completeness(ORGANISATION, "s")
    assert 0 < told.known < 1
    assert {gap.field for gap in told.gaps} == COLUMNS_OF[Role.STARTUP].keys() - {"description"}
    assert len(PARTNER_ROLES) == 2


def test_who_opted_out_is_matched_with_nobody_and_nobody_with_them() -> None:
    since = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    away = dataclasses.replace(FULL_INVESTOR, opted_out_at=since)
    gone = dataclasses.replace(FULL_STARTUP, opted_out_at=since)
    for people, asked, role in (
        ([FULL_STARTUP, away], "s", Role.INVESTOR),
        ([gone, FULL_INVESTOR], "s", Role.INVESTOR),
        ([gone, FULL_INVESTOR], "i", Role.STARTUP),
    ):
        [found] = Moment(snapshot_of(people)).match(ORGANISATION, [asked], role=role)
        assert found.matches == ()
        assert found.funnel.removed == {"inactive": 1}
