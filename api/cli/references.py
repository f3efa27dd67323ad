"""Whom a word on the command line means: an id, or a name written out."""

from matcher.errors import InvalidInput, NotFound
from matcher.store import Store
from matcher.text.comparable import comparable


def identified(store: Store, organisation: str, reference: str) -> str:
    """The id that a reference is, or the one whose profile bears it as its whole name.

    A reference that is neither comes back as it is, for the service to refuse.

    Raises:
        InvalidInput: the name of several profiles.
    """
    try:
        return store.profile(organisation, reference).id
    except NotFound:
        found = _named(store, organisation, reference)
    if len(found) > 1:
        raise InvalidInput(
            "name", reference, "is the name of several profiles", f"give one of {', '.join(found)}"
        )
    return found[0] if found else reference


def _named(store: Store, organisation: str, name: str) -> list[str]:
    wanted = comparable(name)
    return [profile.id for profile in store.profiles(organisation) if comparable(profile.name) == wanted]
