import pytest

from matcher.audit import Sought
from matcher.cohorts.configuration import Configuration
from matcher.errors import InvalidInput, NotFound
from matcher.office import OfficeSettings
from matcher.profiles import Role
from matcher.store import Store


def test_organisations_come_in_order(store: Store) -> None:
    store.add_organisation("east")
    assert store.organisations() == ["east", "north", "south"]


def test_adding_an_organisation_again_changes_nothing(store: Store) -> None:
    store.add_organisation("north")
    assert store.organisations() == ["north", "south"]


@pytest.mark.parametrize("slug", ["", "North", "-north", "a:b", "北方", "n" * 64, "north\n"])
def test_a_slug_of_other_characters_is_refused(store: Store, slug: str) -> None:
    with pytest.raises(InvalidInput, match="organisation"):
        store.add_organisation(slug)


SET = OfficeSettings(
    zone="Asia/Tokyo", language="en", new_run=Configuration(role=Role.INVESTOR, startup_max=2, per_firm=1)
)


def test_an_organisations_settings_are_its_own_and_can_be_taken_back(store: Store) -> None:
    store.offices.put("north", SET)
    assert store.offices.settings("north") == SET
    assert store.offices.settings("south") == OfficeSettings()
    store.offices.put("north", OfficeSettings())
    assert store.offices.settings("north") == OfficeSettings()


def test_settings_of_an_organisation_that_is_not_there_are_not_kept(store: Store) -> None:
    with pytest.raises(NotFound):
        store.offices.put("nowhere", SET)


def test_that_settings_were_changed_is_on_record(store: Store) -> None:
    store.offices.put("north", SET)
    line = store.audit.page("north", Sought(subject="organisation:north"))[0][0]
    assert any("office_settings" in told for told in (*line.fields, *line.counts, line.action)), line
