"""A run goes the ways there are, and is told of them."""

import itertools

import pytest

from matcher.cohorts.status import MOVES, RunStatus, moved, open_to_edits
from matcher.errors import Conflict


def test_a_run_goes_from_a_draft_to_its_end() -> None:
    way = [RunStatus(name) for name in ("draft", "solving", "solved", "published", "closed")]
    for before, after in itertools.pairwise(way):
        assert moved(before, after) is after


@pytest.mark.parametrize(("before", "to"), list(itertools.product(RunStatus, RunStatus)))
def test_an_illegal_move_says_which_moves_there_are(before: RunStatus, to: RunStatus) -> None:
    if to in MOVES[before]:
        assert moved(before, to) is to
        return
    with pytest.raises(Conflict) as caught:
        moved(before, to)
    ways = ["solve it first"] if _unsolved(before, to) else MOVES[before]
    assert all(way in str(caught.value) for way in ways)


def _unsolved(before: RunStatus, to: RunStatus) -> bool:
    return to is RunStatus.PUBLISHED and before in (RunStatus.DRAFT, RunStatus.INFEASIBLE)


def test_a_draft_is_solved_before_it_is_published() -> None:
    with pytest.raises(Conflict, match="solve it first: bole run solve RUN"):
        moved(RunStatus.DRAFT, RunStatus.PUBLISHED)


def test_nothing_comes_after_the_end() -> None:
    with pytest.raises(Conflict, match="copy it to go on"):
        moved(RunStatus.CLOSED, RunStatus.DRAFT)


@pytest.mark.parametrize("status", ["draft", "solved", "infeasible"])
def test_an_edit_makes_a_run_a_draft(status: str) -> None:
    assert open_to_edits(RunStatus(status)) is RunStatus.DRAFT


@pytest.mark.parametrize(
    ("status", "remedy"), [("solving", "cancel the solving"), ("published", "copy"), ("closed", "copy")]
)
def test_what_is_under_way_or_was_seen_is_not_edited(status: str, remedy: str) -> None:
    with pytest.raises(Conflict, match=remedy):
        open_to_edits(RunStatus(status))
