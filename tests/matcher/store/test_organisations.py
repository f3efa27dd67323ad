import pytest

from matcher.errors import InvalidInput
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
