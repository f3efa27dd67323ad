"""Searching an organisation's own profiles, and keeping what was found."""

from matcher.duplicates.finding import probable_duplicates
from matcher.duplicates.named import named
from matcher.store import Store

AT_ONCE = 5_000
"""So many profiles are searched while somebody waits; more by a worker."""
SEARCH = "search duplicates"
"""The name of the job."""


def search(store: Store, organisation: str) -> int:
    """Search all own profiles for pairs that may be one, and keep them; how many there are.

    Partners that other organisations share are theirs to merge.
    """
    revision, addresses = store.revision(), store.duplicates.addresses(organisation)
    profiles = [named(profile, addresses.get(profile.id, "")) for profile in store.profiles(organisation)]
    found = list(probable_duplicates(profiles))
    kept = ((each.id, each.other_id, [str(why) for why in each.reasons], each.likeness) for each in found)
    store.duplicates.save(organisation, kept, revision)
    return len(found)
