"""From scores to ranks, exactly: means are fractions of what was written, so that equal means are ties.

The centred mean takes off each score what its reviewer gives above (or below) the mean of all scores. That
sets strict and lenient reviewers equal as far as they read equally good applications, which even loads and a
choice of reviewers by field, not by quality, make likely; with few scores each it is a rough correction, so
that both means are shown and the settings say which one ranks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from matcher.errors import InvalidInput
from matcher.panel.values import Application, Panel, PanelSettings, RankBy, Review, TieBreak


@dataclass(frozen=True, slots=True)
class Leniency:
    """What a reviewer gives above (or below 0) the mean of all scores; `count` scores say so. None: no score
    yet."""

    reviewer: str
    count: int
    mean: Fraction | None
    above: Fraction | None


@dataclass(frozen=True, slots=True)
class Tie:
    """An application stands behind `ahead` although their means are equal: by `rule`, `own` against
    `theirs` (None where the rule compares no numbers, or an amount is unknown)."""

    ahead: str
    rule: TieBreak
    own: Fraction | None
    theirs: Fraction | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application's place (1 is best; None where too few scores are in) and both means, None without
    scores. `scores` are by reviewer, in the order of the assignment."""

    application: Application
    rank: int | None
    raw: Fraction | None
    centred: Fraction | None
    scores: tuple[tuple[str, Fraction], ...]
    tie: Tie | None = None

    def mean(self, rank_by: RankBy) -> Fraction | None:
        """The mean that the settings rank by."""
        return self.raw if rank_by is RankBy.RAW else self.centred


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked applications best first, then those that wait for scores, and every reviewer's leniency."""

    ranked: tuple[Ranked, ...]
    leniencies: tuple[Leniency, ...]


def checked_score(score: float, settings: PanelSettings) -> float:
    """The score.

    Raises:
        InvalidInput: outside the panel's range, or no number.
    """
    if not settings.score_min <= score <= settings.score_max:
        rule = f"must be from {settings.score_min:g} to {settings.score_max:g}"
        raise InvalidInput("score", score, rule)
    return score


def ranking_of(panel: Panel) -> Ranking:
    """The panel's applications by the mean of their scores, ties broken as the settings say.

    Scores of withdrawn applications still tell of their reviewers; the applications are not ranked.
    """
    scored = [review for review in panel.reviews if review.score is not None]
    leniencies = _leniencies(panel, scored)
    standings = [_standing(application, scored, leniencies) for application in panel.applications]
    needed = panel.settings.scores_needed
    ready = [s for s in standings if len(s.scores) >= needed and not s.application.withdrawn]
    order = sorted(ready, key=lambda standing: _key(standing, panel))
    waiting = [standing for standing in standings if standing not in ready]
    return Ranking((*_placed(order, panel), *waiting), tuple(leniencies.values()))


def _leniencies(panel: Panel, scored: Sequence[Review]) -> Mapping[str, Leniency]:
    given: dict[str, list[Fraction]] = defaultdict(list)
    for review in scored:
        given[review.reviewer].append(exact(review.score))
    everyone = [score for scores in given.values() for score in scores]
    overall = _mean(everyone)
    return {one.id: _leniency(one.id, given[one.id], overall) for one in panel.reviewers}


def _leniency(reviewer: str, scores: Sequence[Fraction], overall: Fraction | None) -> Leniency:
    own = _mean(scores)
    above = None if own is None or overall is None else own - overall
    return Leniency(reviewer, len(scores), own, above)


def _standing(
    application: Application, scored: Iterable[Review], leniencies: Mapping[str, Leniency]
) -> Ranked:
    own = [(r.reviewer, exact(r.score)) for r in scored if r.application == application.id]
    fair = [score - (leniencies[reviewer].above or 0) for reviewer, score in own]
    return Ranked(application, None, _mean([score for _, score in own]), _mean(fair), tuple(own))


def _placed(order: Sequence[Ranked], panel: Panel) -> list[Ranked]:
    return [
        Ranked(one.application, place, one.raw, one.centred, one.scores, _tie(ahead, one, panel))
        for place, (ahead, one) in enumerate(zip((None, *order), order, strict=False), start=1)
    ]


def _tie(ahead: Ranked | None, one: Ranked, panel: Panel) -> Tie | None:
    rank_by = panel.settings.rank_by
    if ahead is None or ahead.mean(rank_by) != one.mean(rank_by):
        return None
    rule = next(r for r in panel.settings.rules if _by(r, ahead, panel) != _by(r, one, panel))
    return Tie(ahead.application.id, rule, _figure(rule, one), _figure(rule, ahead))


def _key(one: Ranked, panel: Panel) -> tuple[Fraction, ...]:
    """Smaller is better: the mean, then each tie-break rule in order."""
    mean = one.mean(panel.settings.rank_by)
    return (
        -(mean or Fraction(0)),
        *(part for rule in panel.settings.rules for part in _by(rule, one, panel)),
    )


def _by(rule: TieBreak, one: Ranked, panel: Panel) -> tuple[Fraction, ...]:
    """Smaller is better; as many parts for every application."""
    if rule is TieBreak.EARLIER:
        return (Fraction(panel.applications.index(one.application)),)
    figure = _figure(rule, one)
    if rule is TieBreak.LESS_ASKED:
        return (Fraction(figure is None), figure or Fraction(0))
    return (-(figure or Fraction(0)),)


def _figure(rule: TieBreak, one: Ranked) -> Fraction | None:
    """What the rule compares, as people read it."""
    scores, asked = [score for _, score in one.scores], one.application.asked
    if rule is TieBreak.LESS_ASKED:
        return None if asked is None else Fraction(asked)
    if rule is TieBreak.EARLIER:
        return None
    return min(scores) if rule is TieBreak.LOWEST_SCORE else Fraction(median(scores))


def exact(score: float | None) -> Fraction:
    """The number that was written: 0.1 is a tenth."""
    return Fraction(repr(float(score or 0)))


def _mean(scores: Sequence[Fraction]) -> Fraction | None:
    return sum(scores, Fraction(0)) / len(scores) if scores else None
