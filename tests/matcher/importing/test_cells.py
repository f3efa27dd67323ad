import datetime as dt

import pytest

from matcher.errors import InvalidInput
from matcher.importing.cells import Cell, is_blank, is_open, literal, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"),
        (1001.0, "1001"),
        (0.5, "0.5"),
        (dt.date(2024, 3, 1), "2024-03-01"),
        (dt.datetime(2024, 3, 1), "2024-03-01"),
        (dt.datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),
    ],
)
def test_a_cell_as_text_is_what_a_person_sees(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", ["", "  ", "-", "—", "无", "N/A", "null", "暂无"])
def test_words_for_nothing_are_blank(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", 0.0, False, "a", "面议"])
def test_zero_and_words_are_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


def test_a_negotiable_figure_is_left_open() -> None:
    assert is_open("面议")
    assert is_open("Undisclosed")


def test_a_number_kept_as_text_by_a_formula_is_unwrapped() -> None:
    assert literal('="007"') == "007"


def test_any_other_formula_is_refused() -> None:
    with pytest.raises(InvalidInput):
        literal("=SUM(A1:A3)")
