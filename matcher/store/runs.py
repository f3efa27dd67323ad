"""The log of runs."""

import json
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from matcher.errors import InvalidInput, NotFound
from matcher.runs import RunRecord, RunStatus
from matcher.store.bulk import upsert
from matcher.store.schema import runs
from matcher.store.texts import check_storable


def save(connection: sa.Connection, run: RunRecord) -> None:
    """Keep the run; one of the same id takes the new values.

    Raises:
        InvalidInput: a summary that is no JSON (NaN is none), a text that no database keeps.
    """
    for field in ("id", "kind", "step"):
        check_storable(field, getattr(run, field))
    summary = _plain(dict(run.summary))
    row = asdict(run) | {"status": run.status.value, "summary": summary}
    upsert(connection, runs, [row], by=["id"])


def latest(connection: sa.Connection, kind: str, limit: int) -> list[RunRecord]:
    """The runs of a kind, newest first, at most `limit`."""
    wanted = sa.select(runs).where(runs.c.kind == kind)
    newest = wanted.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
    return [_run_of(row) for row in connection.execute(newest).mappings()]


def get(connection: sa.Connection, id_: str) -> RunRecord:
    """The run.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(sa.select(runs).where(runs.c.id == id_)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no run {id_!r}")
    return _run_of(row)


def _run_of(row: sa.RowMapping) -> RunRecord:
    return RunRecord(**{**row, "status": RunStatus(row["status"])})


def _plain(summary: dict[str, Any]) -> Any:
    """The summary as JSON gives it back, so that what is kept is what was saved."""
    try:
        return json.loads(json.dumps(summary, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise InvalidInput("summary", error, "cannot be kept as JSON") from error
