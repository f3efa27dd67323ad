"""What edits by hand come to, pair by pair: the last word on a pair counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import Origin

Pair = tuple[str, str]
_ORIGINS = {EditKind.LOCK: Origin.LOCKED, EditKind.ADD: Origin.ADDED, EditKind.SWAP: Origin.SWAPPED}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pairs (startup, partner) that are to meet, with how that came, and those that are not."""

    wanted: Mapping[Pair, Origin]
    banned: frozenset[Pair]


def wishes_of(edits: Iterable[Edit]) -> Wishes:
    """The wishes of the edits that count, oldest first."""
    wanted: dict[Pair, Origin] = {}
    banned: set[Pair] = set()
    for edit in edits:
        pair = (edit.startup_id, edit.partner_id)
        if edit.kind is EditKind.BAN:
            wanted.pop(pair, None)
            banned.add(pair)
        else:
            banned.discard(pair)
            wanted[pair] = _ORIGINS[edit.kind]
        if edit.instead_of:
            wanted.pop((edit.startup_id, edit.instead_of), None)
            banned.add((edit.startup_id, edit.instead_of))
    return Wishes(wanted, frozenset(banned))
