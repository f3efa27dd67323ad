"""What kinds and places are called."""

from flask_babel import gettext as _

from matcher.erasures import ErasureKind


def kind_text(kind: ErasureKind) -> str:
    """What was erased."""
    names: dict[ErasureKind, str] = {
        ErasureKind.STARTUP: _("Startup"),
        ErasureKind.MENTOR: _("Mentor"),
        ErasureKind.INVESTOR: _("Investor"),
        ErasureKind.PERSON: _("Account"),
    }
    return names[kind]


def place_text(place: str) -> str:
    """What of theirs went."""
    names: dict[str, str] = {
        "profiles": _("Profile"),
        "accounts": _("Accounts"),
        "ways_in": _("Sessions, tokens and links"),
        "contacts": _("E-mail address for messages"),
        "interactions": _("Interactions (they stay as anonymous counts)"),
        "introductions": _("Introductions and their notes"),
        "letters": _("Messages sent or waiting"),
        "remarks": _("Feedback given and received"),
        "ledger": _("Months of the ledger, and decisions on them"),
        "reviews": _("Reviews' comments"),
        "runs": _("Places in cohorts and matches"),
        "edits": _("Changes of matches by hand"),
        "configurations": _("Settings of match runs that named them"),
        "shown": _("Lists shown to them"),
        "duplicates": _("Possible duplicates"),
        "history": _("Earlier versions that could be restored"),
        "vectors": _("Text vectors"),
        "others": _("Other profiles that exclude them"),
        "uploads": _("Files waiting to be imported"),
        "texts": _("Notes and records that named them"),
    }
    return names.get(place, place)
