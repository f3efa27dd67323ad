"""A registry that an older Bole left: its models are named and refused, and a new one takes over."""

import json
from pathlib import Path

import pytest

from matcher.errors import UnusableModel
from matcher.model.bundle import ARRAYS, FORMAT, MANIFEST
from matcher.model.pointer import POINTER
from matcher.model.registry import Registry
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import BY, go_live

OLD = Path(__file__).with_name("format-1.json").read_bytes()
"""The manifest that the first Bole wrote of a model of the demo's city."""
VERSION = json.loads(OLD)["version"]


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    folder = tmp_path / "versions" / VERSION
    folder.mkdir(parents=True)
    (folder / ARRAYS).write_bytes(b"what they held is of no more use")
    (folder / MANIFEST).write_bytes(OLD)
    (tmp_path / POINTER).write_text(json.dumps({"version": VERSION, "previous": []}))
    return Registry(str(tmp_path))


def test_a_model_of_format_1_is_refused_by_name(registry: Registry):
    for look in (registry.live_model, lambda: registry.load(VERSION), lambda: go_live(registry, VERSION)):
        with pytest.raises(UnusableModel, match=rf"{VERSION}: is not of format {FORMAT}.*train again"):
            look()


def test_it_is_listed_with_what_it_told(registry: Registry):
    [info] = registry.versions()

    assert (info.status, info.hash[:10]) == ("live", VERSION.partition("-")[2])
    assert info.facts["data"]["interactions"] == 2611


def test_a_new_model_takes_over_and_does_not_give_way_to_it(registry: Registry):
    registry.add(full_model("new"))
    go_live(registry, "new")

    assert registry.live_model().version == "new"
    with pytest.raises(UnusableModel, match=VERSION):
        registry.rollback(**BY)
    assert registry.live() == "new"
    assert registry.prune(0) == [VERSION]
