"""Bulk lists on record in the store, as those that requests get: what came of them can be told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from api.bulk.chunks import Chunk
from api.match_tables import MATCH_COLUMNS
from matcher.interactions import qualified
from matcher.shown import ShownList
from matcher.store import Store
from matcher.tables import Row

_STARTUP, _PARTNER, _SCORE = (MATCH_COLUMNS.index(name) for name in ("startup_id", "partner_id", "score"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """Under which `request_id` lists go on record, for whom (`role`), by which version, and when."""

    request_id: str
    role: str
    model_version: str
    at: datetime


def record(store: Store, delivery: Delivery, answered: Iterable[tuple[Chunk, Sequence[Row]]]) -> int:
    """Put the lists on record but for those that are there under the same request id; how many were new.

    A chunk is one transaction: a process that is killed leaves none half recorded.
    """
    known, count = store.recorded(delivery.request_id), 0
    for chunk, rows in answered:
        new = [one for one in _lists(chunk, rows, delivery) if one.query_key not in known]
        store.add_shown(new)
        count += len(new)
    return count


def _lists(chunk: Chunk, rows: Sequence[Row], delivery: Delivery) -> Iterator[ShownList]:
    for startup, own in groupby(rows, key=lambda row: str(row[_STARTUP])):
        lines = list(own)
        yield ShownList(
            request_id=delivery.request_id,
            organisation=chunk.organisation,
            query_key=qualified(chunk.organisation, startup),
            role=delivery.role,
            model_version=delivery.model_version,
            at=delivery.at,
            partners=tuple(qualified(chunk.organisation, str(row[_PARTNER])) for row in lines),
            scores=tuple(float(str(row[_SCORE])) for row in lines),
        )
