import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.importing.directory import Directory
from matcher.importing.rules import Rule
from matcher.profiles import Profile, Role


def profile(id_: str, name: str, role: Role = Role.STARTUP, *, shared: bool = False) -> Profile:
    return Profile(organisation="here", role=role, id=id_, name=name, shared=shared)


def elsewhere(organisation: str, id_: str) -> Profile:
    if (organisation, id_) != ("there", "m9"):
        raise NotFound(id_)
    return Profile(organisation="there", role=Role.MENTOR, id="m9", name="赵六", shared=True)


@pytest.fixture
def directory() -> Directory:
    made = Directory("here", elsewhere)
    made.remember(
        [
            profile("s1", "星河科技有限公司"),
            profile("s2", "同名"),
            profile("s3", "同名"),
            profile("m1", "张三", Role.MENTOR, shared=True),
        ]
    )
    return made


def refusal(call: object, *arguments: object) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        call(*arguments)  # type: ignore[operator]
    return refused.value


def test_a_reference_is_an_id_or_else_an_exact_name(directory: Directory) -> None:
    assert directory.startup("s1") == directory.startup("星河科技有限公司") == "s1"
    assert directory.startup("星河科技有限公司 ") == directory.startup("here:s1") == "s1"
    assert directory.partner("m1") == directory.partner("張三") == "m1"


def test_an_unknown_reference_is_refused_with_the_nearest(directory: Directory) -> None:
    refused = refusal(directory.startup, "星河科技")
    assert (refused.rule, refused.remedy) == (Rule.UNKNOWN_STARTUP, "星河科技有限公司")


def test_a_name_of_several_is_refused_with_their_ids(directory: Directory) -> None:
    refused = refusal(directory.startup, "同名")
    assert (refused.rule, refused.remedy) == (Rule.AMBIGUOUS_NAME, "s2 / s3")


def test_swapped_references_are_refused_as_such(directory: Directory) -> None:
    assert refusal(directory.startup, "m1").rule is Rule.NOT_A_STARTUP
    assert refusal(directory.partner, "星河科技有限公司").rule is Rule.NOT_A_PARTNER


def test_a_partner_that_another_organisation_shares_is_known_by_its_full_id(directory: Directory) -> None:
    assert directory.partner("there:m9") == "there:m9"
    assert refusal(directory.partner, "there:m8").rule is Rule.UNKNOWN_PARTNER


def test_a_stored_partner_stays_shared(directory: Directory) -> None:
    admitted, repeats = directory.admit(profile("m1", "张三丰", Role.MENTOR), "row 2", made=False)
    assert admitted.shared
    assert not repeats
    assert directory.outcome(admitted) == "changed"


def test_outcomes_tell_new_from_known(directory: Directory) -> None:
    for told, given in (("added", profile("s9", "新")), ("unchanged", profile("s1", "星河科技有限公司"))):
        admitted, _ = directory.admit(given, "row 2", made=False)
        assert directory.outcome(admitted) == told


def test_an_id_of_another_role_is_refused_with_a_free_one(directory: Directory) -> None:
    refused = refusal(lambda: directory.admit(profile("s1", "李四", Role.MENTOR), "row 2", made=False))
    assert (refused.rule, refused.remedy) == (Rule.ID_OF_OTHER_ROLE, "m-s1")


def test_the_same_row_twice_repeats_and_a_different_one_is_refused(directory: Directory) -> None:
    directory.admit(profile("s9", "新"), "a.csv 2", made=False)
    assert directory.admit(profile("s9", "新"), "a.csv 3", made=False)[1]
    refused = refusal(lambda: directory.admit(profile("s9", "旧"), "a.csv 4", made=False))
    assert (refused.rule, refused.remedy) == (Rule.ID_REPEATED, "a.csv 2")
    refused = refusal(lambda: directory.admit(profile("s9", "旧"), "a.csv 4", made=True))
    assert refused.rule is Rule.NAME_REPEATED


def test_a_stored_profile_that_is_forgotten_is_as_it_was(directory: Directory) -> None:
    directory.admit(profile("s1", "新名"), "a.csv 2", made=False)
    directory.forget(["s1"])
    assert directory.startup("星河科技有限公司") == "s1"
    assert refusal(directory.startup, "新名").rule is Rule.UNKNOWN_STARTUP


def test_what_is_forgotten_is_unknown_again(directory: Directory) -> None:
    directory.admit(profile("s9", "新"), "a.csv 2", made=False)
    directory.forget(["s9"])
    assert refusal(directory.startup, "s9").rule is Rule.UNKNOWN_STARTUP
    assert directory.fresh() == frozenset()
