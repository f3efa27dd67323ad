"""Everything that is held of somebody, place by place. Of others only what the subject may see anyway."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from matcher.store.erasing import export_accounts, export_pairs, export_profile
from matcher.store.erasing.export_plain import PLAIN
from matcher.store.erasing.rows import Rows, plain
from matcher.store.erasing.subjects import Subject

Place = Callable[[sa.Connection, Subject], Rows]
PLACES: Mapping[str, Place] = {
    "profile": export_profile.told_profile,
    "history": export_profile.told_history,
    "ledger_before": PLAIN["ledger_before"],
    "contacts": PLAIN["contacts"],
    "interactions": export_pairs.told_interactions,
    "introductions": export_pairs.told_introductions,
    "introduction_events": export_pairs.told_introduction_events,
    "letters": PLAIN["letters"],
    "remarks": export_pairs.told_remarks,
    "ledger": PLAIN["ledger"],
    "decisions": PLAIN["decisions"],
    "applications": export_profile.told_applications,
    "reviews": export_profile.told_reviews,
    "cohorts": export_profile.told_cohorts,
    "matches": export_pairs.told_pairs,
    "alternates": export_pairs.told_alternates,
    "edits": export_pairs.told_edits,
    "preferences": export_pairs.told_preferences,
    "lists_shown": export_pairs.told_lists_shown,
    "shown_in_lists": export_pairs.told_shown_in,
    "duplicates": export_profile.told_duplicates,
    "accounts": export_accounts.told_people,
    "tokens": export_accounts.told_tokens,
    "links": PLAIN["links"],
    "identities": PLAIN["identities"],
    "requests": PLAIN["requests"],
    "imports": export_accounts.told_imports,
    "uploads": export_accounts.told_uploads,
    "deeds": export_accounts.told_deeds,
}
"""The one list of places: a sheet each."""


def places(connection: sa.Connection, subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """The rows of each place that has some, as JSON can say them."""
    told = {name: [plain(row) for row in place(connection, subject)] for name, place in PLACES.items()}
    return {name: rows for name, rows in told.items() if rows}
