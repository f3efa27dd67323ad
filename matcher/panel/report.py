"""A panel's result whole: ranking and awards, as they stand or as they were decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.errors import Conflict
from matcher.panel.awards import Awards, awards_of
from matcher.panel.documents import Document, decided_awards, decision_of, fingerprint
from matcher.panel.ranking import Ranked, Ranking, ranking_of
from matcher.panel.values import Panel


@dataclass(frozen=True, slots=True)
class Result:
    """Ranking and awards of a panel. `tag` differs where any award does; `decided`: they are final."""

    panel: Panel
    ranking: Ranking
    awards: Awards
    tag: str
    decided: bool

    @property
    def by_id(self) -> Mapping[str, Ranked]:
        """The ranked applications by id."""
        return {ranked.application.id: ranked for ranked in self.ranking.ranked}


def result_of(panel: Panel, decision: Mapping[str, Any] | None = None) -> Result:
    """The panel's result: of its `decision`, where there is one."""
    ranking = ranking_of(panel)
    if decision is not None:
        awards = decided_awards(decision, panel.applications)
        return Result(panel, ranking, awards, fingerprint(decision), decided=True)
    awards = awards_of(ranking.ranked, panel.settings)
    return Result(panel, ranking, awards, fingerprint(decision_of(awards)), decided=False)


def decide(panel: Panel, seen: str = "") -> Document:
    """The decision that the panel's scores lead to; `seen` is the tag of the awards that were looked at ("":
    it does not matter).

    Raises:
        Conflict: applications wait for scores, or the awards are no longer those that were seen.
    """
    result = result_of(panel)
    waiting = [one for one in result.ranking.ranked if one.rank is None and not one.application.withdrawn]
    if waiting:
        first = waiting[0].application.id
        raise Conflict(
            f"{len(waiting)} applications wait for scores, {first!r} among them: record them, mark the "
            "application as withdrawn, or lower the quorum"
        )
    if seen and seen != result.tag:
        raise Conflict("the awards have changed since they were looked at: look at them again, then decide")
    return decision_of(result.awards)
