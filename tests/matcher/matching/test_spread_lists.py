"""Lists that spread exposure, asked of the whole service."""

import dataclasses
from types import MappingProxyType

import numpy as np

from matcher.matching.answers import MatchList
from matcher.model.parameters import Model
from matcher.profiles import Role
from tests.matcher.matching.conftest import Serve
from tests.matcher.matching.serving import Serving
from tests.matcher.worlds import investor, mentor, startup, trained_on

MENTORS = tuple(f"m{n:02}" for n in range(12))
PEOPLE = (startup("s"), *map(mentor, MENTORS), investor("i"))


def _with_prices(prices: dict[str, float]) -> Model:
    """A model that knows nothing but the prices of some mentors."""
    model = trained_on(sorted(PEOPLE, key=lambda profile: profile.key), [])
    part = model.roles[Role.MENTOR]
    values = np.array([prices.get(key.partition(":")[2], 0.0) for key in part.partners.terms], np.float32)
    roles = {**model.roles, Role.MENTOR: dataclasses.replace(part, prices=values)}
    return dataclasses.replace(model, roles=MappingProxyType(roles))


def _listed(world: Serving, role: Role | None = Role.MENTOR, *, spread: bool) -> MatchList:
    [found] = world.service.match("north", ["s"], role=role, k=3, spread=spread)
    return found


def _ids(found: MatchList) -> list[str]:
    return [match.pair.partner_id for match in found.matches]


def test_a_dear_mentor_makes_room_for_one_as_good_and_the_line_says_so(serve: Serve) -> None:
    world = serve(*PEOPLE)
    world.go_live(_with_prices({"m00": 0.01}))
    assert _ids(_listed(world, spread=False)) == ["m00", "m01", "m02"]
    spread = _listed(world, spread=True)
    assert _ids(spread) == ["m01", "m02", "m03"]
    assert [match.spread for match in spread.matches] == [False, False, True]
    assert [match.rank for match in spread.matches] == [1, 2, 3]


def test_scores_reasons_and_the_funnel_are_those_of_a_plain_list(serve: Serve) -> None:
    world = serve(*PEOPLE)
    world.go_live(_with_prices({"m00": 0.01}))
    plain, spread = (_listed(world, spread=flag) for flag in (False, True))
    assert spread.matches[0].pair == plain.matches[1].pair
    assert spread.funnel == plain.funnel


def test_before_any_training_and_for_partners_lists_stay_as_they_are(serve: Serve) -> None:
    world = serve(*PEOPLE)
    assert _listed(world, spread=True) == _listed(world, spread=False)
    plain, spread = (
        world.service.match("north", ["m00"], role=Role.STARTUP, spread=flag) for flag in (False, True)
    )
    assert plain == spread


def test_both_roles_share_one_list_and_a_newcomer_costs_nothing(serve: Serve) -> None:
    world = serve(*PEOPLE)
    world.go_live(_with_prices(dict.fromkeys(MENTORS, 0.01)))
    world.put(mentor("m99"))
    assert {"i", "m99"} <= set(_ids(_listed(world, None, spread=True)))
