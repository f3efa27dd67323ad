"""The cache of text vectors, by encoder and hash of the text."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.store.bulk import insert_new, lists
from matcher.store.schema import vectors

_STORED = np.dtype("<f2")


def get(
    connection: sa.Connection, encoder: str, hashes: Sequence[bytes]
) -> dict[bytes, npt.NDArray[np.float16]]:
    """The vectors that are there, read-only, by hash; hashes that are not there are left out."""
    found: dict[bytes, npt.NDArray[np.float16]] = {}
    for part in lists(dict.fromkeys(hashes)):
        wanted = sa.select(vectors.c.hash, vectors.c.vector).where(
            vectors.c.encoder == encoder, vectors.c.hash.in_(part)
        )
        found |= {row.hash: np.frombuffer(row.vector, _STORED) for row in connection.execute(wanted)}
    return found


def put(connection: sa.Connection, encoder: str, items: Mapping[bytes, npt.NDArray[np.floating]]) -> None:
    """Keep the vectors as float16. One that is there already stays: equal hashes mean equal texts."""
    # In order of hash, so that two writers never wait for each other in a circle.
    for part in lists(sorted(items)):
        rows = [
            {"encoder": encoder, "hash": key, "vector": np.asarray(items[key], _STORED).tobytes()}
            for key in part
        ]
        insert_new(connection, vectors, rows, by=["encoder", "hash"])
