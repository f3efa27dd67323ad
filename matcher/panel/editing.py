"""What may be changed of a panel, and what a change does to its reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.panel.changes import Score
from matcher.panel.criteria import weighted
from matcher.panel.ranking import checked_score
from matcher.panel.values import Panel, PanelSettings, PanelStatus, Review


def undecided(panel: Panel) -> Panel:
    """The panel, which may be changed.

    Raises:
        Conflict: it is decided.
    """
    if panel.status is PanelStatus.DECIDED:
        raise Conflict(f"panel {panel.id!r} is decided: reopen it first, and say why")
    return panel


def changed(before: Panel, after: Panel) -> Panel:
    """The panel as changed: without the reviews of who is gone, and a draft again where that could change who
    reads what.

    Raises:
        Conflict: an application or reviewer that has scores is left out, or criteria are others while marks
            by them are in.
    """
    marked = any(review.marks for review in before.reviews)
    if marked and after.settings.criteria != before.settings.criteria:
        raise Conflict("marks by the criteria are in already: criteria and weights stay as they are")
    after = _without_strangers(after, before)
    status = before.status if _task(before) == _task(after) else PanelStatus.DRAFT
    return replace(after, status=status, version=before.version + 1)


def recused(before: Panel, application: str, reviewer: str) -> tuple[Panel, Review]:
    """The panel after a reviewer declared a conflict of interest with an application that it was to read, and
    the review that is no more. It is a draft: somebody else has to be found.

    Raises:
        NotFound: no such review.
    """
    mine = [r for r in before.reviews if (r.application, r.reviewer) == (application, reviewer)]
    if not mine:
        raise NotFound(f"there is no review of {application!r} by {reviewer!r}")
    people = tuple(
        replace(each, conflicts=tuple(dict.fromkeys((*each.conflicts, application))))
        if each.id == reviewer
        else each
        for each in before.reviewers
    )
    others = tuple(review for review in before.reviews if review is not mine[0])
    after = replace(before, reviewers=people, reviews=others)
    return replace(after, status=PanelStatus.DRAFT, version=before.version + 1), mine[0]


def refuse_loss(before: Panel, reviews: Sequence[Review], told: Sequence[Mapping[str, Any]]) -> None:
    """Refuse reviews that would lose a score which was not told of.

    Raises:
        Conflict: one came in meanwhile.
    """
    kept = {(review.application, review.reviewer) for review in reviews}
    kept |= {(each["application"], each["reviewer"]) for each in told}
    for review in before.reviews:
        if review.score is not None and (review.application, review.reviewer) not in kept:
            raise Conflict(
                f"{review.reviewer!r} has scored {review.application!r} meanwhile: assign once more"
            )


def checked(score: Score, panel: Panel) -> Score:
    """The score as it is kept: made of its marks, where it has any.

    Raises:
        InvalidInput: a number outside the range, as many marks as there are no criteria, or a score by one
            who does not review that application.
    """
    if (score.application, score.reviewer) not in {(r.application, r.reviewer) for r in panel.reviews}:
        rule = f"does not review application {score.application!r}"
        raise InvalidInput("reviewer", score.reviewer, rule, "see `reviews` for who reads what")
    if score.marks:
        score = replace(score, score=_of_marks(score.marks, panel.settings))
    if score.score is not None:
        checked_score(score.score, panel.settings)
    return score


def _of_marks(marks: Sequence[float], settings: PanelSettings) -> float:
    if len(marks) != len(settings.criteria):
        rule = f"must be as many as there are criteria ({len(settings.criteria)})"
        raise InvalidInput("marks", len(marks), rule)
    return weighted([checked_score(mark, settings) for mark in marks], settings.criteria)


def _without_strangers(after: Panel, before: Panel) -> Panel:
    """The panel without reviews whose application or reviewer is gone."""
    applications = {application.id for application in after.applications}
    reviewers = {reviewer.id for reviewer in after.reviewers}
    kept = [r for r in before.reviews if r.application in applications and r.reviewer in reviewers]
    for review in before.reviews:
        if review.score is not None and review not in kept:
            gone = review.reviewer if review.application in applications else review.application
            raise Conflict(f"{gone!r} has scores and cannot be left out: mark the application as withdrawn")
    return replace(after, reviews=tuple(kept))


def _task(panel: Panel) -> tuple[object, ...]:
    """What decides who reads what."""
    applications = [(each.id, each.startup_id) for each in panel.applications]
    return panel.settings.each, panel.settings.per_firm, applications, panel.reviewers
