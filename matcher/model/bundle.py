"""A model version as a folder of two files: arrays.npz (not compressed, memory-mapped) and manifest.json.

No pickle. The content hash covers every array and the settings, but not the time or place of training: the
same data, settings and seed give the same hash on every machine.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.errors import UnusableModel
from matcher.model.combination import SIGNALS, Combination
from matcher.model.parameters import Embeddings, Model, RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary

FORMAT = 1
ARRAYS = "arrays.npz"
MANIFEST = "manifest.json"

Arrays = dict[str, npt.NDArray[Any]]


def save(model: Model, folder: Path) -> str:
    """Write the bundle into a new folder and return its content hash (64 hex digits)."""
    arrays = _flatten(model)
    digest = content_hash(arrays, model.facts.get("settings", {}))
    manifest = {"format": FORMAT, "version": model.version, "hash": digest, "encoder": model.encoder}
    folder.mkdir(parents=True)
    np.savez(folder / ARRAYS, allow_pickle=False, **arrays)
    text = json.dumps(
        manifest | {"signals": list(SIGNALS), "facts": dict(model.facts)}, ensure_ascii=False, indent=1
    )
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return digest


def load(folder: Path) -> Model:
    """Read a bundle, its arrays memory-mapped and read-only.

    Raises:
        UnusableModel: incomplete, of another format or other signals, or its content does not match its hash.
    """
    manifest = _manifest(folder)
    arrays = _mapped(folder / ARRAYS)
    if content_hash(arrays, manifest["facts"].get("settings", {})) != manifest["hash"]:
        raise UnusableModel(
            f"model bundle {folder.name}: its content does not match its hash; train or restore it again"
        )
    return _assemble(manifest, arrays)


def model_hash(model: Model) -> str:
    """The content hash that `save` would record."""
    return content_hash(_flatten(model), model.facts.get("settings", {}))


def content_hash(arrays: Mapping[str, npt.NDArray[Any]], settings: Mapping[str, Any]) -> str:
    """SHA-256 over names, types, shapes and bytes of the arrays and over the settings, in sorted order."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode())
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(
            array.tobytes()
            if array.size == 0
            else memoryview(array).cast("B")
            if array.dtype.kind != "U"
            else array.tobytes()
        )
    return digest.hexdigest()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableModel(f"model bundle {folder.name}: no readable {MANIFEST} ({error})") from error
    if manifest.get("format") != FORMAT:
        raise UnusableModel(
            f"model bundle {folder.name}: format {manifest.get('format')!r} is not {FORMAT}, which this Bole reads; train again"
        )
    if manifest.get("signals") != list(SIGNALS):
        raise UnusableModel(f"model bundle {folder.name}: was trained for other signals; train again")
    return manifest


def _flatten(model: Model) -> Arrays:
    arrays: Arrays = {
        "attributes": _strings(model.attributes),
        "startups": _strings(sorted(model.startups)),
        "idf": np.zeros(0, np.float32) if model.idf is None else model.idf,
    }
    for role, part in model.roles.items():
        arrays |= {f"{role}/{name}": array for name, array in _flatten_role(part).items()}
    return arrays


def _flatten_role(part: RoleModel) -> Arrays:
    combination = part.combination
    arrays: Arrays = {
        "partners": _strings(part.partners.terms),
        "deals": part.deals,
        "intercepts": np.array([combination.startup_intercept, combination.partner_intercept]),
        "combination": np.stack(
            [combination.centre, combination.scale, combination.startup, combination.partner]
        ),
    }
    for name in ("counts", "segments", "chosen"):
        arrays |= _flatten_sparse(name, getattr(part, name))
    for name in ("startup_factors", "partner_factors"):
        factors: Embeddings = getattr(part, name)
        arrays |= {f"{name}/{field}": getattr(factors, field) for field in Embeddings.__slots__}
    return arrays


def _flatten_sparse(name: str, matrix: sp.csr_matrix) -> Arrays:
    return {
        f"{name}/data": matrix.data.astype(np.float32),
        f"{name}/indices": matrix.indices.astype(np.int32),
        f"{name}/indptr": matrix.indptr.astype(np.int64),
        f"{name}/shape": np.array(matrix.shape, dtype=np.int64),
    }


def _assemble(manifest: dict[str, Any], arrays: Arrays) -> Model:
    try:
        roles = {role: _assemble_role(role, arrays) for role in Role if f"{role}/partners" in arrays}
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
            f"model bundle {manifest.get('version')}: array {error} is missing; train again"
        ) from error


def _assemble_role(role: Role, arrays: Arrays) -> RoleModel:
    def sparse(name: str) -> sp.csr_matrix:
        data, indices, indptr, shape = (
            arrays[f"{role}/{name}/{part}"] for part in ("data", "indices", "indptr", "shape")
        )
        return sp.csr_matrix((data, indices, indptr), shape=tuple(shape))

    def embeddings(name: str) -> Embeddings:
        return Embeddings(*(arrays[f"{role}/{name}/{field}"] for field in Embeddings.__slots__))

    startup_intercept, partner_intercept = arrays[f"{role}/intercepts"].tolist()
    return RoleModel(
        partners=Vocabulary(arrays[f"{role}/partners"].tolist()),
        counts=sparse("counts"),
        deals=arrays[f"{role}/deals"],
        segments=sparse("segments"),
        chosen=sparse("chosen"),
        startup_factors=embeddings("startup_factors"),
        partner_factors=embeddings("partner_factors"),
        combination=Combination(*arrays[f"{role}/combination"], startup_intercept, partner_intercept),
    )


def _strings(values: Any) -> npt.NDArray[np.str_]:
    return np.array(list(values), dtype=np.str_) if len(values) else np.zeros(0, dtype="<U1")


def _mapped(path: Path) -> Arrays:
    """Every array of an uncompressed .npz, mapped into memory at its place in the file."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            return {
                info.filename.removesuffix(".npy"): _map_member(path, file, info)
                for info in archive.infolist()
            }
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnusableModel(
            f"model bundle {path.parent.name}: {path.name} cannot be read ({error}); train again"
        ) from error


def _map_member(path: Path, file: Any, info: zipfile.ZipInfo) -> npt.NDArray[Any]:
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{info.filename} is compressed")
    file.seek(info.header_offset + 26)
    name_length, extra_length = np.frombuffer(file.read(4), dtype="<u2")
    file.seek(info.header_offset + 30 + int(name_length) + int(extra_length))
    version = np.lib.format.read_magic(file)
    read_header = (
        np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    )
    shape, fortran, dtype = read_header(file)
    if dtype.hasobject:
        raise ValueError(f"{info.filename} holds Python objects")
    order = "F" if fortran else "C"
    if 0 in shape:
        return np.zeros(shape, dtype=dtype)
    return np.memmap(path, dtype=dtype, mode="r", offset=file.tell(), shape=shape, order=order)
