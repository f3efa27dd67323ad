import pytest

from matcher.errors import NotFound
from matcher.store import Store

REPORT = {
    "files": [{"name": "企业.csv", "rows": 3}],
    "problems": [{"value": "天史轮\0\ud800", "row": 2}],
    "rate": 0.1,
}


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    first, second = store.save_import("north", REPORT), store.save_import("north", {})
    assert store.import_report("north", first) == REPORT
    assert store.import_report("north", second) == {}


def test_a_report_is_its_organisations_own(store: Store) -> None:
    saved = store.save_import("north", REPORT)
    with pytest.raises(NotFound, match=saved):
        store.import_report("south", saved)


def test_an_unknown_report_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="'x'"):
        store.import_report("north", "x")


def test_a_report_of_an_unknown_organisation_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="west"):
        store.save_import("west", REPORT)
