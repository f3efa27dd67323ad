"""Which labels an organisation may filter by: the catalogue's, and those of profiles that it may see.

A label that others' private profiles alone have is refused like one that nobody has: the answer must not tell
what is written there.
"""

from collections.abc import Collection, Sequence

from matcher.matching.answers import Filters
from matcher.matching.eligibility import declaring, visible
from matcher.matching.filters import refuse_unknown_labels
from matcher.matching.snapshot import Snapshot
from matcher.profiles import PARTNER_ROLES, Role


def refuse_labels(
    filters: Filters, snapshot: Snapshot, organisations: Collection[str], role: Role | None
) -> None:
    """Refuse a label that would remove everybody of the role (None: all partners) whom any of the
    organisations may see.

    Raises:
        InvalidInput: neither the catalogue nor any of them knows the label.
    """
    pools = [pool for one in ([role] if role else PARTNER_ROLES) for pool in snapshot.pools[one]]

    def declared(terms: Sequence[str]) -> bool:
        if not len(snapshot.attributes.known(terms)):
            return False
        return any(
            declaring(pool, terms, snapshot.attributes)[visible(pool, organisation)].any()
            for pool in pools
            for organisation in organisations
        )

    refuse_unknown_labels(filters, declared)
