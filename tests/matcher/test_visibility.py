import dataclasses

import pytest

from matcher.profiles import Profile, Role
from matcher.visibility import MAY_READ, PARTS, Part, Reader, part_for

FULL = Profile(
    organisation="north",
    role=Role.STARTUP,
    id="s1",
    name="青松",
    region="北京",
    raising_amount=5e6,
    raising_currency="CNY",
    tags=("noted",),
    exclude=("i1",),
    conflicts=("s2",),
)
OWN = {Reader.OFFICE, Reader.SELF}
MET = {Reader.STARTUP_MET, Reader.MENTOR_MET, Reader.INVESTOR_MET}


def test_every_field_of_a_profile_is_in_a_part_and_every_reader_in_the_table():
    assert PARTS.keys() == {field.name for field in dataclasses.fields(Profile)}
    assert MAY_READ.keys() == set(Reader)


@pytest.mark.parametrize("reader", Reader)
def test_a_reader_gets_the_fields_of_its_parts_and_no_others(reader: Reader):
    told = part_for(reader, FULL)
    for field, part in PARTS.items():
        seen = getattr(told, field) == getattr(FULL, field)
        assert seen or part not in MAY_READ[reader], field
    assert told.name == "青松"
    assert (told.raising_amount == 5e6) == (reader in OWN | {Reader.INVESTOR_ASKED, Reader.INVESTOR_MET})
    assert bool(told.tags) == (reader in OWN | {Reader.OTHER_OFFICE})
    assert bool(told.exclude or told.conflicts) == (reader in OWN)


def test_figures_are_for_the_office_and_the_startup_addresses_for_those_who_both_accepted():
    may = {part: {reader for reader in Reader if part in MAY_READ[reader]} for part in Part}
    assert may[Part.LEDGER] == may[Part.FUNDING] == OWN
    assert may[Part.CONTACT] == OWN | MET
