"""What columns are called in the files that people have (data/headers.json), and which a kind needs.

Names are compared, not matched letter by letter. Two pseudo-fields: `ticket` holds a range (500万-2000万)
for ticket_min and ticket_max; `expertise` holds services and industries mixed, told apart by the catalogues.
"""

import functools

from matcher.importing.kinds import Kind
from matcher.importing.words import load

_SHARED = {
    Kind.STARTUPS: ("profile",),
    Kind.MENTORS: ("profile", "partner"),
    Kind.INVESTORS: ("profile", "partner"),
}

REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.STARTUPS: (("id", "name"),),
    Kind.MENTORS: (("id", "name"),),
    Kind.INVESTORS: (("id", "name"),),
    Kind.INTERACTIONS: (("startup_id",), ("partner_id",), ("type",), ("at",)),
    Kind.LEDGER: (("startup_id",), ("month",)),
}
"""One column of each group must be there for a file to be of the kind."""

LISTS = frozenset(
    ("industries", "needs", "offers", "stages", "tags", "languages", "exclude", "conflicts", "expertise")
)
"""Fields that hold several labels."""

JOINED = LISTS | {"region"}
"""Fields that several columns may fill together (省份 + 城市; 需求1 + 需求2)."""


@functools.cache
def aliases(kind: Kind) -> dict[str, str]:
    """Header as people write it → field."""
    tables = [load("headers")[part] for part in (*_SHARED.get(kind, ()), kind)]
    return {alias: field for table in tables for field, written in table.items() for alias in written}


def ignored() -> list[str]:
    """Headers of columns that are of no use here (序号, 电话) and are left out without a word."""
    return list(load("headers")["ignored"])
