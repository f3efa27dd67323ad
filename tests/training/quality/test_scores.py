"""Figures: read from the scorer, counted by hand."""

from pathlib import Path

import pytest

from matcher.errors import InvalidInput
from training.quality.scores import Score, ndcg, read_lists, read_truth, score_in, write_rows


def test_the_scorers_line_for_lists_is_read_with_its_standard_error() -> None:
    line = "queries 4  nDCG@10 0.2500 ±0.0123  recall@10 0.4000  hit@10 0.5000  distinct 7\n"

    assert score_in(line) == Score(0.25, 0.0123)


def test_a_share_of_pairs_has_the_binomial_standard_error() -> None:
    score = score_in("pairs 100  accuracy 0.8000\n")

    assert score.value == 0.8
    assert score.error == pytest.approx(0.04)


def test_what_is_not_a_scorers_line_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not what the scorer prints"):
        score_in("Traceback")


def test_a_perfect_list_scores_one_even_when_fewer_than_ten_are_right() -> None:
    assert ndcg({"s": ["a", "b", "x"]}, {"s": {"a", "b"}}) == Score(1.0, 0.0)


def test_a_hit_on_the_third_place_is_worth_half_of_one_on_the_first() -> None:
    assert ndcg({"s": ["x", "y", "a"]}, {"s": {"a"}}).value == pytest.approx(0.5)


def test_a_startup_without_a_list_scores_zero() -> None:
    score = ndcg({"s": ["a"]}, {"s": {"a"}, "t": {"a"}})

    assert score.value == 0.5
    assert score.error == pytest.approx(0.5)


def test_places_after_the_tenth_do_not_count() -> None:
    listed = [f"x{place}" for place in range(10)]

    assert ndcg({"s": [*listed, "a"]}, {"s": {"a"}}).value == 0


def test_lists_are_read_in_order_of_rank_not_of_row(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    write_rows(path, ("startup_id", "partner_id", "rank"), [("s", "b", 10), ("s", "a", 9), ("t", "c", 1)])

    assert read_lists(path) == {"s": ["a", "b"], "t": ["c"]}


def test_truth_gathers_every_right_partner_of_a_startup(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    write_rows(path, ("startup_id", "partner_id"), [("s", "a"), ("s", "b"), ("t", "a")])

    assert read_truth(path) == {"s": {"a", "b"}, "t": {"a"}}
