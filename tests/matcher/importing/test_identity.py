from matcher.importing.identity import made_id
from matcher.profiles import Role


def test_the_same_name_makes_the_same_id() -> None:
    assert made_id(Role.STARTUP, "星河科技") == made_id(Role.STARTUP, "星河科技")


def test_width_case_and_spaces_make_no_other_id() -> None:
    assert made_id(Role.STARTUP, "Ａcme  Labs ") == made_id(Role.STARTUP, "ACME Labs")


def test_another_role_or_spelling_makes_another_id() -> None:
    ids = {made_id(Role.STARTUP, "星河"), made_id(Role.MENTOR, "星河"), made_id(Role.STARTUP, "星河有限公司")}
    assert len(ids) == 3


def test_an_id_says_the_role_and_never_changes_between_releases() -> None:
    assert made_id(Role.STARTUP, "星河科技") == "s-16759048d9b0"
