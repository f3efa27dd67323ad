"""Having an organisation's profiles searched for duplicates, at once or by a worker."""

from api.access import Scope, current_services
from matcher.duplicates.searching import AT_ONCE, SEARCH, search
from matcher.profiles import Role


def search_or_queue(scope: Scope) -> int | None:
    """How many pairs there are; None where a worker is to search, as there are many profiles.

    Raises:
        NotReady: the queue cannot be reached.
    """
    roles = tuple(Role)
    if scope.store.tally(scope.organisation, roles=roles).total > AT_ONCE:
        current_services().queue_job(SEARCH, {"organisation": scope.organisation})
        return None
    return search(scope.store, scope.organisation)
