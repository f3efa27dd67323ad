"""Roles as sentences name them."""

from matcher.profiles import Role


def test_a_role_has_its_article() -> None:
    assert [role.noun for role in Role] == ["a startup", "a mentor", "an investor"]
