"""Who reads which part of a profile: the one table that everything which shows profiles goes by."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from matcher.matching.answers import PairScore, Reason
from matcher.profiles import Profile


class Reader(StrEnum):
    """What somebody is to a profile that they look at. Partners are ASKED once the startup's introduction to
    them was published, either side has MET the other once both accepted; a STRANGER is none of that."""

    OFFICE = "its own office"
    OTHER_OFFICE = "another office"
    SELF = "itself"
    STARTUP = "a startup"
    STARTUP_MET = "a startup that it accepted"
    MENTOR_ASKED = "a mentor who is asked"
    MENTOR_MET = "a mentor that it accepted"
    INVESTOR_ASKED = "an investor who is asked"
    INVESTOR_MET = "an investor that it accepted"
    REVIEWER = "a reviewer of its application"
    STRANGER = "somebody not introduced"


class Part(StrEnum):
    """Fields that the same people read. The last three are kept beside the profile."""

    PUBLIC = "who it is, what it does, needs and offers"
    ASK = "the amount that it asks for"
    NOTES = "its office's notes"
    SECRETS = "whom it is not to meet"
    CONTACT = "how to reach it"
    LEDGER = "its monthly figures"
    FUNDING = "how its gap could be covered"


OTHER = "other"
"""The reason that stands for all terms that are not told one by one."""
_ASKED = frozenset({"ask", "ask_currency"})
_AMOUNT = ("raising_amount", "raising_currency")
_SECRET = ("exclude", "conflicts")
_NOTES = ("tags", "also")
_GUARDED: Mapping[str, Part] = {
    **dict.fromkeys(_AMOUNT, Part.ASK),
    **dict.fromkeys(_NOTES, Part.NOTES),
    **dict.fromkeys(_SECRET, Part.SECRETS),
}
_FIELDS = {field.name: field.default for field in dataclasses.fields(Profile)}
PARTS: Mapping[str, Part] = {name: _GUARDED.get(name, Part.PUBLIC) for name in _FIELDS}
"""The part of a profile that each of its fields is in."""

_ALL = frozenset(Part)
_KNOWN = frozenset({Part.PUBLIC})
MAY_READ: Mapping[Reader, frozenset[Part]] = {
    Reader.OFFICE: _ALL,
    Reader.SELF: _ALL,
    Reader.OTHER_OFFICE: _KNOWN | {Part.NOTES},
    Reader.STARTUP: _KNOWN,
    Reader.STARTUP_MET: _KNOWN | {Part.CONTACT},
    Reader.MENTOR_ASKED: _KNOWN,
    Reader.MENTOR_MET: _KNOWN | {Part.CONTACT},
    Reader.INVESTOR_ASKED: _KNOWN | {Part.ASK},
    Reader.INVESTOR_MET: _KNOWN | {Part.ASK, Part.CONTACT},
    Reader.REVIEWER: _KNOWN,
    Reader.STRANGER: _KNOWN,
}


def part_for(reader: Reader, profile: Profile) -> Profile:
    """The profile without what this reader may not know of it: that is as if nobody had said it."""
    hidden: dict[str, Any] = {
        name: _FIELDS[name] for name, part in _GUARDED.items() if part not in MAY_READ[reader]
    }
    return dataclasses.replace(profile, **hidden) if hidden else profile


def pair_for(reader: Reader, pair: PairScore) -> PairScore:
    """The pair as a reader of its startup may know it: reasons that tell the amount asked for are added to
    what all other terms make together."""
    told = [reason for reason in pair.reasons if not reason.facts.keys() & _ASKED]
    if Part.ASK in MAY_READ[reader] or len(told) == len(pair.reasons):
        return pair
    others = [reason.points for reason in pair.reasons if reason not in told or reason.signal == OTHER]
    kept = [reason for reason in told if reason.signal != OTHER]
    return dataclasses.replace(pair, reasons=(*kept, Reason(OTHER, sum(others))))
