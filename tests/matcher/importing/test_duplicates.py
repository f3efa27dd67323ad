import pytest

from matcher.importing.duplicates import Named, probable_duplicates
from matcher.profiles import Role
from matcher.text.comparable import organisation_core


def named(id_: str, name: str, region: str = "", role: Role = Role.STARTUP) -> Named:
    return Named(id_, role, name, organisation_core(name), region)


def pairs(*profiles: Named, fresh: tuple[str, ...] = ("a", "b", "c")) -> list[tuple[str, str, str]]:
    return [(found.id, found.other_id, found.reason) for found in probable_duplicates(profiles, fresh)]


@pytest.mark.parametrize("other", ["星河科技", "星河科技股份有限公司", "星河科技（深圳）有限公司"])
def test_a_name_that_differs_in_its_legal_form_or_bracketed_place_is_a_duplicate(other: str) -> None:
    assert pairs(named("a", "星河科技有限公司"), named("b", other)) == [("b", "a", "same core")]


def test_traditional_and_simplified_are_duplicates() -> None:
    assert pairs(named("a", "云澜电气有限公司"), named("b", "雲瀾電氣有限公司")) == [("b", "a", "same core")]


def test_a_slip_in_a_long_name_of_the_same_region_is_similar() -> None:
    slips = named("a", "Northern Lights Robotics"), named("b", "Northern Lihgts Robotics")
    assert pairs(*slips) == [("a", "b", "similar")]


def test_a_slip_at_the_first_letter_is_found_too() -> None:
    others = [named(f"x{n}", f"ocean {n} lights") for n in range(20)]
    found = pairs(named("a", "Xorthern Lights Robotics"), *others, named("b", "Northern Lights Robotics"))
    assert found == [("b", "a", "similar")]


def test_names_in_other_regions_or_with_other_figures_are_not_similar() -> None:
    assert (
        pairs(named("a", "Northern Lights Robotics", "cn"), named("b", "Northern Lihgts Robotics", "us"))
        == []
    )
    assert pairs(named("a", "Northern Lights Fund 12"), named("b", "Northern Lights Fund 13")) == []


def test_other_roles_are_no_duplicates() -> None:
    assert pairs(named("a", "星河科技"), named("b", "星河科技", role=Role.INVESTOR)) == []


def test_pairs_without_a_fresh_profile_are_not_told_again() -> None:
    assert pairs(named("a", "星河科技"), named("b", "星河科技"), fresh=()) == []


def test_a_thousand_equal_names_give_a_pair_each_not_one_for_every_two() -> None:
    many = [named(str(n), "星河科技") for n in range(1_000)]
    assert len(list(probable_duplicates(many, {profile.id for profile in many}))) == 999
