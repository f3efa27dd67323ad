"""Copies of bundles on this machine's disk."""

import os
import uuid
from pathlib import Path

import pytest

from matcher.model.bundle import ARRAYS, MANIFEST
from matcher.model.copies import KEPT_COPIES, Copies
from matcher.model.storage import Storage


@pytest.fixture
def storage() -> Storage:
    storage = Storage(f"memory://{uuid.uuid4().hex}")
    storage.write(f"v1/{ARRAYS}", b"arrays")
    storage.write(f"v1/{MANIFEST}", b"manifest")
    return storage


def test_a_bundle_is_fetched_once(storage: Storage, tmp_path: Path):
    copies = Copies(storage, tmp_path)
    folder = copies.copy("v1", "v1-key")
    storage.remove_tree("v1")

    assert copies.copy("v1", "v1-key") == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        ARRAYS: b"arrays",
        MANIFEST: b"manifest",
    }


def test_half_a_bundle_is_no_copy_and_is_fetched_again(storage: Storage, tmp_path: Path):
    storage.remove(f"v1/{MANIFEST}")
    copies = Copies(storage, tmp_path)
    with pytest.raises(FileNotFoundError):
        copies.copy("v1", "v1-key")

    storage.write(f"v1/{MANIFEST}", b"manifest")

    assert sorted(path.name for path in copies.copy("v1", "v1-key").iterdir()) == [ARRAYS, MANIFEST]


def test_copies_that_were_not_used_for_longest_go(storage: Storage, tmp_path: Path):
    copies = Copies(storage, tmp_path)
    for number in range(KEPT_COPIES):
        os.utime(copies.copy("v1", f"key{number}"), (number, number))
    copies.copy("v1", "key0")

    copies.copy("v1", "another")

    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {
        "another",
        "key0",
        *(f"key{number}" for number in range(2, KEPT_COPIES)),
    }


def test_a_copy_that_was_forgotten_is_fetched_again(storage: Storage, tmp_path: Path):
    copies = Copies(storage, tmp_path)
    (copies.copy("v1", "v1-key") / ARRAYS).write_bytes(b"damaged")
    copies.forget("v1-key")

    assert (copies.copy("v1", "v1-key") / ARRAYS).read_bytes() == b"arrays"
