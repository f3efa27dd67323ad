"""Named arrays as one uncompressed .npz: written, mapped into memory, and hashed by content. No pickle."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

_NAME_LENGTHS = 26
"""Where a local file header tells the lengths of its name and extra field (APPNOTE.TXT 4.3.7)."""
_HEADER = 30


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write the arrays side by side, not compressed, so that they can be mapped.

    Raises:
        ValueError: an array holds Python objects.
    """
    np.savez(path, allow_pickle=False, **arrays)


def mapped_arrays(path: Path) -> Arrays:
    """Every array of an uncompressed .npz, read-only, mapped into memory at its place in the file.

    Compare the file's digest first: numpy reads a damaged header in its own ways.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no such archive, is compressed, or holds Python objects.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            return {info.filename.removesuffix(".npy"): _mapped(file, info) for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ValueError(f"{path.name} is damaged or no .npz ({error})") from error


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 hex digits.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hash(arrays: Mapping[str, npt.NDArray[Any]], settings: Mapping[str, Any]) -> str:
    """SHA-256 over names, types, shapes and bytes of the arrays and over the settings, in sorted order."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode())
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(array.reshape(-1).view(np.uint8).data)
    return digest.hexdigest()


def _mapped(file: IO[bytes], info: zipfile.ZipInfo) -> npt.NDArray[Any]:
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{info.filename} is compressed")
    file.seek(info.header_offset + _NAME_LENGTHS)
    lengths = np.frombuffer(file.read(4), dtype="<u2")
    file.seek(info.header_offset + _HEADER + int(lengths.sum()))
    shape, fortran, dtype = _array_header(file)
    if dtype.hasobject:
        raise ValueError(f"{info.filename} holds Python objects")
    if 0 in shape:
        empty = np.zeros(shape, dtype=dtype)
        empty.flags.writeable = False
        return empty
    mapped = np.memmap(file, dtype, "r", file.tell(), shape, "F" if fortran else "C")
    return np.asarray(mapped)  # as a plain array, which is quicker to work with


def _array_header(file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(file)
    return np.lib.format.read_array_header_2_0(file)
