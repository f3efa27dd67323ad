"""How a startup stands with everyone, told without reasons."""

import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.interactions import InteractionType
from matcher.matching.eligibility import Rule
from matcher.matching.relations import Relation
from matcher.profiles import Role
from tests.matcher.matching.conftest import Serve
from tests.matcher.matching.serving import Serving
from tests.matcher.worlds import ORGANISATION, event, investor, mentor, startup


def test_a_prospect_has_the_figures_that_the_pairs_score_has(checkers: Serving) -> None:
    moment = checkers.service.moment()
    query = checkers.store.page(ORGANISATION, roles=(Role.STARTUP,)).profiles[0].id
    [found] = moment.prospects(ORGANISATION, [query], Role.INVESTOR)
    scored = moment.score(ORGANISATION, [(query, one.partner_id) for one in found])
    assert len(found) > 3
    for one, pair in zip(found, scored, strict=True):
        assert (one.score, one.p_startup, one.p_partner) == pytest.approx(
            (pair.score, pair.p_startup, pair.p_partner), abs=1e-6
        )


def test_whoever_is_removed_is_told_with_the_rule_and_the_past(serve: Serve) -> None:
    people = (startup("s1"), mentor("m1", conflicts=("s1",)), mentor("m2"), mentor("m3"), investor("i1"))
    world = serve(*people, events=(event("s1", "m2", InteractionType.MET),))
    [found] = world.service.moment().prospects(ORGANISATION, ["s1"], Role.MENTOR)
    assert [(one.partner_id, one.rule, one.relation) for one in found] == [
        ("m1", Rule.CONFLICT, Relation.NONE),
        ("m2", Rule.CONNECTED, Relation.CONNECTED),
        ("m3", Rule.ELIGIBLE, Relation.NONE),
    ]


def test_only_those_who_are_named_and_may_be_seen_are_told(serve: Serve) -> None:
    world = serve(
        startup("s1"),
        mentor("m1"),
        mentor("m2"),
        mentor("m9", organisation="south"),
        mentor("m3", shared=True),
    )
    wanted = (f"{ORGANISATION}:m2", "south:m9", "nobody:x")
    [found] = world.service.moment().prospects(ORGANISATION, ["s1"], Role.MENTOR, wanted)
    assert [one.partner_id for one in found] == ["m2"]
    assert world.service.moment().prospects(ORGANISATION, ["s1"], Role.INVESTOR) == [[]]


def test_prospects_are_of_a_startup_with_partners(serve: Serve) -> None:
    moment = serve(startup("s1"), mentor("m1")).service.moment()
    with pytest.raises(InvalidInput, match="startup_id"):
        moment.prospects(ORGANISATION, ["m1"], Role.MENTOR)
    with pytest.raises(InvalidInput, match="role"):
        moment.prospects(ORGANISATION, ["s1"], Role.STARTUP)
    with pytest.raises(NotFound):
        moment.prospects(ORGANISATION, ["nobody"], Role.MENTOR)


def test_many_startups_are_told_as_each_alone(checkers: Serving) -> None:
    moment = checkers.service.moment()
    page = checkers.store.page(ORGANISATION, roles=(Role.STARTUP,)).profiles[:5]
    ids = [profile.id for profile in page]
    together = moment.prospects(ORGANISATION, ids, Role.INVESTOR)
    alone = [moment.prospects(ORGANISATION, [id_], Role.INVESTOR)[0] for id_ in ids]
    assert together == alone
