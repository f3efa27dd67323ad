"""Drafts of match runs, made, copied and configured, in a transaction of the caller's."""

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.run import Change, EventKind, MatchRun
from matcher.cohorts.status import RunStatus, open_to_edits
from matcher.store import match_edits
from matcher.store.cohort_schema import match_runs
from matcher.store.cohorts import number_of
from matcher.store.match_run_changes import find, following, record
from matcher.store.texts import check_all_storable


def created(
    connection: sa.Connection,
    organisation: str,
    cohort: str,
    configuration: Configuration,
    change: Change,
    *,
    now: dt.datetime,
    copied_from: str = "",
) -> MatchRun:
    """A new draft for the cohort."""
    row = {
        "id": f"{now:%Y%m%d}-{secrets.token_hex(4)}",
        "organisation": organisation,
        "cohort": number_of(connection, organisation, cohort),
        "role": configuration.role.value,
        "configuration": _kept(configuration),
        "status": RunStatus.DRAFT.value,
        "version": 0,
        "created_at": now,
        "updated_at": now,
        "copied_from": copied_from,
        "token": "",
        "failure": "",
    }
    connection.execute(sa.insert(match_runs), row)
    made = find(connection, organisation, str(row["id"]))
    kind = EventKind.COPIED if copied_from else EventKind.CREATED
    return record(connection, made, following(made, kind, replace(change, version=None), now))


def copied(
    connection: sa.Connection,
    source: MatchRun,
    configuration: Configuration,
    change: Change,
    now: dt.datetime,
) -> MatchRun:
    """A new draft for the same cohort with this configuration and the same edits."""
    owner, cohort = source.organisation, source.cohort
    made = created(connection, owner, cohort, configuration, change, now=now, copied_from=source.id)
    match_edits.copy(connection, source.id, made.id)
    return made


def configured(
    connection: sa.Connection,
    before: MatchRun,
    configuration: Configuration,
    change: Change,
    now: dt.datetime,
) -> MatchRun:
    """The run with another configuration, a draft again."""
    status = open_to_edits(before.status)
    event = following(before, EventKind.CONFIGURED, change, now)
    columns = {"configuration": _kept(configuration), "role": configuration.role.value}
    return record(connection, before, event, status=status.value, clash=None, **columns)


def _kept(configuration: Configuration) -> dict[str, Any]:
    """The configuration as the database keeps it: one that it could not read again is refused."""
    plain = configuration.to_json()
    check_all_storable("configuration", plain)
    return plain
