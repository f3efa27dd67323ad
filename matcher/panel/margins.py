"""What a little more budget would change: how much the first of the reserve list lacks, and who gains."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.panel.awards import AWARDED, RESERVE, Award, Awards, awards_of
from matcher.panel.ranking import Ranked
from matcher.panel.values import PanelSettings, Sharing


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one application: from an award of `before` to one of `after` (0: none)."""

    application: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Margin:
    """With a budget of `budget`, `more` than there is, the awards would be others by these `changes`."""

    budget: int
    more: int
    changes: tuple[Change, ...]


def margin_of(ranking: Sequence[Ranked], settings: PanelSettings) -> Margin | None:
    """The least budget with which the first of the reserve list is awarded something, and what that changes.

    None where there is no budget, or nobody waits on the reserve list.
    """
    awards = awards_of(ranking, settings)
    waiting = [award for award in awards.awards if award.outcome in RESERVE]
    if awards.budget is None or not waiting:
        return None
    more = _lacking(awards, waiting[0], settings)
    return Margin(awards.budget + more, more, tuple(changes(awards, _with(ranking, settings, more))))


def with_budget(ranking: Sequence[Ranked], settings: PanelSettings, budget: int) -> Awards:
    """The awards as they would be with another budget."""
    return awards_of(ranking, replace(settings, budget=budget))


def changes(before: Awards, after: Awards) -> list[Change]:
    """The applications whose awards differ, as `after` lists them."""
    amounts = {award.application.id: award.amount for award in before.awards}
    return [
        Change(award.application.id, amounts[award.application.id], award.amount)
        for award in after.awards
        if award.amount != amounts[award.application.id]
    ]


def _with(ranking: Sequence[Ranked], settings: PanelSettings, more: int) -> Awards:
    return with_budget(ranking, settings, (settings.budget or 0) + more)


def _lacking(awards: Awards, first: Award, settings: PanelSettings) -> int:
    """What the budget lacks for the first in waiting: where awards are filled up in the order of the ranks,
    those before it are filled up first."""
    needed, capped = _least(first, settings), settings.sharing is Sharing.MOST_PROJECTS
    before = [award for award in awards.awards if award.outcome in AWARDED and _earlier(award, first)]
    unfilled = 0 if capped else sum(_most(award, settings) - award.amount for award in before)
    left = (awards.budget or 0) - sum(_held(award, settings, capped) for award in before)
    return unfilled + max(needed - left, 0)


def _earlier(award: Award, other: Award) -> bool:
    return (award.rank or 0) < (other.rank or 0)


def _held(award: Award, settings: PanelSettings, capped: bool) -> int:
    """What an award takes before the next one's turn: its least amount where others are topped up later."""
    return _least(award, settings) if capped else award.amount


def _most(award: Award, settings: PanelSettings) -> int:
    asked = award.application.asked or 0
    return asked if settings.cap is None else min(asked, settings.cap)


def _least(award: Award, settings: PanelSettings) -> int:
    least = award.application.least
    return _most(award, settings) if least is None else least
