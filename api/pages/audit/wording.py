"""What the words of the audit log are called."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _

from api.pages.profiles.names import FIELD_NAMES
from matcher.audit import Line

CALLERS: Mapping[str, str] = MappingProxyType(
    {
        "admin": _("Admin"),
        "staff": _("Staff"),
        "startup": _("Startup"),
        "mentor": _("Mentor"),
        "investor": _("Investor"),
        "visitor": _("Not signed in"),
        "command": _("Command line"),
        "worker": _("Worker"),
        "system": _("Bole itself"),
    }
)
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "profile": _("Profile"),
        "person": _("Account"),
        "organisation": _("Organisation"),
        "token": _("Token"),
        "import": _("Import"),
        "amendment": _("Change that can be undone"),
        "upload": _("Uploaded files"),
        "cohort": _("Cohort"),
        "match_run": _("Match run"),
        "introduction": _("Introduction"),
        "panel": _("Panel"),
    }
)
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "reads": _("Only readings"),
        "changes": _("Only changes"),
        "read": _("read"),
        "exported": _("exported"),
        "added": _("added"),
        "put": _("added or changed"),
        "changed": _("changed"),
        "deleted": _("deleted"),
        "began": _("the log began"),
        "signed_in": _("signed in"),
        "opted_out": _("left automated matching"),
        "opted_in": _("takes part in matching again"),
        "created": _("created"),
        "edited": _("edited"),
        "many": _("many edited at once"),
        "imported": _("imported"),
        "merged": _("merged"),
        "copied": _("copied"),
        "configured": _("configured"),
        "locked": _("pair locked"),
        "banned": _("pair banned"),
        "swapped": _("partner swapped"),
        "undone": _("taken back"),
        "queued": _("solving asked for"),
        "started": _("solving began"),
        "solved": _("solved"),
        "infeasible": _("no solution found"),
        "failed": _("solving failed"),
        "cancelled": _("solving stopped"),
        "abandoned": _("solving given up"),
        "published": _("published"),
        "closed": _("closed"),
        "offered": _("offered"),
        "agreed": _("one side agreed"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "expired": _("expired"),
        "withdrawn": _("withdrawn"),
        "carried_over": _("carried over to a later run"),
        "assigned": _("reviewers assigned"),
        "scored": _("scored"),
        "decided": _("decided"),
        "reopened": _("opened again"),
        "recused": _("reviewer recused"),
    }
)
"""What was done to the subject itself."""
TABLES: Mapping[str, str] = MappingProxyType(
    {
        "organisations": _("Organisation"),
        "profiles": _("Profile"),
        "contacts": _("E-mail address"),
        "interactions": _("Interactions"),
        "ledger": _("Ledger"),
        "remarks": _("Feedback"),
        "signal_decisions": _("Decision on a signal"),
        "duplicates": _("Possible duplicates"),
        "people": _("Account"),
        "mailed_links": _("Mailed link"),
        "recovery_codes": _("Recovery codes"),
        "identities": _("Single sign-on"),
        "sign_on_providers": _("Single sign-on"),
        "second_steps": _("Two-step sign-in"),
        "erasure_requests": _("Request for erasure"),
        "erasures": _("Erasure"),
        "erased_profiles": _("Erasure"),
        "tokens": _("Token"),
        "imports": _("Import"),
        "amendments": _("Change that can be undone"),
        "amended_profiles": _("What was before"),
        "amended_months": _("What was before"),
        "merged_rows": _("What was before"),
        "uploads": _("Uploaded files"),
        "upload_files": _("Uploaded files"),
        "header_meanings": _("Meaning of headers"),
        "webhooks": _("Webhook"),
        "office_settings": _("Settings of the organisation"),
        "cohorts": _("Cohort"),
        "cohort_startups": _("Startups of a cohort"),
        "match_runs": _("Match run"),
        "match_run_events": _("Record of the run"),
        "match_pairs": _("Pairs"),
        "match_alternates": _("Alternates"),
        "match_edits": _("Edits by hand"),
        "preferences": _("Learnt preferences"),
        "introduction_terms": _("Terms of offers"),
        "introductions": _("Introduction"),
        "introduction_events": _("Record of the introduction"),
        "panels": _("Panel"),
        "panel_reviews": _("Reviews"),
        "panel_events": _("Record of the panel"),
        "audit": _("Audit log"),
    }
)
"""Tables, for those who know no tables."""
_MORE = MappingProxyType(
    {
        "email": _("E-mail address"),
        "text": _("In their words"),
        "language": _("Language"),
        "password": _("Password"),
        "secret": _("Secret"),
        "label": _("Label"),
        "revoked_at": _("Ended"),
        "last_login_at": _("Last signed in"),
        "opted_out_at": _("Takes part in matching"),
        "active": _("In use"),
        "role": _("Role"),
    }
)


def action_name(action: str) -> str:
    """What was done: to the subject, or ("contacts.put") to what is kept of it."""
    table, _dot, verb = action.rpartition(".")
    named = str(ACTIONS.get(verb, verb))
    return f"{TABLES.get(table, table)}: {named}" if table else named


def touched(line: Line) -> str:
    """The fields that were read or changed, those that people have a name for; where there are none, how many
    rows of what. The table to take away has all."""
    fields = dict.fromkeys(filter(None, map(_field_name, line.fields)))
    counted = {name.partition(".")[0]: rows for name, rows in line.counts.items()}
    rows = [f"{TABLES[table]} {number}" for table, number in counted.items() if table in TABLES]
    return ", ".join(fields) or ", ".join(rows)


def _field_name(field: str) -> str:
    """A field ("contacts.email") as people call it; "" where nobody does."""
    table, _dot, column = field.rpartition(".")
    if not table:
        return str(TABLES.get(column, ""))
    return str(FIELD_NAMES.get(column) or _MORE.get(column) or "")
