import pytest

from matcher.importing.kinds import Kind, kind_of, kinds_named
from matcher.profiles import Role


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("startups.csv", (Kind.STARTUPS,)),
        ("2024企业库.xlsx", (Kind.STARTUPS,)),
        ("导师库.xlsx", (Kind.MENTORS,)),
        ("企業導師名單.xlsx", (Kind.MENTORS,)),
        ("investors.csv", (Kind.INVESTORS,)),
        ("投资机构.csv", (Kind.INVESTORS,)),
        ("企业对接记录.csv", (Kind.INTERACTIONS,)),
        ("企业月度台账.xlsx", (Kind.LEDGER,)),
        ("导师与投资人.xlsx", (Kind.MENTORS, Kind.INVESTORS)),
        ("Sheet1", ()),
    ],
)
def test_a_name_speaks_of_kinds(name: str, kinds: tuple[Kind, ...]) -> None:
    assert kinds_named(name) == kinds


def test_a_role_has_its_kind_of_file_and_a_kind_is_its_own() -> None:
    assert [kind_of(role) for role in Role] == [Kind.STARTUPS, Kind.MENTORS, Kind.INVESTORS]
    assert kind_of(Kind.LEDGER) is Kind.LEDGER
