"""Encoding with a content-hash cache: the same text is encoded once in the life of a database."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matcher.encoding.encoder import DIMENSIONS, Encoder
from matcher.encoding.parts import parts_of
from matcher.text.comparable import comparable

Float32 = npt.NDArray[np.float32]
Progress = Callable[[int], None]

_CHUNK = 512
_WARMED_AT_ONCE = 4 * _CHUNK


class VectorStore(Protocol):
    """Where vectors are kept between runs, by encoder name and content hash."""

    def vectors(self, encoder: str, hashes: Sequence[bytes]) -> Mapping[bytes, npt.NDArray[np.float16]]:
        """The vectors that are there, shape [DIMENSIONS] each."""

    def put_vectors(self, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float16]]) -> None:
        """Keep vectors; those that are there already stay as they are."""


def content_hash(text: str) -> bytes:
    """16 bytes that stand for the text as the encoder reads it."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def encode(
    texts: Sequence[str], encoder: Encoder, cache: VectorStore, progress: Progress = lambda _: None
) -> Float32:
    """Unit vectors of shape [len(texts), DIMENSIONS]; a blank text is a row of zeros: missing, not a vector.

    Texts are compared in their `comparable` form, so that Traditional and Simplified give one vector.
    Both a cached and a fresh vector pass through float16, so that the two are equal to the last bit.
    `progress` is called with the number of texts encoded since its last call.
    """
    readable = [comparable(text) for text in texts]
    hashes = [content_hash(text) if text else b"" for text in readable]
    known = dict(cache.vectors(encoder.name(), sorted(set(hashes) - {b""})))
    missing = {h: text for h, text in zip(hashes, readable, strict=True) if h and h not in known}
    for chunk in _chunks(sorted(missing.items(), key=lambda item: (len(item[1]), item[0]))):
        fresh = _encode_chunk(chunk, encoder)
        cache.put_vectors(encoder.name(), fresh)
        known |= fresh
        progress(len(chunk))
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, h in enumerate(hashes):
        if h:
            vectors[row] = known[h]
    return _unit(vectors)


def warm(
    texts: Iterable[str], encoder: Encoder, cache: VectorStore, progress: Progress = lambda _: None
) -> None:
    """Encode texts and their parts into the cache; memory stays flat however many texts there are."""
    remaining = chain.from_iterable((text, *parts_of(text)) for text in texts)
    while some := list(islice(remaining, _WARMED_AT_ONCE)):
        encode(some, encoder, cache, progress)


def _encode_chunk(
    chunk: Sequence[tuple[bytes, str]], encoder: Encoder
) -> dict[bytes, npt.NDArray[np.float16]]:
    vectors = encoder.encode([text for _, text in chunk]).astype(np.float16)
    return {h: vector for (h, _), vector in zip(chunk, vectors, strict=True)}


def _chunks(items: Sequence[tuple[bytes, str]]) -> list[Sequence[tuple[bytes, str]]]:
    return [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]


def _unit(vectors: Float32) -> Float32:
    finite = np.isfinite(vectors).all(axis=1, keepdims=True)
    vectors = np.where(finite, vectors, 0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), dtype=np.float32)
