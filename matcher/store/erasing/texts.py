"""What others wrote, or what was made of it: who names the subject there names the pseudonym from now on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from matcher.erasing.scrubbing import Marks
from matcher.store.amendment_schema import amendments, uploads
from matcher.store.attention_schema import signal_decisions
from matcher.store.cohort_schema import (
    cohorts,
    match_alternates,
    match_edits,
    match_pairs,
    match_run_events,
    match_runs,
    preferences,
)
from matcher.store.erasing.subjects import Subject
from matcher.store.introduction_schema import contacts, introduction_events, introductions, outbox, webhooks
from matcher.store.merging_schema import duplicates
from matcher.store.panel_schema import panel_events, panel_reviews, panels
from matcher.store.people_schema import people
from matcher.store.profile_rows import NEEDED, content_of, digest_of, profile_of
from matcher.store.profiles import LIVE
from matcher.store.remark_schema import remarks
from matcher.store.schema import imports, profiles, runs, tokens
from matcher.store.sign_on_schema import sign_on_providers


@dataclass(frozen=True, slots=True)
class Told:
    """Columns of a table in which somebody may be named. `parent` leads to the table that says whose row it
    is, where it does not say so itself; None for rows that are nobody's."""

    table: sa.Table
    columns: tuple[str, ...]
    parent: sa.Column[Any] | None = None
    owner: sa.Column[Any] | None = None


_RUN, _PANEL, _PROFILE = match_runs.c.id, panels.c.number, profiles.c.number
TOLD = (
    Told(cohorts, ("name",), owner=cohorts.c.organisation),
    Told(match_runs, ("configuration", "summary", "clash", "failure"), owner=match_runs.c.organisation),
    Told(match_run_events, ("who", "why", "details"), _RUN, match_runs.c.organisation),
    Told(match_pairs, ("body",), _RUN, match_runs.c.organisation),
    Told(match_alternates, ("body",), _RUN, match_runs.c.organisation),
    Told(match_edits, ("reason", "who"), _RUN, match_runs.c.organisation),
    Told(preferences, ("who",), owner=preferences.c.organisation),
    Told(introductions, ("body", "reason", "note"), owner=introductions.c.organisation),
    Told(introduction_events, ("who", "why", "details"), introductions.c.id, introductions.c.organisation),
    Told(contacts, ("who",), _PROFILE, profiles.c.organisation),
    Told(webhooks, ("who",), owner=webhooks.c.organisation),
    Told(outbox, ("payload", "failure"), owner=outbox.c.organisation),
    Told(
        panels,
        ("name", "settings", "applications", "reviewers", "decision"),
        owner=panels.c.organisation,
    ),
    Told(panel_reviews, ("application", "reviewer", "comment", "scored_by"), _PANEL, panels.c.organisation),
    Told(panel_events, ("who", "why", "details"), _PANEL, panels.c.organisation),
    Told(remarks, ("text",), owner=remarks.c.organisation),
    Told(signal_decisions, ("who", "reason", "signal"), _PROFILE, profiles.c.organisation),
    Told(amendments, ("who", "summary", "undone"), owner=amendments.c.organisation),
    Told(imports, ("report",), owner=imports.c.organisation),
    Told(uploads, ("who", "plan", "look"), owner=uploads.c.organisation),
    Told(duplicates, ("reasons", "apart_by"), owner=duplicates.c.organisation),
    Told(tokens, ("label",), owner=tokens.c.organisation),
    Told(people, ("created_by",), owner=people.c.organisation),
    Told(sign_on_providers, ("made_by",), owner=sign_on_providers.c.organisation),
    Told(runs, ("summary",)),
)
"""Every place where texts may name somebody, but for profiles and files."""


def scrub(connection: sa.Connection, subject: Subject) -> int:
    """Take the subject out of every such place; how many rows."""
    return sum(_scrub(connection, told, subject) for told in TOLD)


def _scrub(connection: sa.Connection, told: Told, subject: Subject) -> int:
    keys = list(told.table.primary_key.columns)
    changes = []
    for row in worth_a_look(connection, told, subject.marks):
        own = told.owner is None or row["whose"] == subject.organisation
        marks = subject.marks if own else subject.marks.abroad()
        before = {name: row[f"told_{name}"] for name in told.columns}
        after = {name: marks.in_json(value) for name, value in before.items()}
        if after.get("details") != before.get("details"):
            after["why"] = ""  # what was said of them for it
        if after != before:
            changes.append(({f"key_{key.name}": row[f"key_{key.name}"] for key in keys}, after))
    for place, after in changes:
        mine = [key == place[f"key_{key.name}"] for key in keys]
        connection.execute(sa.update(told.table).where(*mine).values(after))
    return len(changes)


def worth_a_look(connection: sa.Connection, told: Told, marks: Marks) -> Sequence[sa.RowMapping]:
    """The rows in which some mark stands, with their keys and whose they are."""
    keys = [key.label(f"key_{key.name}") for key in told.table.primary_key.columns]
    texts = [told.table.c[name].label(f"told_{name}") for name in told.columns]
    whose = [] if told.owner is None else [told.owner.label("whose")]
    wanted = sa.select(*keys, *texts, *whose)
    if told.parent is not None:
        wanted = wanted.select_from(told.table.join(told.parent.table, _leads(told)))
    named = [_has(told.table.c[name], needle) for name in told.columns for needle in marks.needles()]
    return connection.execute(wanted.where(sa.or_(*named))).mappings().all()


def _leads(told: Told) -> sa.ColumnElement[bool]:
    [key] = [
        key
        for key in told.table.foreign_keys
        if key.column is told.parent and key.parent.name not in ("partner", "preferred")
    ]
    return key.parent == key.column


def _has(column: sa.Column[Any], needle: str) -> sa.ColumnElement[bool]:
    """Whether the column has the text, or, where it has no JSON and the text is quoted, is it."""
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text).contains(needle, autoescape=True)
    if needle.startswith('"') and needle.endswith('"'):
        return column == needle[1:-1]
    return column.contains(needle, autoescape=True)


def forget_in_runs(connection: sa.Connection, subject: Subject) -> int:
    """Take the places and absences that runs set for the subject out of their configurations: a pseudonym
    there is nobody whom a run could be solved with."""
    found = 0
    for row in worth_a_look(connection, _CONFIGURED, subject.marks):
        own = row["whose"] == subject.organisation
        names = {*subject.keys, *(subject.marks.ids if own else ())}
        before: Mapping[str, Any] = row["told_configuration"]
        after = {**before, "capacities": _without(before.get("capacities"), names)}
        if before.get("slots"):
            after["slots"] = {**before["slots"], "away": _without(before["slots"].get("away"), names)}
        if after != {"capacities": {}, **before}:
            mine = match_runs.c.id == row["key_id"]
            connection.execute(sa.update(match_runs).where(mine).values(configuration=after))
            found += 1
    return found


_CONFIGURED = Told(match_runs, ("configuration",), owner=match_runs.c.organisation)


def _without(given: Mapping[str, Any] | None, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in (given or {}).items() if name not in names}


def forget_in_profiles(connection: sa.Connection, subject: Subject, revision: int, now: dt.datetime) -> int:
    """Take the subject out of other profiles' lists of whom they are not to meet."""
    found = 0
    for row in _naming(connection, subject.marks):
        before = profile_of([row[column.name] for column in NEEDED])
        marks = subject.marks if before.organisation == subject.organisation else subject.marks.abroad()
        after = replace(
            before,
            exclude=tuple(each for each in before.exclude if not marks.are(each)),
            conflicts=tuple(each for each in before.conflicts if not marks.are(each)),
        )
        if after != before:
            content = content_of(after)
            written = {"body": content["body"], "digest": digest_of(content), "revision": revision}
            mine = profiles.c.number == row["number"]
            connection.execute(sa.update(profiles).where(mine).values({**written, "updated_at": now}))
            found += 1
    return found


def _naming(connection: sa.Connection, marks: Marks) -> Sequence[sa.RowMapping]:
    named = [sa.cast(profiles.c.body, sa.Text).contains(each, autoescape=True) for each in marks.needles()]
    wanted = sa.select(profiles.c.number, *NEEDED).where(LIVE, sa.or_(*named))
    return connection.execute(wanted).mappings().all()
