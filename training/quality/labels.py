"""What profiles say, for peers that read labels or plain text: straight from the files, as users would."""

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
import scipy.sparse as sp

from matcher.vocabulary import Vocabulary
from training.quality.records import Profile

_LISTED = ("industries", "stages", "needs", "offers", "tags")
_SINGLE = ("stage", "kind", "raising_currency", "currency")


def labels(profile: Profile) -> list[str]:
    """Every label of a profile, each once: "industries:ai", each level of the region, the amount's decade."""
    listed = (f"{column}:{part}" for column in _LISTED for part in parts(profile.get(column, "")))
    single = (f"{column}:{profile[column]}" for column in _SINGLE if profile.get(column))
    levels = accumulate(parts(profile.get("region", ""), "/"), lambda broad, narrow: f"{broad}/{narrow}")
    regions = (f"region:{level}" for level in levels)
    return list(dict.fromkeys((*listed, *single, *regions, *_decade(profile.get("raising_amount", "")))))


def plain_text(profile: Profile) -> str:
    """The description and every label as one text; the name, which says little, is left out."""
    columns = ("description", *_LISTED, "region", *_SINGLE)
    return "\n".join(profile[column] for column in columns if profile.get(column))


def parts(cell: str, separator: str = ";") -> list[str]:
    """The parts of a list in a cell, blank ones left out."""
    return [part.strip() for part in cell.split(separator) if part.strip()]


def indicators(rows: Sequence[Iterable[str]], columns: Vocabulary) -> sp.csr_matrix:
    """1 where a row has a label, float32 CSR [rows, columns]; `columns` grows by labels it has not seen."""
    named = [list(row) for row in rows]
    for row in named:
        columns.extend(row)
    ends = np.cumsum([0, *map(len, named)])
    places = columns.rows((label for row in named for label in row), unknown=-1)
    ones = np.ones(len(places), np.float32)
    return sp.csr_matrix((ones, places, ends), shape=(len(named), len(columns)))


def _decade(amount: str) -> list[str]:
    return (
        [f"raising_amount:{math.floor(math.log10(float(amount)))}"] if amount and float(amount) >= 1 else []
    )
