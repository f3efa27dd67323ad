"""Which reader reads which field, and what becomes of a figure that is a range or not exact."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.errors import InvalidInput
from matcher.importing import dates, values
from matcher.importing.aliases import LISTS
from matcher.importing.cells import ERRORS, Cell, is_blank, is_open, literal, text_of
from matcher.importing.currencies import currency
from matcher.importing.figures import Span, Unit, span
from matcher.importing.grids import Broken, Formula
from matcher.importing.headers import Column
from matcher.importing.rules import Rule

IDS = frozenset(("id", "startup_id", "partner_id", "source_id"))
TEXTS = IDS | {"name", "description", "region", "stage", "kind", "note"}
AMOUNTS = ("raising_amount", "ticket", "ticket_min", "ticket_max", "amount", "revenue", "orders", "cash")
COUNTS = ("team_size", "capacity", "min_load", "headcount", "present")
_WORDS: dict[str, Callable[[Cell], object]] = {
    "founded": dates.date,
    "at": dates.moment,
    "month": dates.month,
    "deploying": values.boolean,
    "status": values.status,
    "type": values.interaction_type,
}
_FIGURES: dict[str, Callable[[Cell, Unit], Span]] = {
    **dict.fromkeys(AMOUNTS, span),
    **dict.fromkeys(COUNTS, values.whole),
    "annual_rate": values.percent,
    "term_months": values.months,
    "value": values.rating,
}
_INTEGERS = frozenset(("team_size", "capacity", "min_load", "term_months"))
CURRENCY_OF = {
    "raising_amount": "raising_currency",
    "ticket": "currency",
    "ticket_min": "currency",
    "ticket_max": "currency",
    "amount": "currency",
}
"""Where the currency that a cell names goes."""
CURRENCIES = frozenset(CURRENCY_OF.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: the fields it fills, the currency it names, and what to warn of (as `shown`)."""

    fields: dict[str, object]
    currency: str = ""
    note: Rule | None = None
    shown: str = ""


NOTHING_READ = Reading({})


def read_cell(column: Column, cell: Cell | Formula | Broken) -> Reading:
    """The fields that a cell fills; a blank one fills none.

    Raises:
        InvalidInput: whatever the field's reader refuses; a formula; a spreadsheet's error.
    """
    if isinstance(cell, Formula):
        raise InvalidInput(column.field, cell.written, Rule.FORMULA, cell.address)
    if isinstance(cell, Broken):
        raise InvalidInput(column.field, cell.written, Rule.QUOTES)
    if cell == "":
        return NOTHING_READ
    if isinstance(cell, str):
        cell = literal(cell.strip())
        if cell in ERRORS:
            raise InvalidInput(column.field, cell, Rule.SHEET_ERROR)
    return _read(column, cell)


def _read(column: Column, cell: Cell) -> Reading:
    name = column.field
    if name in TEXTS:
        return _text(name, cell)
    if is_open(cell):
        return NOTHING_READ
    if name in LISTS:
        return Reading({name: values.labels(cell)})
    if name in CURRENCIES:
        return Reading({name: currency(text_of(cell))})
    if name in _WORDS:
        return Reading({name: _WORDS[name](cell)})
    return _figure(name, _FIGURES[name](cell, column.unit))


def _text(name: str, cell: Cell) -> Reading:
    if is_blank(cell) or (name in ("region", "stage") and is_open(cell)):
        return NOTHING_READ
    text = text_of(cell)
    return Reading({name: text if name in ("description", "note") else " ".join(text.split())})


def _figure(name: str, read: Span) -> Reading:
    if name == "ticket":
        note = None if read.exact else Rule.APPROXIMATE
        fields: dict[str, object] = {"ticket_min": read.low, "ticket_max": read.high}
        return Reading(fields, read.currency, note, f"{read.low or 0:.12g}-{read.high or 0:.12g}")
    value = round(read.middle) if name in _INTEGERS else read.middle
    note = None if read.is_one else Rule.APPROXIMATE
    if note and name == "annual_rate" and read.low == read.high:
        note = Rule.RATE_AS_FRACTION
    return Reading({name: value}, read.currency, note, f"{value:.12g}{'%' if name == 'annual_rate' else ''}")
