"""Reading applications and giving scores: a reviewer its own, the office anybody's.

A reviewer sees nothing of what others gave. Until the panel is decided a score may be changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, published_part
from api.pages.blueprint import pages
from api.pages.cohorts.shared import posted
from api.pages.panels.shared import address_of, is_late, own_panel, panel_page, plain_page, titles_of
from api.pages.panels.typed import figure_in
from api.pages.said import say
from api.panels import change_of, recused_panel, reviewer_of_caller
from api.principals import OFFICE, PARTNERS
from api.schemas.panels import LONGEST_COMMENT, RecusalIn
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.panel.changes import Score
from matcher.panel.values import Application, Panel, PanelStatus, Review, Reviewer

REVIEWERS = (*OFFICE, *PARTNERS)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reviewer reads in a panel."""

    panel: Panel
    reviewer: Reviewer
    reviews: Sequence[Review]

    @property
    def waiting(self) -> Sequence[Review]:
        """The reviews without a score, those of withdrawn applications left out."""
        return [each for each in self.reviews if each.score is None and not self.of(each).withdrawn]

    def of(self, review: Review) -> Application:
        """The application of a review."""
        return next(each for each in self.panel.applications if each.id == review.application)


@pages.get("/my/reviews")
@allow(*PARTNERS, cookie=True)
def my_reviews() -> Response:
    """The panels that the member reviews for, those that wait first."""
    scope = current_scope()
    found = [each for panel in scope.panels_to_review() if (each := _mine(panel))]
    found.sort(key=lambda each: (not each.waiting, each.panel.status is PanelStatus.DECIDED))
    late = {address_of(each.panel) for each in found if each.waiting and is_late(each.panel)}
    return plain_page("reviews.html", readings=found, late_panels=late)


@pages.get("/panels/<reference:panel_id>/reviews")
@allow(*REVIEWERS, cookie=True)
def reviews(panel_id: str) -> Response:
    """What a reviewer reads, and the form of one score."""
    reading = _reading(own_panel(panel_id), request.args.get("reviewer", ""))
    return _page(reading, _chosen(reading, request.args.get("application", "")))


@pages.post("/panels/<reference:panel_id>/reviews")
@allow(*REVIEWERS, cookie=True)
def put_review(panel_id: str) -> AnyResponse:
    """Keep a score, or take it back; the form comes again with what was typed where it cannot be kept."""
    scope, reading = current_scope(), _reading(own_panel(panel_id), request.form.get("reviewer", ""))
    review = _review(reading, request.form.get("application", ""))
    if request.form.get("seen", "") != _stamp(review):
        return _page(reading, review, 409, wrong="changed")
    try:
        score = _given(reading, review)
        panel = reading.panel
        scope.store.panels.put_scores(panel.organisation, panel.id, [score], change_of(scope))
    except InvalidInput as error:
        return _page(reading, review, 422, wrong=error.field)
    except Conflict:
        return _page(_reading(own_panel(panel_id), reading.reviewer.id), review, 409, wrong="decided")
    found = own_panel(panel_id)
    after = _reading(found, reading.reviewer.id)
    kept = _review(after, review.application)
    say(
        "review-kept",
        title=titles_of(found)[kept.application][:80],
        score=kept.score,
        application=kept.application,
    )
    following = after.waiting[0].application if after.waiting and kept.score is not None else kept.application
    return redirect(_address(after, following), 303)


@pages.post("/panels/<reference:panel_id>/recusal")
@allow(*REVIEWERS, cookie=True)
def recuse(panel_id: str) -> AnyResponse:
    """Declare a conflict of interest: somebody else will read that application."""
    scope, panel = current_scope(), own_panel(panel_id)
    reading = _reading(panel, request.form.get("reviewer", ""))
    review = _review(reading, request.form.get("application", ""))
    body = RecusalIn(application=review.application, reviewer=reading.reviewer.id, why=posted("why"))
    try:
        recused_panel(scope, panel_id, body)
    except Conflict:
        return _page(reading, review, 409, wrong="decided")
    say("recused", title=titles_of(panel)[review.application][:80])
    return redirect(_address(reading, ""), 303)


def _mine(panel: Panel) -> Reading | None:
    """What the member reads in the panel; None where it is no reviewer, or was given nothing yet."""
    try:
        reading = _reading(panel, "")
    except NotFound:
        return None
    return reading if reading.reviews else None


def _reading(panel: Panel, reviewer: str) -> Reading:
    """What the reviewer reads: the member itself, for the office the one that is named.

    Raises:
        NotFound: no such reviewer.
    """
    asked = reviewer_of_caller(current_scope(), panel) or reviewer
    people = [each for each in panel.reviewers if each.id == asked]
    if not people:
        raise NotFound(f"panel {panel.id!r} has no reviewer {asked[:80]!r}")
    return Reading(panel, people[0], [each for each in panel.reviews if each.reviewer == asked])


def _review(reading: Reading, application: str) -> Review:
    found = [each for each in reading.reviews if each.application == application]
    if not found:
        raise NotFound(f"there is no review of {application[:80]!r} for you")
    return found[0]


def _chosen(reading: Reading, application: str) -> Review | None:
    """The review that the address names, else the first that waits, else none."""
    return _review(reading, application) if application else next(iter(reading.waiting), None)


def _given(reading: Reading, review: Review) -> Score:
    """The score as it was typed.

    Raises:
        InvalidInput: no number, or a comment that is too long.
    """
    blank = Score(
        application=review.application,
        reviewer=review.reviewer,
        score=None,
        comment=posted("comment", LONGEST_COMMENT),
    )
    if request.form.get("do") == "take-back":
        return blank
    if reading.panel.settings.criteria:
        texts = [text.strip() for text in request.form.getlist("mark")]
        marks = [figure_in(text, f"mark.{place}") for place, text in enumerate(texts)]
        return replace(blank, marks=_all_within(marks, reading.panel))
    figure = figure_in(posted("score", 40), "score")
    return replace(blank, score=_all_within([figure], reading.panel, "score")[0])


def _all_within(marks: Sequence[float], panel: Panel, name: str = "mark") -> tuple[float, ...]:
    """The marks, each on the panel's scale.

    Raises:
        InvalidInput: one is not; its field says which.
    """
    low, high = panel.settings.score_min, panel.settings.score_max
    for place, mark in enumerate(marks):
        if not low <= mark <= high:
            where = name if name == "score" else f"{name}.{place}"
            raise InvalidInput(where, mark, f"must be from {low:g} to {high:g}")
    return tuple(marks)


def _page(reading: Reading, review: Review | None, status: int = 200, wrong: str = "") -> Response:
    scope = current_scope()
    application = reading.of(review) if review else None
    known = (
        scope.store.known([f"{reading.panel.organisation}:{application.startup_id}"]) if application else {}
    )
    typed = request.form if request.method == "POST" else {}
    return panel_page(
        "reviews_of.html",
        reading.panel,
        status,
        reading=reading,
        review=review,
        application=application,
        startup=next((published_part(each) for each in known.values()), None),
        stamp=_stamp(review) if review else "",
        typed=typed,
        typed_marks=request.form.getlist("mark"),
        wrong=wrong,
        is_member=scope.principal.is_member,
        longest=LONGEST_COMMENT,
    )


def _stamp(review: Review) -> str:
    """What tells one state of the review from another."""
    return review.scored_at.isoformat() if review.scored_at else ""


def _address(reading: Reading, application: str) -> str:
    reviewer = None if current_scope().principal.is_member else reading.reviewer.id
    return url_for(
        "pages.reviews",
        panel_id=address_of(reading.panel),
        reviewer=reviewer,
        application=application or None,
    )
