"""Match lists in files, read into arrays."""

from pathlib import Path

import numpy as np

from training.measures.lists import DEPTH, NOBODY, Lists
from training.quality.records import Records
from training.quality.tables import read_rows


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
