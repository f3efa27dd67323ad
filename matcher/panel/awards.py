"""Who is awarded how much: from the top of the ranking, under a budget and a cap for each award."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.panel.ranking import Ranked
from matcher.panel.values import Application, PanelSettings, Sharing


class Outcome(StrEnum):
    """What became of an application, and why."""

    FULL = "full"
    """Awarded what it asked for."""
    CAPPED = "capped"
    """Awarded the cap, less than it asked for."""
    PARTIAL = "partial"
    """Awarded what the budget still held, less than it could have had."""
    BUDGET_SPENT = "budget_spent"
    """On the reserve list: nothing was left."""
    BELOW_LEAST = "below_least"
    """On the reserve list: what was left is less than would be of use to it."""
    ORDER_CLOSED = "order_closed"
    """On the reserve list: the money did not last for one ranked before it, and nobody is passed over."""
    CAP_BELOW_LEAST = "cap_below_least"
    BELOW_MARK = "below_mark"
    NO_AMOUNT = "no_amount"
    INCOMPLETE = "incomplete"
    """Too few scores are in."""
    WITHDRAWN = "withdrawn"


AWARDED = frozenset({Outcome.FULL, Outcome.CAPPED, Outcome.PARTIAL})
RESERVE = frozenset({Outcome.BUDGET_SPENT, Outcome.BELOW_LEAST, Outcome.ORDER_CLOSED})


@dataclass(frozen=True, slots=True)
class Award:
    """One application's outcome. `amount` is 0 where it is not awarded; `left` is the budget's rest when its
    turn came (None where it had no turn, or there is no budget), `needed` the least that would be of use."""

    application: Application
    rank: int | None
    outcome: Outcome
    amount: int = 0
    left: int | None = None
    needed: int | None = None
    reserve: int | None = None
    """Its place on the reserve list, 1 first."""


@dataclass(frozen=True, slots=True)
class Awards:
    """Every application once: the awarded and the reserve by rank, then those out of the question.

    `spent` never exceeds `budget`; None is no budget.
    """

    awards: tuple[Award, ...]
    budget: int | None
    spent: int

    @property
    def left(self) -> int | None:
        """What the budget still holds."""
        return None if self.budget is None else self.budget - self.spent


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one application could have: from `least` to `most`."""

    ranked: Ranked
    least: int
    most: int


def awards_of(ranking: Sequence[Ranked], settings: PanelSettings) -> Awards:
    """The awards of a ranking (best first).

    IN_ORDER gives the amounts that are largest in the order of the ranks: no other allocation gives one
    application more without giving less to one before it. MOST_PROJECTS does the same for who is awarded at
    all, and then for the amounts.
    """
    decided = {one.application.id: _refusal(one, settings) for one in ranking}
    claims = [_claim(one, settings) for one in ranking if decided[one.application.id] is None]
    shared = _most_projects(claims, settings) if _tops_up(settings) else _in_order(claims, settings)
    decided |= {award.application.id: award for award in shared}
    return _listed([award for award in decided.values() if award], settings.budget)


def _tops_up(settings: PanelSettings) -> bool:
    return settings.sharing is Sharing.MOST_PROJECTS and settings.budget is not None


def _refusal(one: Ranked, settings: PanelSettings) -> Award | None:
    """Why the application is out of the question, whatever the budget."""
    outcome = _out(one, settings)
    return (
        None if outcome is None else Award(one.application, one.rank, outcome, needed=one.application.least)
    )


def _out(one: Ranked, settings: PanelSettings) -> Outcome | None:
    application, mean = one.application, one.mean(settings.rank_by)
    if application.withdrawn:
        return Outcome.WITHDRAWN
    if one.rank is None or mean is None:
        return Outcome.INCOMPLETE
    if settings.pass_mark is not None and mean < settings.pass_mark:
        return Outcome.BELOW_MARK
    if application.asked is None:
        return Outcome.NO_AMOUNT
    below = settings.cap is not None and application.least is not None and application.least > settings.cap
    return Outcome.CAP_BELOW_LEAST if below else None


def _claim(one: Ranked, settings: PanelSettings) -> _Claim:
    asked = one.application.asked or 0
    most = asked if settings.cap is None else min(asked, settings.cap)
    return _Claim(one, most if one.application.least is None else one.application.least, most)


def _in_order(claims: Sequence[_Claim], settings: PanelSettings) -> list[Award]:
    left, closed, awards = settings.budget, False, list[Award]()
    for claim in claims:
        award = _closed(claim, left) if closed else _next(claim, left, settings.step)
        awards.append(award)
        left = None if left is None else left - award.amount
        refused = award.outcome not in AWARDED or award.outcome is Outcome.PARTIAL
        closed = closed or (refused and settings.sharing is Sharing.STRICT_ORDER)
    return awards


def _next(claim: _Claim, left: int | None, step: int) -> Award:
    """As much as the claim may have of what is left."""
    application, rank = claim.ranked.application, claim.ranked.rank
    if left is None or left >= claim.most:
        return Award(application, rank, _whole(claim), claim.most, left, claim.least)
    if left >= claim.least:
        part = max(left // step * step, claim.least)
        return Award(application, rank, Outcome.PARTIAL, part, left, claim.least)
    outcome = Outcome.BELOW_LEAST if left else Outcome.BUDGET_SPENT
    return Award(application, rank, outcome, 0, left, claim.least)


def _closed(claim: _Claim, left: int | None) -> Award:
    return Award(claim.ranked.application, claim.ranked.rank, Outcome.ORDER_CLOSED, 0, left, claim.least)


def _most_projects(claims: Sequence[_Claim], settings: PanelSettings) -> list[Award]:
    """First everybody's least, from the top; then what is left tops them up, again from the top."""
    least = [replace(claim, most=claim.least) for claim in claims]
    first = _in_order(least, replace(settings, sharing=Sharing.IN_ORDER))
    left = (settings.budget or 0) - sum(award.amount for award in first)
    awards = []
    for claim, award in zip(claims, first, strict=True):
        more = _topped(claim, award, left, settings.step)
        left -= more.amount - award.amount
        awards.append(more)
    return awards


def _topped(claim: _Claim, award: Award, left: int, step: int) -> Award:
    if not award.amount:
        return award
    if left >= claim.most - award.amount:
        return replace(award, amount=claim.most, outcome=_whole(claim))
    amount = max(award.amount, (award.amount + left) // step * step)
    return replace(award, amount=amount, outcome=Outcome.PARTIAL)


def _whole(claim: _Claim) -> Outcome:
    return Outcome.FULL if claim.most == claim.ranked.application.asked else Outcome.CAPPED


def _listed(awards: Sequence[Award], budget: int | None) -> Awards:
    """The awarded, the reserve with its places, the others; each in the order given."""
    awarded = [award for award in awards if award.outcome in AWARDED]
    waiting = [award for award in awards if award.outcome in RESERVE]
    reserve = [replace(award, reserve=place) for place, award in enumerate(waiting, start=1)]
    others = [award for award in awards if award.outcome not in AWARDED | RESERVE]
    return Awards((*awarded, *reserve, *others), budget, sum(award.amount for award in awarded))
