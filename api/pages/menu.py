"""What stands at the top of every page: where each kind of caller goes from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from api.principals import OFFICE, Caller, Principal


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its endpoint, the `section` that its pages say they are in, and its name for the reader."""

    endpoint: str
    section: str
    name: str


def entries(principal: Principal | None) -> Sequence[Entry]:
    """The menu of the one who reads; nothing for who did not sign in."""
    if principal is None:
        return ()
    if principal.role in OFFICE:
        return _office()
    return _startup() if principal.role is Caller.STARTUP else _partner()


def seldom(principal: Principal | None) -> Sequence[Entry]:
    """What the reader opens now and then, which a menu folds away; nothing for most."""
    return _folded() if principal and principal.role in OFFICE else ()


def front(principal: Principal | None) -> str:
    """The endpoint of the reader's own first page."""
    return "pages.my" if principal and principal.is_member else "pages.home"


def _office() -> Sequence[Entry]:
    return (
        Entry("pages.cohorts", "cohorts", _("Cohorts")),
        Entry("pages.startups", "startups", _("Startups")),
        Entry("pages.partners", "partners", _("Partners")),
        Entry("pages.panels", "panels", _("Panels")),
        Entry("pages.report_outcomes", "reports", _("Reports")),
        Entry("pages.importing", "import", _("Import")),
    )


def _folded() -> Sequence[Entry]:
    return (
        Entry("pages.models", "models", _("Models")),
        Entry("pages.feedback", "feedback", _("Feedback")),
        Entry("pages.people", "people", _("People")),
        Entry("pages.audit_log", "audit", _("Audit log")),
        Entry("pages.settings", "settings", _("Settings")),
    )


def _startup() -> Sequence[Entry]:
    return (
        Entry("pages.my", "my", _("Suggestions")),
        Entry("pages.my_requests", "my_requests", _("My requests")),
        Entry("pages.my_profile", "my_profile", _("My profile")),
    )


def _partner() -> Sequence[Entry]:
    return (
        Entry("pages.my", "my", _("Inbox")),
        Entry("pages.my_reviews", "my_reviews", _("Reviews")),
        Entry("pages.my_history", "my_history", _("History")),
        Entry("pages.my_profile", "my_profile", _("My profile")),
    )
