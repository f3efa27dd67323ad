"""What an organisation is called where people are spoken to."""

from matcher.store import Store

NAMELESS = "default"
"""The organisation that commands make where none is named; until it is given a name it has none to say."""


def office_name(store: Store, organisation: str) -> str:
    """The organisation's name, "" for one that was never given any."""
    name = store.organisation_name(organisation)
    return "" if name == NAMELESS else name
