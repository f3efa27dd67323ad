"""Files in a folder and in an object store: whole or not at all, and what is not there."""

from pathlib import Path

import pytest

from matcher.errors import UnusableModel
from matcher.model.storage import Storage


@pytest.fixture
def storage(url: str) -> Storage:
    return Storage(url)


def test_what_is_not_there_is_none_and_nothing_and_no_error(storage: Storage):
    assert storage.read("a/b") is None
    assert not storage.exists("a/b")
    assert storage.names("a") == []
    assert storage.state("a/b") == ""
    storage.remove("a/b")
    storage.remove_tree("a")


def test_files_are_written_listed_and_removed(storage: Storage, tmp_path: Path):
    storage.write("a/b", b"one")
    storage.write("a/b", b"two")
    with storage.workshop() as shop:
        (shop / "made").write_bytes(b"three")
        storage.put(shop / "made", "a/c/d")
    storage.fetch("a/c/d", tmp_path / "copy")

    assert storage.read("a/b") == b"two"
    assert (tmp_path / "copy").read_bytes() == b"three"
    assert sorted(storage.names("a")) == ["b", "c"]
    storage.remove("a/b")
    assert storage.names("a") == ["c"]
    storage.remove_tree("a")
    assert not storage.exists("a")


def test_an_empty_file_is_empty_and_not_nothing(storage: Storage):
    storage.write("a", b"")

    assert storage.read("a") == b""
    assert storage.exists("a")


def test_the_state_of_a_file_changes_when_it_is_written_again(storage: Storage):
    storage.write("a", b"one")
    before = storage.state("a")
    assert before == storage.state("a") != ""

    storage.write("a", b"two")

    assert storage.state("a") != before


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path):
    storage = Storage(str(tmp_path))
    with storage.workshop() as shop:
        pass
    assert not shop.exists()
    shop.mkdir()
    (shop / "half").write_bytes(b"")

    with storage.workshop() as again:
        assert list(again.iterdir()) == []


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path):
    (tmp_path / "models").write_bytes(b"a file, not a folder")
    storage = Storage(str(tmp_path / "models"))

    with pytest.raises(UnusableModel, match=r"registry at .*models cannot be used \(.*exists"):
        storage.write("live.json", b"")


def test_a_server_that_does_not_answer_is_named(bucket: str, monkeypatch: pytest.MonkeyPatch):
    """botocore's errors are no OSError, and who goes on with what it has catches UnusableModel alone."""
    import s3fs

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()

    with pytest.raises(UnusableModel, match="cannot be used"):
        Storage(f"{bucket}/models").read("live.json")
    s3fs.S3FileSystem.clear_instance_cache()
