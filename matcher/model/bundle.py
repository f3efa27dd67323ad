"""A model version as a folder of two files: arrays.npz (not compressed, memory-mapped) and manifest.json.

No pickle. The content hash covers every array and the settings, but not the time or place of training: the
same data, settings and seed give the same hash on every machine.
"""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.errors import UnusableModel
from matcher.model.archive import Arrays, content_hash, file_digest, mapped_arrays, write_arrays
from matcher.model.combination import COLUMNS
from matcher.model.parameters import Model, RoleModel
from matcher.profiles import PARTNER_ROLES
from matcher.vocabulary import Vocabulary

FORMAT = 2
ARRAYS = "arrays.npz"
MANIFEST = "manifest.json"
_KEYS = {"format", "version", "hash", "arrays", "encoder", "columns", "facts"}


def save(model: Model, folder: Path) -> str:
    """Write the bundle into a new folder and return its content hash (64 hex digits)."""
    arrays = _flatten(model)
    digest = content_hash(arrays, model.facts.get("settings", {}))
    folder.mkdir(parents=True)
    write_arrays(folder / ARRAYS, arrays)
    manifest = {
        "format": FORMAT,
        "version": model.version,
        "hash": digest,
        "arrays": file_digest(folder / ARRAYS),
        "encoder": model.encoder,
        "columns": list(COLUMNS),
        "facts": dict(model.facts),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return digest


def load(folder: Path, name: str = "") -> Model:
    """Read a bundle, its arrays memory-mapped and read-only. Messages call it `name`, or as its folder.

    Raises:
        UnusableModel: incomplete, of another format or other columns, or its content does not match its hash.
    """
    name = name or folder.name
    manifest = parsed_manifest(_manifest_file(folder, name), name)
    arrays = _arrays(folder, manifest["arrays"], name)
    if content_hash(arrays, manifest["facts"].get("settings", {})) != manifest["hash"]:
        raise UnusableModel(
            f"model bundle {name}: its content does not match its hash; train or restore it again"
        )
    return _assemble(manifest, arrays)


def parsed_manifest(content: bytes, name: str) -> dict[str, Any]:
    """The manifest that a file holds.

    Raises:
        UnusableModel: it is damaged, or of another format or other columns than this Bole reads.
    """
    try:
        manifest: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise UnusableModel(f"model bundle {name}: no readable {MANIFEST} ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UnusableModel(
            f"model bundle {name}: is not of format {FORMAT}, which this Bole reads; train again"
        )
    if manifest.get("columns") != list(COLUMNS) or not manifest.keys() >= _KEYS:
        raise UnusableModel(f"model bundle {name}: was trained for other columns; train again")
    return manifest


def model_hash(model: Model) -> str:
    """The content hash that `save` would record."""
    return content_hash(_flatten(model), model.facts.get("settings", {}))


def model_mebibytes(model: Model) -> float:
    """The size of the arrays that `save` would write, in MiB."""
    return sum(array.nbytes for array in _flatten(model).values()) / 2**20


def _manifest_file(folder: Path, name: str) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise UnusableModel(f"model bundle {name}: no readable {MANIFEST} ({error})") from error


def _arrays(folder: Path, digest: str, name: str) -> Arrays:
    try:
        if file_digest(folder / ARRAYS) != digest:
            raise ValueError("it is not the file that was written")
        return mapped_arrays(folder / ARRAYS)
    except (OSError, ValueError) as error:
        raise UnusableModel(f"model bundle {name}: {ARRAYS} cannot be read ({error}); train again") from error


def _flatten(model: Model) -> Arrays:
    arrays: Arrays = {
        "attributes": _strings(model.attributes),
        "startups": _strings(sorted(model.startups)),
        "idf": np.zeros(0, np.float32) if model.idf is None else model.idf,
    }
    for role, part in model.roles.items():
        arrays |= {f"{role}/{name}": array for name, array in _flatten_part(part).items()}
    return arrays


def _flatten_part(value: Any) -> Arrays:
    """The arrays of a role's model, or of any part of it, named by their fields: "record/counts/data"."""
    match value:
        case np.ndarray():
            return {"": value}
        case Vocabulary():
            return {"": _strings(value.terms)}
        case float():
            return {"": np.array(value)}
        case sp.csr_matrix():
            return _flatten_sparse(value)
    arrays: Arrays = {}
    for field in fields(value):
        inner = _flatten_part(getattr(value, field.name))
        arrays |= {f"{field.name}/{name}".rstrip("/"): array for name, array in inner.items()}
    return arrays


def _flatten_sparse(matrix: sp.csr_matrix) -> Arrays:
    return {
        "data": matrix.data.astype(np.float32),
        "indices": matrix.indices.astype(np.int32),
        "indptr": matrix.indptr.astype(np.int64),
        "shape": np.array(matrix.shape, dtype=np.int64),
    }


def _assemble(manifest: dict[str, Any], arrays: Arrays) -> Model:
    try:
        roles = {role: _assemble_part(RoleModel, role.value, arrays) for role in PARTNER_ROLES}
        idf = arrays["idf"]
        return Model(
            version=manifest["version"],
            attributes=tuple(arrays["attributes"].tolist()),
            startups=frozenset(arrays["startups"].tolist()),
            idf=idf if len(idf) else None,
            roles=MappingProxyType(roles),
            encoder=manifest["encoder"],
            facts=MappingProxyType(manifest["facts"]),
        )
    except KeyError as error:
        raise UnusableModel(
            f"model bundle {manifest['version']}: array {error} is missing; train again"
        ) from error


def _assemble_part(kind: type[Any], name: str, arrays: Arrays) -> Any:
    """The value of type `kind` whose arrays stand under `name`: the inverse of `_flatten_part`."""
    if kind is Vocabulary:
        return Vocabulary(arrays[name].tolist())
    if kind is float:
        return float(arrays[name])
    if kind is sp.csr_matrix:
        return _assemble_sparse(name, arrays)
    if is_dataclass(kind):
        kinds, parts = get_type_hints(kind), [field.name for field in fields(kind)]
        return kind(*(_assemble_part(kinds[part], f"{name}/{part}", arrays) for part in parts))
    return arrays[name]


def _assemble_sparse(name: str, arrays: Arrays) -> sp.csr_matrix:
    """A matrix whose parts are read-only; scipy copies those whose integers it narrows."""
    data, indices, indptr, shape = (
        arrays[f"{name}/{part}"] for part in ("data", "indices", "indptr", "shape")
    )
    matrix = sp.csr_matrix((data, indices, indptr), shape=tuple(shape.tolist()))
    for part in (matrix.data, matrix.indices, matrix.indptr):
        part.flags.writeable = False
    return matrix


def _strings(values: Any) -> npt.NDArray[np.str_]:
    return np.array(list(values), dtype=np.str_) if len(values) else np.zeros(0, dtype="<U1")
