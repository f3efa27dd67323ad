"""A way out of an impasse, carried out: what it makes of the configuration, and which edits it takes back.

What a way out asks of some startups alone (more meetings, a lower minimum) a configuration can only say of
all: the largest of its steps is taken then. Pairs that a refusal or an earlier contact removed are nobody's
setting: staff who want them add them by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.assignment.problem import Importance
from matcher.cohorts.configuration import MOST_MEETINGS, Configuration
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import Move, WayOut

_MUST_HAVE = "must_have."


@dataclass(frozen=True, slots=True)
class Mended:
    """What a way out comes to: another configuration (None where it stays) and edits to be taken back."""

    configuration: Configuration | None
    undone: tuple[int, ...] = ()


def mended(
    way: WayOut, configuration: Configuration, edits: Sequence[Edit], capacities: Mapping[str, int]
) -> Mended | None:
    """The way out as changes of the run; None where a part of it is nothing that a run can be told.

    `capacities` are the places in this run of the partners whose capacity it raises; one that is not there
    makes it None too.
    """
    asked, undone = configuration, set[int]()
    for move in way.moves:
        numbers = _undone(move, edits)
        after = asked if numbers else _configured(move, asked, capacities)
        if after is None:
            return None
        asked, undone = after, undone | numbers
    if not way.moves:
        return None
    return Mended(None if asked == configuration else asked, tuple(sorted(undone)))


def raised(way: WayOut) -> set[str]:
    """The partners whose capacity the way out raises."""
    return {who for move in way.moves if move.action == "raise_capacity" for who in move.who}


def _undone(move: Move, edits: Sequence[Edit]) -> set[int]:
    """The numbers of the edits that stand in the way; none where the move is of another kind."""
    if move.action == "undo":
        return {edit.number for edit in edits if str(edit.number) == move.what}
    pairs = set(move.pairs)
    if move.action == "unlock":
        held = {edit.number for edit in edits if (edit.startup_id, edit.partner_id) in pairs}
        return held if all(_held(pair, edits) for pair in pairs) else set()
    if move.action == "allow" and move.what == "ban":
        return {edit.number for edit in edits if _banned_by(edit) in pairs}
    return set()


def _held(pair: tuple[str, str], edits: Sequence[Edit]) -> bool:
    return any((edit.startup_id, edit.partner_id) == pair for edit in edits if edit.kind is not EditKind.BAN)


def _banned_by(edit: Edit) -> tuple[str, str]:
    """The pair that an edit rules out; no pair where it rules out none."""
    partner = edit.partner_id if edit.kind is EditKind.BAN else edit.instead_of
    return (edit.startup_id, partner) if partner else ("", "")


def _configured(move: Move, before: Configuration, capacities: Mapping[str, int]) -> Configuration | None:
    """The configuration after a move; None where no configuration says it."""
    most = max(move.by, default=0)
    match move.action:
        case "raise_capacity" if all(who in capacities for who in move.who):
            raised_ = {who: capacities[who] + by for who, by in zip(move.who, move.by, strict=True)}
            return replace(before, capacities={**before.capacities, **raised_})
        case "raise_meetings":
            return replace(before, startup_max=min(before.startup_max + most, MOST_MEETINGS))
        case "lower_minimum":
            return replace(before, startup_min=max(before.startup_min - most, 0))
        case "lower_load" if before.partner_importance is Importance.MUST:
            return replace(before, partner_importance=Importance.HIGH)
        case "raise_per_firm" if before.per_firm is not None:
            return replace(before, per_firm=min(before.per_firm + most, MOST_MEETINGS))
        case "allow" if move.what == "must_meet":
            return replace(before, must_meet=())
        case "allow" if move.what.startswith(_MUST_HAVE):
            eased = replace(before.must_have, **{move.what.removeprefix(_MUST_HAVE): ()})
            return replace(before, must_have=eased)
    return None
