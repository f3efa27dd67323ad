import zipfile
from pathlib import Path

import numpy as np
import pytest

from matcher.model.archive import content_hash, mapped_arrays, write_arrays

ARRAYS = {
    "floats": np.arange(6, dtype=np.float32).reshape(2, 3),
    "columns": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "texts": np.array(["伯乐", "x"]),
    "role/none": np.zeros((0, 4), dtype=np.int32),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_arrays(tmp_path / "arrays.npz", ARRAYS)
    return tmp_path / "arrays.npz"


def test_what_was_written_is_what_is_mapped(path: Path):
    found = mapped_arrays(path)

    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].shape == array.shape
        assert found[name].tolist() == array.tolist()


def test_every_array_is_read_only_and_on_disk(path: Path):
    found = mapped_arrays(path)

    assert not any(array.flags.writeable for array in found.values())
    assert isinstance(found["floats"].base, np.memmap)


def test_a_compressed_archive_is_refused(tmp_path: Path):
    np.savez_compressed(tmp_path / "a.npz", **ARRAYS)

    with pytest.raises(ValueError, match="is compressed"):
        mapped_arrays(tmp_path / "a.npz")


def test_an_array_of_python_objects_is_refused_unread(tmp_path: Path):
    np.savez(tmp_path / "a.npz", bad=np.array([{"a": 1}], dtype=object))

    with pytest.raises(ValueError, match=r"bad.npy holds Python objects"):
        mapped_arrays(tmp_path / "a.npz")


def test_python_objects_are_not_written(tmp_path: Path):
    with pytest.raises(ValueError, match=r"[Oo]bject arrays cannot be saved"):
        write_arrays(tmp_path / "a.npz", {"bad": np.array([{"a": 1}], dtype=object)})


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path):
    (tmp_path / "a.npz").write_bytes(b"PK is not enough")

    with pytest.raises(ValueError, match=r"damaged or no .npz"):
        mapped_arrays(tmp_path / "a.npz")


def test_a_member_that_is_no_array_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("words.npy", "not an array at all")

    with pytest.raises(ValueError, match="magic"):
        mapped_arrays(tmp_path / "a.npz")


def test_a_file_cut_anywhere_is_refused(path: Path):
    whole = path.read_bytes()

    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"."):
            mapped_arrays(path)


def test_a_missing_file_is_an_operating_system_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        mapped_arrays(tmp_path / "none.npz")


def test_the_hash_does_not_depend_on_the_order_of_names_or_of_memory():
    backwards = {name: np.ascontiguousarray(ARRAYS[name]) for name in reversed(ARRAYS)}

    assert content_hash(backwards, {"a": 1, "b": 2}) == content_hash(ARRAYS, {"b": 2, "a": 1})


@pytest.mark.parametrize(
    "other",
    [
        ARRAYS | {"floats": ARRAYS["floats"] + 1},
        ARRAYS | {"floats": ARRAYS["floats"].astype(np.float64)},
        ARRAYS | {"floats": ARRAYS["floats"].reshape(3, 2)},
        ARRAYS | {"more": np.zeros(0)},
        {name.upper(): array for name, array in ARRAYS.items()},
    ],
)
def test_values_types_shapes_and_names_all_count(other: dict[str, np.ndarray]):
    assert content_hash(other, {}) != content_hash(ARRAYS, {})


def test_settings_count():
    assert content_hash(ARRAYS, {"seed": 1}) != content_hash(ARRAYS, {"seed": 2})


def test_mapped_arrays_hash_as_those_in_memory(path: Path):
    assert content_hash(mapped_arrays(path), {}) == content_hash(ARRAYS, {})
