"""The popularity baseline."""

from pathlib import Path

from training.quality.popularity import write_popular_lists
from training.quality.scores import read_lists, write_rows


def _lists(folder: Path, interactions: list[tuple[str, str]]) -> dict[str, list[str]]:
    write_rows(folder / "interactions.csv", ("startup_id", "partner_id"), interactions)
    write_rows(folder / "queries.csv", ("startup_id",), [("q",)])
    write_popular_lists(folder / "interactions.csv", folder / "queries.csv", folder / "lists.csv")
    return read_lists(folder / "lists.csv")


def test_the_partner_of_most_startups_comes_first_and_ties_go_by_id(tmp_path: Path) -> None:
    deals = [("s1", "c"), ("s2", "c"), ("s1", "b"), ("s1", "a")]

    assert _lists(tmp_path, deals) == {"q": ["c", "a", "b"]}


def test_a_second_deal_of_the_same_pair_does_not_count_again(tmp_path: Path) -> None:
    deals = [("s1", "b"), ("s1", "b"), ("s1", "b"), ("s1", "a"), ("s2", "a")]

    assert _lists(tmp_path, deals) == {"q": ["a", "b"]}


def test_without_interactions_nobody_is_popular(tmp_path: Path) -> None:
    assert _lists(tmp_path, []) == {}
