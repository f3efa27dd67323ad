"""Panels in the store, on every database."""

from dataclasses import replace
from typing import Any

import pytest

from matcher.cohorts.run import Change, Changed
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.panel.changes import EventKind, Score
from matcher.panel.values import Panel, PanelSettings, PanelStatus, RankBy, Review, Sharing
from matcher.store import Store
from matcher.store.panels import NEW
from tests.matcher.panel.worlds import application, panel, reviewer
from tests.matcher.store.samples import NOW

WEI = Change(by="wei@north")
READS = [
    Review(application="a", reviewer="r1", expertise=0.9),
    Review(application="b", reviewer="r2", expertise=0.4),
]
FACTS: dict[str, Any] = {"lowest": 1, "highest": 1}


def given(**settings: Any) -> Panel:
    return panel(
        [application("a", 9), application("b", 5)], [reviewer("r1"), reviewer("r2")], **{"each": 1} | settings
    )


def score(application: str, reviewer: str, score: float | None, comment: str = "") -> Score:
    return Score(application=application, reviewer=reviewer, score=score, comment=comment)


def seen(version: int) -> Change:
    return replace(WEI, version=version)


@pytest.fixture
def assigned(store: Store) -> Panel:
    store.panels.create(given(), WEI)
    return store.panels.assign("north", "p1", WEI, READS, FACTS)


def test_a_panel_comes_back_as_it_was_put(store: Store) -> None:
    rich = given(rank_by=RankBy.CENTRED, sharing=Sharing.MOST_PROJECTS, budget=41, cap=20, pass_mark=60.5)
    kept = store.panels.create(rich, WEI)
    assert kept == rich == store.panels.get("north", "p1")
    assert store.panels.all("north") == [kept]
    assert store.panels.decision("north", "p1") is None


def test_a_panel_is_its_organisations_alone(store: Store) -> None:
    store.panels.create(given(), WEI)
    store.panels.create(replace(given(), organisation="south", name="Theirs"), WEI)
    assert [store.panels.get(each, "p1").name for each in ("north", "south")] == [
        "孵化种子资金 2026",
        "Theirs",
    ]
    for ask in (store.panels.get, store.panels.events, store.panels.decision):
        with pytest.raises(NotFound, match="'p2'"):
            ask("north", "p2")
    with pytest.raises(NotFound):
        store.panels.create(replace(given(), organisation="nowhere"), WEI)


def test_an_id_is_given_where_none_is_and_taken_once(store: Store) -> None:
    first, second = (store.panels.create(replace(given(), id=NEW), WEI).id for _ in range(2))
    assert first != second
    with pytest.raises(Conflict, match=first):
        store.panels.create(replace(given(), id=first), WEI)
    with pytest.raises(InvalidInput, match="id"):
        store.panels.create(replace(given(), id="a:b"), WEI)


def test_an_assignment_is_kept_with_its_event(store: Store, assigned: Panel) -> None:
    assert (assigned.status, assigned.version, list(assigned.reviews)) == (PanelStatus.ASSIGNED, 2, READS)
    events = store.panels.events("north", "p1")
    assert [(event.kind, event.version, event.by) for event in events] == [
        (EventKind.CREATED, 1, "wei@north"),
        (EventKind.ASSIGNED, 2, "wei@north"),
    ]
    assert (events[1].details, events[1].at) == (FACTS, NOW)


def test_scores_are_kept_all_or_none_and_later_ones_count(store: Store, assigned: Panel) -> None:
    put = store.panels.put_scores
    scores = [
        score("a", "r1", 80.5, "扎实"),
        score("b", "r2", 70),
    ]
    put("north", "p1", scores, Change(by="r1"))
    kept = put("north", "p1", [score("b", "r2", 75)], WEI)
    told = {review.application: (review.score, review.comment, review.scored_by) for review in kept.reviews}
    assert told == {"a": (80.5, "扎实", "r1"), "b": (75.0, "", "wei@north")}
    assert (kept.version, kept.reviews[0].scored_at) == (assigned.version, NOW)
    with pytest.raises(InvalidInput, match="from 0 to 100"):
        put(
            "north",
            "p1",
            [
                score("a", "r1", 1),
                score("b", "r2", 101),
            ],
            WEI,
        )
    with pytest.raises(InvalidInput, match="does not review"):
        put("north", "p1", [score("a", "r2", 1)], WEI)
    assert store.panels.get("north", "p1") == kept


def test_a_score_can_be_taken_back(store: Store, assigned: Panel) -> None:
    store.panels.put_scores("north", "p1", [score("a", "r1", 80)], WEI)
    assert store.panels.put_scores("north", "p1", [score("a", "r1", None)], WEI).reviews[0].score is None


def test_assigning_again_keeps_scores_and_refuses_to_lose_one_unseen(store: Store, assigned: Panel) -> None:
    store.panels.put_scores("north", "p1", [score("a", "r1", 80)], WEI)
    other = [READS[0], replace(READS[1], reviewer="r1")]
    kept = store.panels.assign("north", "p1", WEI, other, FACTS)
    assert [(review.reviewer, review.score) for review in kept.reviews] == [("r1", 80.0), ("r1", None)]
    with pytest.raises(Conflict, match="meanwhile"):
        store.panels.assign("north", "p1", WEI, READS[1:], FACTS)
    told = FACTS | {"dropped": [{"application": "a", "reviewer": "r1", "score": 80}]}
    assert len(store.panels.assign("north", "p1", WEI, READS[1:], told).reviews) == 1


def test_whoever_saw_an_older_version_is_told_what_changed(store: Store, assigned: Panel) -> None:
    with pytest.raises(Changed, match="assigned by wei@north") as raised:
        store.panels.change("north", "p1", seen(1), name="Other")
    assert [event.kind for event in raised.value.since] == [EventKind.ASSIGNED]
    assert store.panels.change("north", "p1", seen(2), name="Other").name == "Other"


def test_a_change_of_money_leaves_the_assignment_and_one_of_reviewers_does_not(
    store: Store, assigned: Panel
) -> None:
    settings = replace(assigned.settings, budget=100)
    richer = store.panels.change("north", "p1", WEI, settings=settings)
    assert (richer.status, richer.settings.budget, richer.version) == (PanelStatus.ASSIGNED, 100, 3)
    three = [*assigned.reviewers, reviewer("r3")]
    assert store.panels.change("north", "p1", WEI, reviewers=three).status is PanelStatus.DRAFT
    event = store.panels.events("north", "p1")[-1]
    assert (event.kind, event.details) == (EventKind.CHANGED, {"changed": ["reviewers"]})


def test_what_has_scores_is_not_left_out(store: Store, assigned: Panel) -> None:
    store.panels.put_scores("north", "p1", [score("a", "r1", 80)], WEI)
    only_b = store.panels.change("north", "p1", WEI, applications=assigned.applications)
    with pytest.raises(Conflict, match="'a' has scores"):
        store.panels.change("north", "p1", WEI, applications=only_b.applications[1:])
    with pytest.raises(Conflict, match="'r1' has scores"):
        store.panels.change("north", "p1", WEI, reviewers=only_b.reviewers[1:])
    left = store.panels.change("north", "p1", WEI, reviewers=only_b.reviewers[:1])
    assert [review.reviewer for review in left.reviews] == ["r1"]


def test_what_is_decided_stands_until_it_is_reopened_with_a_reason(store: Store, assigned: Panel) -> None:
    decided = store.panels.decide("north", "p1", seen(2), lambda panel: {"awards": [panel.id]})
    assert (decided.status, store.panels.decision("north", "p1")) == (PanelStatus.DECIDED, {"awards": ["p1"]})
    late = [score("a", "r1", 1)]
    for attempt in (
        lambda: store.panels.change("north", "p1", WEI, name="x"),
        lambda: store.panels.assign("north", "p1", WEI, READS, FACTS),
        lambda: store.panels.put_scores("north", "p1", late, WEI),
        lambda: store.panels.decide("north", "p1", WEI, lambda _: {}),
    ):
        with pytest.raises(Conflict, match="reopen it first"):
            attempt()
    with pytest.raises(InvalidInput, match="why"):
        store.panels.reopen("north", "p1", WEI)
    again = store.panels.reopen("north", "p1", replace(WEI, why="a score was wrong"))
    assert (again.status, store.panels.decision("north", "p1")) == (PanelStatus.ASSIGNED, None)
    assert [event.why for event in store.panels.events("north", "p1")][-1] == "a score was wrong"
    with pytest.raises(Conflict, match="nothing to reopen"):
        store.panels.reopen("north", "p1", replace(WEI, why="again"))


def test_nothing_is_decided_before_anybody_was_assigned(store: Store) -> None:
    store.panels.create(given(), WEI)
    with pytest.raises(Conflict, match="assign reviewers first"):
        store.panels.decide("north", "p1", WEI, lambda _: {})


def test_texts_that_no_database_keeps_are_refused(store: Store) -> None:
    for part in ({"title": "a\0b"}, {"title": "\ud800"}):
        with pytest.raises(InvalidInput, match="panel"):
            store.panels.create(panel([application("a", **part)]), WEI)
    store.panels.create(given(), WEI)
    store.panels.assign("north", "p1", WEI, READS, FACTS)
    bad = score("a", "r1", 1, "\0")
    with pytest.raises(InvalidInput, match="comment"):
        store.panels.put_scores("north", "p1", [bad], WEI)


@pytest.mark.parametrize(
    "bad",
    [
        {"each": 0},
        {"budget": -1},
        {"score_min": 5, "score_max": 5},
        {"quorum": 2},
        {"step": 0},
    ],
)
def test_settings_that_cannot_hold_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        PanelSettings(**{"each": 1} | bad)


def test_a_list_names_each_application_and_reviewer_once() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        panel([application("a"), application("a")])
    with pytest.raises(InvalidInput, match="applications"):
        panel([])
    with pytest.raises(InvalidInput, match="make several panels"):
        panel([application(f"a{n}") for n in range(1001)], [reviewer(f"r{n}") for n in range(400)])
    with pytest.raises(InvalidInput, match="least"):
        application("a", 5, 6)
    with pytest.raises(InvalidInput, match="least"):
        reviewer("r", least=3, most=2)
