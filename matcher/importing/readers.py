"""Which reader reads which field, and what becomes of a figure that is a range or not exact."""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from matcher.errors import InvalidInput
from matcher.importing import dates, values
from matcher.importing.aliases import LISTS
from matcher.importing.cells import ERRORS, Cell, is_blank, is_open, literal, text_of
from matcher.importing.currencies import currency
from matcher.importing.figures import Span, Unit, signed_span, span
from matcher.importing.grids import Broken, Formula
from matcher.importing.headers import Column
from matcher.importing.labels import (
    CHECKED,
    field_of_expertise,
    misspelt,
    parted,
    parted_expertise,
    unknown_label,
)
from matcher.importing.rules import Rule
from matcher.profiles import MAX_LABELS, MAX_NAME

IDS = frozenset(("id", "startup_id", "partner_id", "source_id", "request_id", "name"))
TEXTS = IDS | {"description", "region", "stage", "kind", "note"}
AMOUNTS = ("raising_amount", "ticket", "ticket_min", "ticket_max", "amount", "revenue", "orders", "cash")
SIGNED = ("revenue", "orders", "cash")
"""Amounts of the ledger that may be negative: refunds, orders that were cancelled, an overdraft."""
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
    **dict.fromkeys(SIGNED, signed_span),
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


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

LONGEST = 1_000
"""A cell or label of more characters says nothing that a catalogue or figure would. Names have less."""
_MAY_BE_LONG = LISTS | {"description", "note"}

REMEMBERED = 40
"""Cells of at most so many characters are read once however often they come."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was read otherwise than written: the value, the rule to warn of, and how it was read."""

    value: str
    rule: Rule
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: the fields it fills, the currency it names, and what to warn of. Not written into."""

    fields: Mapping[str, object] = field(default_factory=dict)
    currency: str = ""
    notes: tuple[Note, ...] = ()


NOTHING_READ = Reading()


def read_cell(column: Column, cell: Cell | Formula | Broken) -> Reading:
    """The fields that a cell fills; a blank one fills none.

    Raises:
        InvalidInput: whatever the field's reader refuses; a formula; a spreadsheet's error.
    """
    if isinstance(cell, Formula):
        raise InvalidInput(column.field, cell.written, Rule.FORMULA, cell.address)
    if isinstance(cell, Broken):
        raise InvalidInput(column.field, cell.written, Rule.QUOTES)
    if isinstance(cell, str) and len(cell) <= REMEMBERED and column.field not in IDS:
        return _remembered(column, cell)
    return _read(column, cell)


@functools.lru_cache(maxsize=65_536)
def _remembered(column: Column, cell: str) -> Reading:
    return _read(column, cell)


def _read(column: Column, cell: Cell) -> Reading:
    if isinstance(cell, str):
        cell = literal(cell.strip())
        if cell in ERRORS:
            raise InvalidInput(column.field, cell, Rule.SHEET_ERROR)
        if _UNSTORABLE.search(cell):
            raise InvalidInput(column.field, ascii(cell), Rule.UNSTORABLE)
    name = column.field
    if name not in _MAY_BE_LONG:
        _refuse_long(name, text_of(cell), MAX_NAME if name in IDS else LONGEST)
    if name in TEXTS:
        return _text(name, cell)
    if is_open(cell):
        return NOTHING_READ
    if name in LISTS:
        return _labels(name, values.labels(cell))
    if name in CURRENCIES:
        return Reading({name: currency(text_of(cell))})
    if name in _WORDS:
        return Reading({name: _WORDS[name](cell)})
    return _figure(name, cell, _FIGURES[name](cell, column.unit))


def _refuse_long(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise InvalidInput(name, text, Rule.TOO_LONG)


def _text(name: str, cell: Cell) -> Reading:
    if is_blank(cell) or (name in CHECKED and is_open(cell)):
        return NOTHING_READ
    text = text_of(cell)
    if name in ("description", "note"):
        return Reading({name: text})
    line = " ".join(text.split())
    return Reading({name: line}, notes=_unknown(name, (line,)))


def _labels(name: str, written: tuple[str, ...]) -> Reading:
    if len(written) > MAX_LABELS:
        raise InvalidInput(name, len(written), Rule.TOO_MANY)
    _refuse_long(name, max(written, key=len, default=""), LONGEST)
    written = tuple(dict.fromkeys(part for label in written for part in _parts(name, label)))
    if name != "expertise":
        return Reading({name: written}, notes=_unknown(name, written))
    fields: dict[str, object] = {}
    for place in ("offers", "industries"):
        if found := tuple(label for label in written if field_of_expertise(label) == place):
            fields[place] = found
    return Reading(fields, notes=_unknown("offers", tuple(fields.get("offers", ()))))  # type: ignore[arg-type]


def _parts(name: str, label: str) -> tuple[str, ...]:
    return parted_expertise(label) if name == "expertise" else parted(name, label)


def _unknown(name: str, labels: tuple[str, ...]) -> tuple[Note, ...]:
    if name not in CHECKED:
        return ()
    nearest = ((label, unknown_label(name, label)) for label in labels)
    return tuple(Note(label, _label_rule(name, label), near) for label, near in nearest if near is not None)


def _label_rule(name: str, label: str) -> Rule:
    return Rule.MISSPELT_LABEL if misspelt(name, label) else Rule.UNKNOWN_LABEL


def _figure(name: str, cell: Cell, read: Span) -> Reading:
    if name == "ticket":
        shown = f"{read.low or 0:.12g}-{read.high or 0:.12g}"
        notes = () if read.exact else (Note(str(cell), Rule.APPROXIMATE, shown),)
        return Reading({"ticket_min": read.low, "ticket_max": read.high}, read.currency, notes)
    value = round(read.middle) if name in _INTEGERS else read.middle
    shown = f"{value:.12g}{'%' if name == 'annual_rate' else ''}"
    as_fraction = name == "annual_rate" and read.low == read.high
    rule = Rule.RATE_AS_FRACTION if as_fraction else Rule.APPROXIMATE
    return Reading({name: value}, read.currency, () if read.is_one else (Note(str(cell), rule, shown),))
