"""Which tables the audit log tells of, whose their rows are, and which it leaves out, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.store.amendment_schema import amendments, uploads
from matcher.store.cohort_schema import cohorts, match_runs
from matcher.store.introduction_schema import introductions
from matcher.store.panel_schema import panels
from matcher.store.people_schema import people
from matcher.store.schema import imports, organisations, profiles, tokens
from matcher.store.values import PUBLIC_ID


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line may be about: its table, and what it is called there in lines. Names tell nothing of
    anybody: a profile has its number, as its id may be erased."""

    table: sa.Table
    name: sa.ColumnElement[Any]


SUBJECTS: Mapping[str, Subject] = {
    "organisation": Subject(organisations, organisations.c.organisation),
    "profile": Subject(profiles, profiles.c.number),
    "person": Subject(people, people.c.id),
    "token": Subject(tokens, sa.func.substr(tokens.c.token_hash, 1, PUBLIC_ID)),
    "import": Subject(imports, imports.c.id),
    "amendment": Subject(amendments, amendments.c.id),
    "upload": Subject(uploads, uploads.c.id),
    "cohort": Subject(cohorts, cohorts.c.id),
    "match_run": Subject(match_runs, match_runs.c.id),
    "introduction": Subject(introductions, introductions.c.id),
    "panel": Subject(panels, panels.c.id),
}


@dataclass(frozen=True, slots=True)
class Whose:
    """How a table's rows name their subject: its kind, and (own column, the subject's column) to find it by,
    the first that a statement gives. `told` is the column that says in a word what was done."""

    subject: str
    by: tuple[tuple[str, str], ...]
    told: str = ""


def _of(subject: str, *by: str, told: str = "") -> Whose:
    """By "own=the subject's", or "column" where both are called the same."""
    pairs = tuple((one.partition("=")[0], one.partition("=")[2] or one) for one in by)
    return Whose(subject, pairs, told)


_RUN, _INTRODUCTION, _PANEL = "run=id", "introduction=id", "panel=number"
_PERSON, _AMENDMENT, _STARTUP = "person=id", "amendment=id", "startup=number"

AUDITED: Mapping[str, Whose] = {
    "organisations": _of("organisation", "organisation"),
    "profiles": _of("profile", "number", "key"),
    "contacts": _of("profile", "profile=number"),
    "interactions": _of("profile", _STARTUP),
    "ledger": _of("profile", _STARTUP),
    "remarks": _of("profile", _STARTUP),
    "signal_decisions": _of("profile", _STARTUP),
    "duplicates": _of("profile", "one=number"),
    "people": _of("person", "id"),
    "mailed_links": _of("person", _PERSON),
    "recovery_codes": _of("person", _PERSON),
    "identities": _of("person", _PERSON),
    "erasure_requests": _of("person", _PERSON),
    "erasures": _of("organisation", "organisation"),
    "erased_profiles": _of("profile", "profile=number"),
    "tokens": _of("token", "token_hash"),
    "imports": _of("import", "id"),
    "amendments": _of("amendment", "id", told="kind"),
    "amended_profiles": _of("amendment", _AMENDMENT),
    "amended_months": _of("amendment", _AMENDMENT),
    "merged_rows": _of("amendment", _AMENDMENT),
    "uploads": _of("upload", "id"),
    "upload_files": _of("upload", "upload=id"),
    "header_meanings": _of("organisation", "organisation"),
    "webhooks": _of("organisation", "organisation"),
    "office_settings": _of("organisation", "organisation"),
    "second_steps": _of("organisation", "organisation"),
    "sign_on_providers": _of("organisation", "organisation"),
    "cohorts": _of("cohort", "number", "id"),
    "cohort_startups": _of("cohort", "cohort=number"),
    "match_runs": _of("match_run", "id"),
    "match_run_events": _of("match_run", _RUN, told="kind"),
    "match_pairs": _of("match_run", _RUN),
    "match_alternates": _of("match_run", _RUN),
    "match_edits": _of("match_run", _RUN),
    "preferences": _of("match_run", _RUN),
    "introduction_terms": _of("match_run", _RUN),
    "introductions": _of("introduction", "id"),
    "introduction_events": _of("introduction", _INTRODUCTION, told="kind"),
    "panels": _of("panel", "number", "id"),
    "panel_reviews": _of("panel", _PANEL),
    "panel_events": _of("panel", _PANEL, told="kind"),
}

LEFT_OUT: Mapping[str, str] = {
    "audit": "the log itself",
    "audit_heads": "the log itself",
    "revisions": "counts changes that are recorded where they are made",
    "vectors": "a cache, computed again from the profiles",
    "leases": "who works at the moment, gone when the work is done",
    "runs": "the record of the weekly retrain: a log of its own",
    "shown_lists": "what was served: a log of its own, by the thousand",
    "attempts": "counts of wrong passwords, by keys that nobody can read",
    "outbox": "how sending goes on; what is sent follows from a change that is recorded",
    "introduction_reminders": "when to remind; that follows from the offer, which is recorded",
    "duplicate_searches": "when duplicates were last searched for",
}
"""Tables whose changes are bookkeeping."""

QUIET: Mapping[str, frozenset[str]] = {
    "tokens": frozenset({"last_used_at"}),
    "match_runs": frozenset({"heartbeat_at"}),
    "people": frozenset({"step"}),
}
"""Columns that are bookkeeping in tables that are not: the last use, the heart-beat, the code used last."""

UNSAID = frozenset(
    "organisation id key number revision updated_at digest search pinyin facets name_key version who at "
    "token heartbeat_at step".split()
)
"""Columns that are not worth a word: they name the row, or follow from the others."""
