"""What was shown: lists appended by the batch, and read beside the events that answer them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.interactions import TYPES
from matcher.shown import RESPONSES, Feedback, People, Responses, Shown, ShownList
from matcher.store import merged, organisations
from matcher.store.bulk import CHUNK, lists
from matcher.store.schema import interactions, microseconds, profiles, shown_lists
from matcher.store.texts import check_storable

_NUMBERS, _SCORES = np.dtype("<i8"), np.dtype("<f4")
_CODES = {kind.value: code for code, kind in enumerate(TYPES)}
_OF_LISTS = {
    "request_id": object,
    "organisation": object,
    "model_version": object,
    "query": np.int64,
    "at": np.int64,
    "partners": object,
}
_OF_RESPONSES = {
    "request_id": object,
    "startup": np.int64,
    "partner": np.int64,
    "type": object,
    "at": np.int64,
}
_PARTITION = 10_000


def add(connection: sa.Connection, items: Sequence[ShownList]) -> None:
    """Append the lists. Profiles that were deleted meanwhile may be among those shown; of those erased
    nothing is kept, nor the lists that were shown to them.

    Raises:
        NotFound: an organisation that never existed.
    """
    if not items:
        return
    organisations.require(connection, {item.organisation for item in items})
    numbers = _numbers(connection, {key for item in items for key in (item.query_key, *item.partners)})
    rows = [_row_of(item, numbers) for item in items if item.query_key in numbers]
    if rows:
        connection.execute(sa.insert(shown_lists), rows)


def recorded(connection: sa.Connection, request_id: str) -> set[str]:
    """Keys of the profiles whose lists are on record under a request id."""
    wanted = sa.select(profiles.c.key).join_from(shown_lists, profiles)
    return set(connection.scalars(wanted.where(shown_lists.c.request_id == request_id)))


def forget(connection: sa.Connection, before: int) -> int:
    """Delete the lists that were served before a moment (microseconds since 1970); how many there were."""
    return int(connection.execute(sa.delete(shown_lists).where(shown_lists.c.at < before)).rowcount)


def _numbers(connection: sa.Connection, keys: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in lists(sorted(keys)):
        wanted = sa.select(profiles.c.key, profiles.c.number).where(profiles.c.key.in_(part))
        found |= {row.key: row.number for row in connection.execute(wanted)}
    return found


def _row_of(item: ShownList, numbers: Mapping[str, int]) -> dict[str, Any]:
    for field in ("request_id", "role", "model_version"):
        check_storable(field, getattr(item, field))
    there = [place for place, key in enumerate(item.partners) if key in numbers]
    return {
        "request_id": item.request_id,
        "organisation": item.organisation,
        "query": numbers[item.query_key],
        "role": item.role,
        "model_version": item.model_version,
        "at": microseconds(item.at),
        "partners": np.array([numbers[item.partners[place]] for place in there], _NUMBERS).tobytes(),
        "scores": np.array([item.scores[place] for place in there], _SCORES).tobytes(),
    }


def feedback(connection: sa.Connection, since: int, until: int, organisation: str | None) -> Feedback:
    """The lists served in [since, until), in microseconds since 1970, and the responses at or after `since`.

    Of one organisation, or of all where None.
    """
    requests, owners, versions, queries, moments, packed = _lists(connection, since, until, organisation)
    answered, startups, others, types, said_at = _responses(connection, since, organisation)
    whose = merged.staying(connection)
    parts = [np.frombuffer(part, _NUMBERS) for part in packed]
    sizes = np.array([len(part) for part in parts], np.intp)
    shown = np.concatenate([np.zeros(0, np.int64), *parts])
    queries, shown, startups, others = map(whose.of, (queries, shown, startups, others))
    numbers = np.unique(np.concatenate([queries, shown, startups, others]))
    queries, shown, startups, others = (
        np.searchsorted(numbers, side) for side in (queries, shown, startups, others)
    )
    rows = np.repeat(np.arange(len(sizes)), sizes)
    return Feedback(
        _people(connection, numbers),
        Shown(requests, owners, versions, queries, moments, rows, shown, _positions(sizes)),
        Responses(answered, startups, others, types, said_at),
    )


def _lists(
    connection: sa.Connection, since: int, until: int, organisation: str | None
) -> list[npt.NDArray[Any]]:
    wanted = sa.select(*(shown_lists.c[name] for name in _OF_LISTS))
    wanted = wanted.where(shown_lists.c.at >= since, shown_lists.c.at < until)
    if organisation is not None:
        wanted = wanted.where(shown_lists.c.organisation == organisation)
    return _columns(connection, wanted.order_by(shown_lists.c.at, shown_lists.c.number), _OF_LISTS)


def _responses(connection: sa.Connection, since: int, organisation: str | None) -> list[npt.NDArray[Any]]:
    wanted = sa.select(*(interactions.c[name] for name in _OF_RESPONSES))
    wanted = wanted.where(interactions.c.at >= since, interactions.c.type.in_(RESPONSES))
    if organisation is not None:
        own = sa.select(profiles.c.number).where(profiles.c.organisation == organisation)
        wanted = wanted.where(interactions.c.startup.in_(own))
    *columns, types, moments = _columns(
        connection, wanted.order_by(interactions.c.at, interactions.c.number), _OF_RESPONSES
    )
    return [*columns, np.array([_CODES[kind] for kind in types], np.int8), moments]


def _columns(
    connection: sa.Connection, wanted: sa.Select[Any], dtypes: Mapping[str, type]
) -> list[npt.NDArray[Any]]:
    """The rows as one array for each column. Equal texts become one object."""
    known: dict[object, object] = {}
    arrays: list[list[npt.NDArray[Any]]] = [[np.zeros(0, dtype)] for dtype in dtypes.values()]
    rows = connection.execution_options(yield_per=_PARTITION).execute(wanted)
    for part in rows.partitions():
        for array, column, dtype in zip(arrays, zip(*part, strict=True), dtypes.values(), strict=True):
            shared = [known.setdefault(value, value) for value in column] if dtype is object else column
            array.append(np.fromiter(shared, dtype, len(column)))
    return [np.concatenate(array) for array in arrays]


def _positions(sizes: npt.NDArray[np.intp]) -> npt.NDArray[np.int32]:
    """1 … size for each size, one after another."""
    starts = np.cumsum(sizes) - sizes
    return (np.arange(sizes.sum()) - np.repeat(starts, sizes) + 1).astype(np.int32)


def _people(connection: sa.Connection, numbers: npt.NDArray[np.int64]) -> People:
    """Key and role of each of the profile numbers, which ascend; a deleted profile has both still."""
    wanted = sa.select(profiles.c.key, profiles.c.role, profiles.c.number).order_by(profiles.c.number)
    if len(numbers) <= CHUNK:
        wanted = wanted.where(profiles.c.number.in_(numbers.tolist()))
    keys, roles, known = _columns(connection, wanted, {"key": object, "role": object, "number": np.int64})
    places = np.searchsorted(known, numbers)
    return People(keys[places], roles[places])
