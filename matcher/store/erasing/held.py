"""Every table: where an export has what it holds of somebody, and what an erasure does about it, or why there
is nothing of anybody in it. A test holds this to the schema, so that no new table can be forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """`places` are those of an export that tell of the table (() where `why` says why none does), `gone` is
    what an erasure does: "deleted", "blanked" or "scrubbed" ("" where `why` says why it does nothing)."""

    places: tuple[str, ...] = ()
    gone: str = ""
    why: str = ""


def _told(places: str, gone: str, why: str = "") -> Held:
    return Held(tuple(places.split()), gone, why)


def _nothing(why: str) -> Held:
    return Held(why=why)


HELD: Mapping[str, Held] = {
    "profiles": _told("profile", "blanked"),
    "amended_profiles": _told("history", "deleted"),
    "amended_months": _told("ledger_before", "deleted"),
    "contacts": _told("contacts", "deleted"),
    "interactions": _told("interactions", "blanked"),
    "introductions": _told("introductions", "blanked"),
    "introduction_events": _told("introduction_events deeds", "blanked"),
    "outbox": _told("letters", "deleted"),
    "remarks": _told("remarks", "deleted"),
    "ledger": _told("ledger", "deleted"),
    "signal_decisions": _told("decisions deeds", "deleted"),
    "panels": _told("applications", "blanked"),
    "panel_reviews": _told("reviews deeds", "blanked"),
    "panel_events": _told("deeds", "scrubbed"),
    "cohorts": _told("cohorts", "scrubbed"),
    "cohort_startups": _told("cohorts", "deleted"),
    "match_pairs": _told("matches", "deleted"),
    "match_alternates": _told("alternates", "deleted"),
    "match_edits": _told("edits deeds", "deleted"),
    "preferences": _told("preferences deeds", "deleted"),
    "match_runs": _told("matches", "scrubbed"),
    "match_run_events": _told("deeds", "scrubbed"),
    "shown_lists": _told("lists_shown shown_in_lists", "deleted"),
    "duplicates": _told("duplicates", "deleted"),
    "people": _told("accounts", "blanked"),
    "tokens": _told("tokens", "deleted"),
    "mailed_links": _told("links", "deleted"),
    "recovery_codes": _told("accounts", "deleted"),
    "identities": _told("identities", "deleted"),
    "erasure_requests": _told("requests", "blanked"),
    "imports": _told("imports", "scrubbed"),
    "uploads": _told("uploads", "deleted"),
    "upload_files": _told("uploads", "deleted"),
    "amendments": _told("history deeds", "scrubbed"),
    "webhooks": _told("deeds", "scrubbed"),
    "sign_on_providers": _told("deeds", "scrubbed"),
    "merged_rows": Held(gone="deleted", why="rows of other tables as they were before a merge: told there"),
    "vectors": Held(gone="deleted", why="numbers computed from the description, which is told"),
    "runs": Held(gone="scrubbed", why="figures of the weekly run; where they name somebody it is by profile"),
    "organisations": _nothing("of incubators"),
    "revisions": _nothing("a number"),
    "leases": _nothing("which process works at the moment"),
    "introduction_terms": _nothing("days, of a run"),
    "introduction_reminders": Held(gone="deleted", why="when to remind of an introduction, which is told"),
    "attempts": _nothing("counts under keys that are hashes, forgotten a day after the last try"),
    "office_settings": _nothing("a time zone, a language, figures of runs to come"),
    "second_steps": _nothing("roles of an organisation"),
    "header_meanings": _nothing("headers of spreadsheets"),
    "duplicate_searches": _nothing("when duplicates were last searched for"),
    "erasures": _nothing("receipts: a pseudonym and counts"),
    "erased_profiles": _nothing("which blank rows belong to which receipt"),
    "audit": _nothing("numbers of profiles and ids of people that were made at random, no text of theirs"),
    "audit_heads": _nothing("where the log ends"),
}
