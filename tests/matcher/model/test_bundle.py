import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.errors import UnusableModel
from matcher.model.archive import content_hash, file_digest, mapped_arrays, write_arrays
from matcher.model.bundle import ARRAYS, FORMAT, MANIFEST, load, model_hash, save
from matcher.model.combination import COLUMNS
from matcher.model.parameters import Model, RoleModel, untrained
from matcher.profiles import Role
from tests.matcher.model.samples import full_model, leaves


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(full_model(), tmp_path / "v1")
    return tmp_path / "v1"


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return found


def rewrite(folder: Path, **changed: object) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest(folder) | changed), encoding="utf-8")


@pytest.mark.parametrize("model", [full_model(), untrained()], ids=["full", "untrained"])
def test_a_model_comes_back_as_it_was_saved(model: Model, tmp_path: Path):
    save(model, tmp_path / "v")

    found = load(tmp_path / "v")

    assert (found.version, found.attributes, found.startups) == (
        model.version,
        model.attributes,
        model.startups,
    )
    assert found.encoder == model.encoder
    assert found.roles.keys() == model.roles.keys()
    assert model_hash(found) == model_hash(model)
    assert (found.idf is None) == (model.idf is None)


def test_facts_come_back_as_json_has_them(folder: Path):
    assert load(folder).facts["data"] == {"interactions": 3}
    assert load(folder).facts["settings"]["seeds"] == [0, 1]


@pytest.mark.parametrize("model", [full_model(), untrained()], ids=["full", "untrained"])
def test_every_nested_part_comes_back_number_by_number(model: Model, tmp_path: Path):
    save(model, tmp_path / "v")

    found = load(tmp_path / "v")

    for role, part in model.roles.items():
        before, after = dict(leaves(part)), dict(leaves(found.roles[role]))
        assert before.keys() == after.keys()
        for name, array in before.items():
            assert after[name].dtype.kind == array.dtype.kind, name
            assert after[name].dtype.itemsize == array.dtype.itemsize, name
            assert np.array_equal(after[name], array, equal_nan=array.dtype.kind == "f"), name


@pytest.mark.parametrize(
    "name",
    [
        "partners",
        "record.times.data",
        "record.deals",
        "tastes.described",
        "tastes.weights",
        "tastes.whitening",
        "crowd.chosen.indices",
        "companions.startups",
        "companions.round_columns",
        "refusals.dismissed_in_all",
        "habits",
        "partner_factors.own_bias",
        "combination.startup",
        "combination.partner_intercept",
    ],
)
def test_the_sample_holds_something_everywhere(name: str):
    assert dict(leaves(full_model().roles[Role.INVESTOR]))[name].size > 0


def test_no_two_arrays_of_the_sample_are_alike_so_that_a_mix_up_shows():
    parts = dict(leaves(full_model().roles[Role.INVESTOR]))
    contents = [array.tobytes() for name, array in parts.items() if not name.endswith(("shape", "indptr"))]

    assert len(set(contents)) == len(contents)


def test_every_array_that_is_loaded_is_read_only(folder: Path):
    model = load(folder)

    arrays = [model.idf]
    for part in model.roles.values():
        arrays += [array for _, array in made_by_numpy(part)]
    assert len(arrays) > 50
    assert not any(array.flags.writeable for array in arrays)


def made_by_numpy(part: RoleModel) -> list[tuple[str, np.ndarray]]:
    """The leaves that are arrays in the model itself: not its strings, shapes and single numbers."""
    return [
        (name, array)
        for name, array in leaves(part)
        if array.ndim and array.dtype.kind != "U" and not name.endswith(".shape")
    ]


def test_equal_content_has_an_equal_hash_under_any_version(tmp_path: Path):
    one = save(full_model("a"), tmp_path / "a")
    other = save(full_model("b"), tmp_path / "b")

    assert one == other == model_hash(full_model())
    assert len(one) == 64
    assert save(full_model("c", seed=1), tmp_path / "c") != one


def test_no_bundle_overwrites_another(folder: Path):
    with pytest.raises(FileExistsError):
        save(full_model(), folder)


def test_any_byte_that_changed_is_noticed(folder: Path):
    whole = (folder / ARRAYS).read_bytes()

    for place in np.random.default_rng(0).choice(len(whole), 200, replace=False):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        (folder / ARRAYS).write_bytes(damaged)
        with pytest.raises(UnusableModel, match=r"v1.*not the file that was written"):
            load(folder)


def test_another_format_is_refused_by_name(folder: Path):
    rewrite(folder, format=FORMAT - 1)

    with pytest.raises(UnusableModel, match=rf"v1.*format {FORMAT}.*train again"):
        load(folder)


@pytest.mark.parametrize("columns", [["semantic"], list(reversed(COLUMNS)), [*COLUMNS, "new"], None])
def test_a_bundle_for_other_columns_is_refused(folder: Path, columns: list[str] | None):
    rewrite(folder, columns=columns)

    with pytest.raises(UnusableModel, match=r"v1.*other columns"):
        load(folder)


def test_settings_that_changed_are_noticed(folder: Path):
    rewrite(folder, facts={"settings": {"as_of": "2030-01-01"}})

    with pytest.raises(UnusableModel, match=r"v1.*does not match its hash"):
        load(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 2}', "\x00"])
def test_a_manifest_that_says_nothing_is_refused(folder: Path, text: str):
    (folder / MANIFEST).write_text(text)

    with pytest.raises(UnusableModel, match="v1"):
        load(folder)


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()

    with pytest.raises(UnusableModel, match=f"v1.*{name}"):
        load(folder)


@pytest.mark.parametrize(
    "name",
    [
        "attributes",
        "idf",
        "mentor/partners",
        "mentor/habits",
        "mentor/combination/startup_intercept",
        "mentor/tastes/whitening",
        "investor/record/counts/indptr",
        "investor/refusals/declined/shape",
        "investor/crowd/chosen/data",
    ],
)
def test_a_missing_array_is_named_even_where_every_hash_is_right(folder: Path, name: str):
    arrays = {key: array for key, array in copied_arrays(folder).items() if key != name}
    write_arrays(folder / ARRAYS, arrays)
    rewrite(folder, arrays=file_digest(folder / ARRAYS))
    with pytest.raises(UnusableModel, match="does not match its hash"):
        load(folder)

    rewrite(folder, hash=content_hash(arrays, manifest(folder)["facts"]["settings"]))

    with pytest.raises(UnusableModel, match=f"array '{name}' is missing"):
        load(folder)


def copied_arrays(folder: Path) -> dict[str, np.ndarray]:
    """The arrays in memory, so that their file may be written over."""
    return {name: np.array(array) for name, array in mapped_arrays(folder / ARRAYS).items()}


def test_compressed_arrays_are_refused(folder: Path):
    np.savez_compressed(folder / ARRAYS, **copied_arrays(folder))
    rewrite(folder, arrays=file_digest(folder / ARRAYS))

    with pytest.raises(UnusableModel, match=r"v1.*is compressed"):
        load(folder)


def test_pickled_arrays_are_refused_unread(folder: Path):
    np.savez(folder / ARRAYS, attributes=np.array([print], dtype=object))
    rewrite(folder, arrays=file_digest(folder / ARRAYS))

    with pytest.raises(UnusableModel, match=r"v1.*holds Python objects"):
        load(folder)
