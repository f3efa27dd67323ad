"""Match lists as arrays: one row for each query, best first, −1 where a list is shorter than ten."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.quality.records import Records
from training.quality.tables import read_rows, write_rows

DEPTH = 10
NOBODY = -1

Lists = npt.NDArray[np.intp]
"""[queries, DEPTH] columns of candidates."""


def best(scores: npt.NDArray[np.floating], allowed: npt.NDArray[np.bool_]) -> Lists:
    """The DEPTH best candidates of each query, ties to the smaller column; both arrays [queries, candidates].

    A candidate whose score is NaN is unknown and not listed.
    """
    worth = np.where(allowed & ~np.isnan(scores), -scores, np.inf)
    order = np.argsort(worth, axis=1, kind="stable")[:, :DEPTH]
    found = np.where(np.isfinite(np.take_along_axis(worth, order, axis=1)), order, NOBODY)
    missing = DEPTH - found.shape[1]
    return np.pad(found, ((0, 0), (0, max(missing, 0))), constant_values=NOBODY)


def read_lists(path: Path, records: Records) -> Lists:
    """The lists of a file in the format of match lists; a query without a list has an empty row.

    Raises:
        KeyError: a startup that is no query, or a partner that is no candidate.
    """
    lists = np.full((len(records.queries), DEPTH), NOBODY, dtype=np.intp)
    for row in read_rows(path):
        place = int(row["rank"]) - 1
        if place < DEPTH:
            query = records.queries.row(row["startup_id"])
            lists[query, place] = records.candidates.row(row["partner_id"])
    return lists


def write_lists(path: Path, lists: Lists, records: Records) -> None:
    """Write lists in the format of match lists, so that anyone can score them."""
    queries, partners = records.queries.terms, records.candidates.terms
    rows = [
        (queries[query], partners[lists[query, place]], place + 1)
        for query, place in np.argwhere(lists != NOBODY)
    ]
    write_rows(path, ("startup_id", "partner_id", "rank"), rows)
