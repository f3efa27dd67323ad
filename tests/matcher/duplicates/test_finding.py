import pytest

from matcher.duplicates import Named, probable_duplicates
from matcher.duplicates import named as named_of
from matcher.profiles import Profile, Role


def named(id_: str, name: str, region: str = "", role: Role = Role.STARTUP, **fields: object) -> Named:
    return named_of(Profile(organisation="north", role=role, id=id_, name=name, region=region, **fields))


def reasons(*profiles: Named) -> list[list[str]]:
    return [[str(reason) for reason in found.reasons] for found in probable_duplicates(profiles)]


def pairs(*profiles: Named, fresh: tuple[str, ...] = ("a", "b", "c")) -> list[tuple[str, str, str]]:
    return [(found.id, found.other_id, found.reason) for found in probable_duplicates(profiles, fresh)]


@pytest.mark.parametrize("other", ["星河科技", "星河科技股份有限公司", "星河科技（深圳）有限公司"])
def test_a_name_that_differs_in_its_legal_form_or_bracketed_place_is_a_duplicate(other: str) -> None:
    assert pairs(named("a", "星河科技有限公司"), named("b", other)) == [("b", "a", "same core")]


def test_traditional_and_simplified_are_duplicates() -> None:
    assert pairs(named("a", "云澜电气有限公司"), named("b", "雲瀾電氣有限公司")) == [("b", "a", "same name")]


def test_a_slip_in_a_long_name_of_the_same_region_is_similar() -> None:
    slips = named("a", "Northern Lights Robotics"), named("b", "Northern Lihgts Robotics")
    assert pairs(*slips) == [("a", "b", "similar")]


def test_a_slip_at_the_first_letter_is_found_too() -> None:
    others = [named(f"x{n}", f"ocean {n} lights") for n in range(20)]
    found = pairs(named("a", "Xorthern Lights Robotics"), *others, named("b", "Northern Lights Robotics"))
    assert found == [("a", "b", "similar")]


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


def test_each_pair_says_all_that_speaks_for_it() -> None:
    one = named("a", "星河科技有限公司", "深圳", industries=("人工智能",), description="电话 0755-12345678")
    other = named("b", "星河科技股份有限公司", "广东深圳", industries=("AI",), description="T:075512345678")
    assert reasons(one, other) == [["same core", "same phone", "same region", "same industry"]]


def test_a_number_or_address_that_few_have_is_enough_and_one_that_many_have_is_nothing() -> None:
    said = {"description": "联系 hello@xinghe.cn，www.xinghe.cn"}
    two = [named(id_, name, **said) for id_, name in (("a", "星河"), ("b", "云澜"))]
    assert reasons(*two) == [["same email", "same website"]]
    more = [named(id_, name, **said) for id_, name in (("c", "青松"), ("d", "月光"), ("e", "海棠"))]
    assert reasons(*two, *more) == []


def test_pinyin_is_the_chinese_name_that_it_spells() -> None:
    assert reasons(named("a", "星河科技有限公司"), named("b", "Xinghe Keji Ltd")) == [["same sound"]]
    assert reasons(named("a", "林木", role=Role.MENTOR), named("b", "林沐", role=Role.MENTOR)) == []


def test_a_word_for_the_trade_is_no_difference_where_the_place_is_the_same() -> None:
    assert reasons(named("a", "星河", "深圳"), named("b", "星河科技", "深圳")) == [
        ["same but trade", "same region"]
    ]
    assert reasons(named("a", "星河"), named("b", "星河科技")) == []
    assert reasons(named("a", "量隐科技", "深圳"), named("b", "量隐医疗", "深圳")) == []


def test_the_same_name_elsewhere_or_in_another_trade_is_another() -> None:
    assert reasons(named("a", "王伟", "北京", Role.MENTOR), named("b", "王伟", "上海", Role.MENTOR)) == []
    law, chips = ({"industries": (label,)} for label in ("医疗健康", "人工智能"))
    assert (
        reasons(named("a", "王伟", "", Role.MENTOR, **law), named("b", "王伟", "", Role.MENTOR, **chips))
        == []
    )


def test_people_of_a_frequent_name_need_more_in_common_than_the_name() -> None:
    many = [named(str(n), "王伟", role=Role.MENTOR) for n in range(5)]
    assert reasons(*many) == []
    assert reasons(*many[:2]) == [["same name"]]
