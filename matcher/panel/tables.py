"""Reviews and awards as tables: columns that others script against, and rows."""

from collections.abc import Iterator
from fractions import Fraction

from matcher.amounts import Language
from matcher.panel.ranking import Ranked
from matcher.panel.report import Result
from matcher.panel.values import Panel
from matcher.panel.wording import award_sentence, tie_sentence, title_of
from matcher.tables import Cell, Row

REVIEW_COLUMNS = ("application", "title", "reviewer", "name", "expertise", "score", "comment")
"""The sheet that goes to reviewers and, filled in, comes back."""
AWARD_COLUMNS = (
    "rank",
    "application",
    "title",
    "startup_id",
    "mean",
    "centred_mean",
    "scores",
    "asked",
    "least",
    "outcome",
    "awarded",
    "reserve",
    "reason",
)
TITLES = {
    "zh": {"reviews": "评审表", "awards": "资助结果"},
    "en": {"reviews": "Reviews", "awards": "Awards"},
}


def review_rows(panel: Panel, reviewer: str = "") -> Iterator[Row]:
    """One row for each review, of one reviewer or of all, in REVIEW_COLUMNS."""
    titles = {application.id: application.title for application in panel.applications}
    names = {one.id: one.name for one in panel.reviewers}
    for review in panel.reviews:
        if reviewer in ("", review.reviewer):
            yield (
                review.application,
                titles[review.application],
                review.reviewer,
                names[review.reviewer],
                round(review.expertise, 4),
                "" if review.score is None else review.score,
                review.comment,
            )


def award_rows(result: Result, language: Language) -> Iterator[Row]:
    """One row for each application, the awarded first, then the reserve, in AWARD_COLUMNS."""
    names = names_of(result.panel)
    for award in result.awards.awards:
        ranked, application = result.by_id[award.application.id], award.application
        reason = award_sentence(award, ranked, result.panel.settings, language)
        if ranked.tie:
            tie = tie_sentence(ranked.tie, names, result.panel.settings, language)
            reason += ("；" if language == "zh" else "; ") + tie
        yield (
            _blank(award.rank),
            application.id,
            application.title,
            application.startup_id,
            _figure(ranked.raw),
            _figure(ranked.centred),
            _scores(ranked),
            _blank(application.asked),
            _blank(application.least),
            award.outcome.value,
            award.amount,
            _blank(award.reserve),
            reason,
        )


def names_of(panel: Panel) -> dict[str, str]:
    """The applications as people call them, by id."""
    return {application.id: title_of(application.id, application.title) for application in panel.applications}


def _scores(ranked: Ranked) -> str:
    return " ".join(f"{float(score):g}" for _, score in ranked.scores)


def _figure(mean: Fraction | None) -> Cell:
    return "" if mean is None else round(float(mean), 4)


def _blank(value: int | None) -> Cell:
    return "" if value is None else value
