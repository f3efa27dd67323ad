"""A model version as a folder of two files: arrays.npz (not compressed, memory-mapped) and manifest.json.

No pickle. The content hash covers every array and the settings, but not the time or place of training: the
same data, settings and seed give the same hash on every machine.
"""

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.errors import UnusableModel
from matcher.model.archive import Arrays, content_hash, file_digest, mapped_arrays, write_arrays
from matcher.model.combination import SIGNALS, Combination
from matcher.model.parameters import Embeddings, Model, RoleModel
from matcher.profiles import PARTNER_ROLES, Role
from matcher.vocabulary import Vocabulary

FORMAT = 1
ARRAYS = "arrays.npz"
MANIFEST = "manifest.json"
_KEYS = {"format", "version", "hash", "arrays", "encoder", "signals", "facts"}


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
        "signals": list(SIGNALS),
        "facts": dict(model.facts),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return digest


def load(folder: Path) -> Model:
    """Read a bundle, its arrays memory-mapped and read-only.

    Raises:
        UnusableModel: incomplete, of another format or other signals, or its content does not match its hash.
    """
    manifest = _manifest(folder)
    arrays = _arrays(folder, manifest["arrays"])
    if content_hash(arrays, manifest["facts"].get("settings", {})) != manifest["hash"]:
        raise UnusableModel(
            f"model bundle {folder.name}: its content does not match its hash; train or restore it again"
        )
    return _assemble(manifest, arrays)


def model_hash(model: Model) -> str:
    """The content hash that `save` would record."""
    return content_hash(_flatten(model), model.facts.get("settings", {}))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableModel(f"model bundle {folder.name}: no readable {MANIFEST} ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UnusableModel(
            f"model bundle {folder.name}: is not of format {FORMAT}, which this Bole reads; train again"
        )
    if manifest.get("signals") != list(SIGNALS) or not manifest.keys() >= _KEYS:
        raise UnusableModel(f"model bundle {folder.name}: was trained for other signals; train again")
    return manifest


def _arrays(folder: Path, digest: str) -> Arrays:
    try:
        if file_digest(folder / ARRAYS) != digest:
            raise ValueError("it is not the file that was written")
        return mapped_arrays(folder / ARRAYS)
    except (OSError, ValueError) as error:
        raise UnusableModel(
            f"model bundle {folder.name}: {ARRAYS} cannot be read ({error}); train again"
        ) from error


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
        roles = {role: _assemble_role(_within(role, arrays)) for role in PARTNER_ROLES}
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


def _within(role: Role, arrays: Arrays) -> Arrays:
    """The role's own arrays, under their names within the role."""
    names = [name for name in arrays if name.startswith(f"{role}/")]
    return {name.removeprefix(f"{role}/"): arrays[name] for name in names}


def _assemble_role(arrays: Arrays) -> RoleModel:
    return RoleModel(
        partners=Vocabulary(arrays["partners"].tolist()),
        counts=_assemble_sparse("counts", arrays),
        deals=arrays["deals"],
        segments=_assemble_sparse("segments", arrays),
        chosen=_assemble_sparse("chosen", arrays),
        startup_factors=_assemble_embeddings("startup_factors", arrays),
        partner_factors=_assemble_embeddings("partner_factors", arrays),
        combination=_assemble_combination(arrays),
    )


def _assemble_sparse(name: str, arrays: Arrays) -> sp.csr_matrix:
    """A matrix whose parts are read-only; scipy copies those whose integers it narrows."""
    data, indices, indptr = (arrays[f"{name}/{part}"] for part in ("data", "indices", "indptr"))
    matrix = sp.csr_matrix((data, indices, indptr), shape=tuple(arrays[f"{name}/shape"].tolist()))
    for part in (matrix.data, matrix.indices, matrix.indptr):
        part.flags.writeable = False
    return matrix


def _assemble_embeddings(name: str, arrays: Arrays) -> Embeddings:
    return Embeddings(*(arrays[f"{name}/{field}"] for field in Embeddings.__slots__))


def _assemble_combination(arrays: Arrays) -> Combination:
    centre, scale, startup, partner = arrays["combination"]
    startup_intercept, partner_intercept = arrays["intercepts"].tolist()
    return Combination(centre, scale, startup, partner, startup_intercept, partner_intercept)


def _strings(values: Any) -> npt.NDArray[np.str_]:
    return np.array(list(values), dtype=np.str_) if len(values) else np.zeros(0, dtype="<U1")
