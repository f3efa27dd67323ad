"""Bulk lists beside FAISS's batch search of the same queries in the same vectors, and beside lists alone."""

from typing import Any

import faiss
import numpy as np

from api.bulk.chunks import CHUNK, Chunk, Order, chunks_of, rows_of_chunk
from matcher.interactions import qualified
from matcher.matching.answers import Filters
from matcher.matching.moment import Moment
from matcher.matching.pool import blocks_of
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Role
from tests.bench.timing import in_turns

ORDER = Order(Role.MENTOR, 10, Filters(), spread=False, language="zh", named=False)
ALONE = 40
"""So many lists of each chunk are also asked for one by one."""


def bulk_figures(snapshot: Snapshot, organisation: str) -> dict[str, Any]:
    """Lists a second, in chunks with rows as in a file, alone, and bare searches a second, taken in turns."""
    moment, chunks = Moment(snapshot), chunks_of(snapshot, [organisation])[:-1]  # all of one size
    ways = {
        "bulk": lambda n: rows_of_chunk(moment, chunks[n], ORDER),
        "alone": lambda n: [rows_of_chunk(moment, one, ORDER) for one in _one_by_one(chunks[n])],
        "batch": _batch_search(snapshot, chunks),
    }
    timings = in_turns(ways, np.append(0, np.arange(len(chunks))), 1)
    counts = {"bulk": CHUNK, "alone": ALONE, "batch": CHUNK}
    return {"bulk": {name: round(1000 * counts[name] / timing.p50, 1) for name, timing in timings.items()}}


def _one_by_one(chunk: Chunk) -> list[Chunk]:
    return [Chunk(0, chunk.organisation, (id_,)) for id_ in chunk.ids[:ALONE]]


def _batch_search(snapshot: Snapshot, chunks: list[Chunk]) -> Any:
    """Exact search for all of the n-th chunk at once, k = 10, without any rule."""
    startups, mentors, context = (
        snapshot.pools[Role.STARTUP][0],
        snapshot.pools[Role.MENTOR][0],
        snapshot.context,
    )
    basis = mentors.search[Role.MENTOR].basis
    vectors = blocks_of(mentors.sides[Role.MENTOR], Role.MENTOR, context).times(basis)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    rows = [startups.keys.known(qualified(chunk.organisation, id_) for id_ in chunk.ids) for chunk in chunks]
    sides = [startups.sides[Role.MENTOR].take(some) for some in rows]
    queries = [blocks_of(side, Role.MENTOR, context).times(basis) for side in sides]
    return lambda n: index.search(queries[n], ORDER.k)
