"""What stands at the top of every page: where each kind of caller goes from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from api.principals import OFFICE, Principal


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its endpoint, the `section` that its pages say they are in, and its name for the reader."""

    endpoint: str
    section: str
    name: str


def entries(principal: Principal | None) -> Sequence[Entry]:
    """The menu of the one who reads; nothing for who did not sign in."""
    return _office() if principal and principal.role in OFFICE else ()


def _office() -> Sequence[Entry]:
    return (
        Entry("pages.cohorts", "cohorts", _("Cohorts")),
        Entry("pages.startups", "startups", _("Startups")),
        Entry("pages.partners", "partners", _("Partners")),
        Entry("pages.importing", "import", _("Import")),
        Entry("pages.models", "models", _("Models")),
    )
