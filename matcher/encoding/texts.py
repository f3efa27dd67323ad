"""Texts as vectors: one for the whole of each, and one for each part of a long one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import Progress, VectorStore, encode
from matcher.encoding.encoder import Encoder
from matcher.encoding.parts import parts_of
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]

_LARGEST = 127
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of n texts, those of a text in a row; a blank text has none, a short one is its own part.

    `codes`: vectors as whole numbers −127…127, int8 [m, d], a fourth of the memory of floats; up to 1,000
    dimensions their inner products are exact in float32, in whatever order they are summed. `lengths`: of
    the codes, float32 [m]. `ends`: text i has the parts ends[i]…ends[i+1], int64 [n + 1].
    """

    codes: npt.NDArray[np.int8]
    lengths: Float32
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many parts each text has, [n]."""
        return np.diff(self.ends)

    def take(self, rows: Rows) -> "Parts":
        """The parts of the chosen texts, in the order given."""
        counts = self.counts[rows]
        ends = _ends(counts)
        at = np.arange(ends[-1]) + np.repeat(self.ends[:-1][rows] - ends[:-1], counts)
        return Parts(self.codes[at], self.lengths[at], ends)


@dataclass(frozen=True, slots=True)
class TextVectors:
    """n encoded texts. `whole`: unit vectors float32 [n, d], a row of zeros where a text is blank."""

    whole: Float32
    parts: Parts

    def __len__(self) -> int:
        return len(self.whole)

    def take(self, rows: Rows) -> "TextVectors":
        """The chosen texts, in the order given."""
        return TextVectors(self.whole[rows], self.parts.take(rows))


def stacked_texts(several: Sequence[TextVectors]) -> TextVectors:
    """The texts of several (at least one), one after the other."""
    parts = [texts.parts for texts in several]
    joint = Parts(
        np.concatenate([some.codes for some in parts]),
        np.concatenate([some.lengths for some in parts]),
        _ends(np.concatenate([some.counts for some in parts])),
    )
    return TextVectors(np.concatenate([texts.whole for texts in several]), joint)


def encode_texts(
    texts: Sequence[str], encoder: Encoder, cache: VectorStore, progress: Progress = lambda _: None
) -> TextVectors:
    """Encode every text as a whole and in parts; see `matcher.encoding.cache.encode`."""
    parts = [parts_of(text) for text in texts]
    vectors = encode([*texts, *chain.from_iterable(parts)], encoder, cache, progress)
    return text_vectors(vectors, [len(some) for some in parts])


def text_vectors(vectors: Float32, own_parts: Sequence[int]) -> TextVectors:
    """Text vectors of unit vectors: first those of n whole texts, then those of their parts, in order.

    `own_parts` [n]: how many of the latter each text has; one without is its own part. A row of zeros
    is no part.
    """
    own = np.asarray(own_parts, dtype=np.int64)
    ends = _ends(np.maximum(own, 1))
    rows = np.empty(ends[-1], dtype=np.int64)
    rows[np.repeat(own > 0, np.maximum(own, 1))] = np.arange(len(own), len(vectors))
    rows[ends[:-1][own == 0]] = np.flatnonzero(own == 0)
    codes = _codes(vectors, rows)
    given = np.asarray(codes.any(axis=1))
    lengths = np.sqrt(np.square(codes[given], dtype=np.int32).sum(axis=1)).astype(np.float32)
    return TextVectors(vectors[: len(own)], Parts(codes[given], lengths, _ends(given)[ends]))


def _codes(vectors: Float32, rows: Rows) -> npt.NDArray[np.int8]:
    """The chosen vectors, the largest number of each scaled to 127; not all at once, to spare memory."""
    codes = np.empty((len(rows), vectors.shape[1]), dtype=np.int8)
    for start in range(0, len(rows), _AT_ONCE):
        some = vectors[rows[start : start + _AT_ONCE]]
        largest = np.abs(some).max(axis=1, keepdims=True)
        codes[start : start + _AT_ONCE] = np.rint(some * (_LARGEST / np.maximum(largest, 1e-6)))
    return codes


def _ends(counts: npt.NDArray[np.int64 | np.bool_]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
