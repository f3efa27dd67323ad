"""Lexical terms of a text: words, and character pairs of Chinese words, hashed into a fixed space.

Hashing (Weinberger et al. 2009) needs no vocabulary to keep or ship: a new profile's words have their
columns at once, on every machine the same.
"""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import rjieba
import scipy.sparse as sp

from matcher.text.comparable import comparable, organisation_core

BUCKETS = 1 << 18
_HAN = "\u3400"
_WORD = re.compile(r"[a-z][a-z0-9+#.-]*[a-z0-9+#]|[a-z0-9]{2,}|[\u3400-\u9fff]+")
_STOP = frozenset(
    "the a an of and or to in on for with by from at as is are was were be been being am we our us you your "
    "they their them it its he she his her him i me my this that these those there here which who what when "
    "where why how can could will would may might must shall should do does did doing has have had having "
    "not no nor but if so than then also into such more most less least very just only too all any each "
    "every some other others same own few many much using used use based via per within without through "
    "across during before after above below under out up down off again further once between both over "
    "however while although though because since thus hence therefore moreover furthermore new one two "
    "的 了 和 与 及 在 为 是 等 对 并 或 从 以 将 其 我们 他们 可以 通过 进行 提供 一个 以及 具有 "
    "主要".split()
)
_DAMPING = 0.85
"""Exponent of a term's count: chosen between 1 (a repeated word is a topic) and the usual 1 + ln, by
retrieval on company descriptions in both languages."""

Float32 = npt.NDArray[np.float32]


def terms(text: str) -> list[str]:
    """The lexical terms of a text, with repeats, in order; a blank text has none.

    English words lose a plural or verb ending (a light stem); a Chinese word of three characters or
    more also gives its character pairs, so that 心电监测仪 and 心电监测 meet.
    """
    found: list[str] = []
    for run in _WORD.findall(comparable(text)):
        if run[0] >= _HAN:
            found += _chinese(run)
        elif run not in _STOP:
            found.append(_stem(run))
    return found


def _chinese(run: str) -> list[str]:
    words = [word for word in rjieba.cut(run) if word not in _STOP]
    pairs = [word[i : i + 2] for word in words if len(word) > 2 for i in range(len(word) - 1)]
    return words + pairs


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def name_terms(name: str) -> list[str]:
    """What an organisation's name is made of, with repeats; a blank name has nothing.

    Its words as in a text, and pieces of its core (see `organisation_core`): the characters and pairs of
    Chinese, four letters running of a Latin name. Pieces are marked by ~ so that none passes for a word.
    """
    core = organisation_core(name)
    pieces = [core[i : i + 2] for i in range(len(core) - 1) if core[i] >= _HAN and core[i + 1] >= _HAN]
    pieces += [letter for letter in core if letter >= _HAN]
    pieces += [core[i : i + 4] for i in range(len(core) - 3) if core[i : i + 4].isascii()]
    return terms(name) + [f"~{piece}" for piece in pieces]


def term_counts(texts: Sequence[str]) -> sp.csr_matrix:
    """Dampened term counts (count^0.85), float32 [len(texts), BUCKETS]; a blank text is an empty row."""
    return _counts([terms(text) for text in texts])


def name_counts(names: Sequence[str]) -> sp.csr_matrix:
    """Dampened counts of `name_terms`, float32 [len(names), BUCKETS]; a blank name is an empty row."""
    return _counts([name_terms(name) for name in names])


def _counts(found: Sequence[Sequence[str]]) -> sp.csr_matrix:
    buckets = [[bucket(term) for term in row] for row in found]
    ends = np.cumsum([0, *map(len, buckets)], dtype=np.int32)
    columns = np.fromiter(chain.from_iterable(buckets), dtype=np.int32, count=ends[-1])
    shape = (len(found), BUCKETS)
    counts = sp.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    counts.sum_duplicates()
    counts.data = np.power(counts.data, _DAMPING, dtype=np.float64).astype(np.float32)
    return counts


@lru_cache(maxsize=200_000)
def bucket(term: str) -> int:
    """The column of a term, 0 … BUCKETS − 1."""
    return zlib.crc32(term.encode()) % BUCKETS


def inverse_document_frequency(counts: sp.csr_matrix) -> Float32:
    """Smoothed idf, ln((1+n)/(1+df)) + 1, float32 of shape [BUCKETS] (Salton & Buckley 1988)."""
    frequency = np.bincount(counts.indices, minlength=BUCKETS)
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + frequency)) + 1, dtype=np.float32)


def tf_idf(counts: sp.csr_matrix, idf: Float32) -> sp.csr_matrix:
    """Rows of `counts` weighted by `idf` and scaled to length 1 (an empty row stays empty)."""
    data = counts.data * idf[counts.indices]
    row_of = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(row_of, weights=data.astype(np.float64) ** 2, minlength=counts.shape[0]))
    data = (data / np.maximum(lengths, 1e-12)[row_of]).astype(np.float32)
    return sp.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
