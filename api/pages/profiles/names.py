"""What the fields of profiles and files are called."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _

FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "id": _("Id"),
        "name": _("Name"),
        "description": _("Description"),
        "kind": _("Kind"),
        "industries": _("Industries"),
        "region": _("Region"),
        "stage": _("Stage"),
        "stages": _("Stages"),
        "needs": _("Needs"),
        "offers": _("Offers"),
        "expertise": _("Expertise (services and industries)"),
        "raising_amount": _("Raising"),
        "raising_currency": _("Currency of what it raises"),
        "ticket": _("Ticket (from–to)"),
        "ticket_min": _("Smallest ticket"),
        "ticket_max": _("Largest ticket"),
        "currency": _("Currency"),
        "annual_rate": _("Annual rate (%)"),
        "term_months": _("Term (months)"),
        "deploying": _("Investing now"),
        "capacity": _("Can take on"),
        "min_load": _("At least"),
        "founded": _("Founded"),
        "team_size": _("Team size"),
        "languages": _("Languages"),
        "tags": _("Tags"),
        "exclude": _("Excluded partners"),
        "conflicts": _("Conflicts of interest"),
        "status": _("Status"),
        "shared": _("Shared with other organisations"),
        "startup_id": _("Startup (id or name)"),
        "partner_id": _("Partner (id or name)"),
        "type": _("What happened"),
        "at": _("When"),
        "value": _("Rating or figure"),
        "amount": _("Amount"),
        "source_id": _("Id in your system"),
        "request_id": _("Id of the answer"),
        "month": _("Month"),
        "headcount": _("Headcount"),
        "present": _("Present"),
        "revenue": _("Revenue"),
        "orders": _("Orders"),
        "cash": _("Cash"),
        "note": _("Note"),
    }
)
"""Field → name for the reader, of all kinds of files."""


STATUS_NAMES: Mapping[str, str] = MappingProxyType(
    {"active": _("active"), "paused": _("paused"), "closed": _("closed")}
)
"""Status → name."""
KIND_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "startups": _("Startups"),
        "mentors": _("Mentors"),
        "investors": _("Investors"),
        "interactions": _("Interactions"),
        "ledger": _("Ledger"),
    }
)
"""Kind of file → name."""
TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "shown": _("shown"),
        "viewed": _("viewed"),
        "shortlisted": _("shortlisted"),
        "dismissed": _("dismissed"),
        "requested": _("requested"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "met": _("met"),
        "rated": _("rated"),
        "mentored": _("mentored"),
        "invested": _("invested"),
    }
)
"""Type of interaction → name."""
