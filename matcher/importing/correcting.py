"""Corrections put into the rows, before anything is read of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from matcher.importing.cells import Cell, text_of
from matcher.importing.grids import Broken, Cells, Formula, Row
from matcher.importing.plan import Correction
from matcher.importing.values import labels

EVERY_ROW = 0


def corrected(
    rows: Iterator[Row], headers: Sequence[str], corrections: Sequence[Correction]
) -> Iterator[Row]:
    """The table's rows with its corrections. One that fits nowhere changes nothing."""
    if not corrections:
        return rows
    by_row: dict[int, list[Correction]] = defaultdict(list)
    for each in corrections:
        by_row[each.row].append(each)
    return (_row(row, headers, by_row) for row in rows)


def _row(row: Row, headers: Sequence[str], by_row: Mapping[int, Sequence[Correction]]) -> Row:
    number, cells = row
    wanted = (*by_row.get(EVERY_ROW, ()), *by_row.get(number, ()))
    for correction in wanted:
        cells = _cells(cells, headers, correction)
    return number, cells


def _cells(cells: Cells, headers: Sequence[str], correction: Correction) -> Cells:
    """The row's cells with the correction in the first column of its header that says what is corrected."""
    for position, header in enumerate(headers):
        if header != correction.header or (position >= len(cells) and correction.value):
            continue
        before = _written(cells[position]) if position < len(cells) else ""
        after = _cell(before, correction)
        if after != before:
            filled = [*cells, *[""] * (position + 1 - len(cells))]
            filled[position] = after
            return filled
    return cells


def _cell(written: str, correction: Correction) -> str:
    """The cell as it shall be. In one row a cell is replaced whole where what is to be corrected is not one
    of its labels: a report shows long ones cut short."""
    parts = labels(written) if correction.value else ()
    if written != correction.value and correction.value in parts:
        return "；".join(correction.instead if part == correction.value else part for part in parts)
    if written == correction.value or (correction.row != EVERY_ROW and len(parts) < 2):
        return correction.instead
    return written


def _written(cell: Cell | Formula | Broken) -> str:
    return cell.written if isinstance(cell, Formula | Broken) else text_of(cell)
