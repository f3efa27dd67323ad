"""What an edit by hand says of two partners of a startup: labels that a model may learn from.

* swap: the new partner before the one it replaces.
* lock and add: the partner before those alternates that stood above it, whom staff passed over (as a click
  says of the results above it, Joachims 2002); a partner of the result before the first alternate.
* ban: the first alternate, who now comes next, before the partner.

Where nothing stands against the partner nothing is learnt.
"""

from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import Result

MOST = 3
"""So many alternates are said to come after the one that staff chose."""


def preferences_of(edit: Edit, result: Result | None) -> list[tuple[str, str]]:
    """Pairs of partners (preferred, over), as ids; `result` is what staff had before them."""
    if edit.kind is EditKind.SWAP:
        return [(edit.partner_id, edit.instead_of)]
    met, next_ = _standing(edit.startup_id, result)
    others = [partner for partner in next_ if partner != edit.partner_id]
    if edit.kind is EditKind.BAN:
        return [(partner, edit.partner_id) for partner in others[:1] if edit.partner_id in met]
    if edit.partner_id in met:
        return [(edit.partner_id, partner) for partner in others[:1]]
    above = next_[: next_.index(edit.partner_id)] if edit.partner_id in next_ else next_
    return [(edit.partner_id, partner) for partner in above[:MOST]]


def _standing(startup: str, result: Result | None) -> tuple[set[str], list[str]]:
    """Whom the startup meets, and its alternates in order."""
    if result is None:
        return set(), []
    met = {each.pair.partner_id for each in result.meetings if each.pair.startup_id == startup}
    return met, [each.pair.partner_id for each in result.alternates if each.pair.startup_id == startup]
