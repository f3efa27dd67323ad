"""Figures as people write them (500万, 1.2亿美元, $2M, 约10人, 10-20, 500万以上) as spans of numbers."""

import math
import re
from dataclasses import dataclass

from matcher.errors import InvalidInput
from matcher.importing.cells import Cell
from matcher.importing.currencies import take_currency
from matcher.importing.rules import Rule
from matcher.text.comparable import comparable

LARGEST = 1e15
_CHINESE_SCALE = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_SCALE = {"k": 1e3, "w": 1e4, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9}
_SCALE |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "": 1.0}
_DIGITS = {digit: i for i, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SEVERAL = 3.0
"""数, 几: the geometric middle of 1 to 9."""

_NUMBER = r"(?:[0-9]+(?:[, ][0-9]+)*(?:\.[0-9]+)?|\.[0-9]+)(?:e\+?[0-9]{1,3})?"
_TERM = re.compile(rf"({_NUMBER})\s*([十百千万亿]+|thousand|million|billion|mio|mn|mm|bn|[kwmb])?\s*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_DASH = re.compile(r"(?<=[^\s(])\s*(?:-+|[~〜]+|—+|–+|―|至|到|\bto\b)\s*(?=[^\s)])")
_LOW = re.compile(
    r"以上|及以上|起|不低于|不少于|至少|大于(?:等于)?|超过?|逾|过|≥|>=?|\bmin\b|\bfrom\b|\bover\b|\+$"
)
_HIGH = re.compile(
    r"以下|以内|之内|不超过?|不高于|小于(?:等于)?|最高|最多|至多|上限|≤|<=?|\b(?:max|up to|under|within)\b"
)
_ABOUT = re.compile(
    r"大约|约为?|接近|近|左右|上下|[余多来]|级别?|approx\.?|\b(?:about|around|circa)\b|^ca\.|^~|^上"
)
_PADDING = re.compile(r"[()\[\]:]|单笔|每笔|每家|每年|含|/[年月]|\bper\b.*$")
_MINUS = re.compile(r"^([^0-9.]*?)(?:[-−]|负)\s*(?=[^0-9\s-]{0,4}[0-9.])")
"""A sign, before or after a currency."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a header says of its column's bare numbers: 万元 is Unit(1e4, "CNY")."""

    scale: float = 1.0
    currency: str = ""
    word: str = ""
    """As written, e.g. 万元, 月, %; "" where the header names none."""


NO_UNIT = Unit()


@dataclass(frozen=True, slots=True)
class Span:
    """A figure that may be a range: `low` = `high` for one number, None for an open end (not both)."""

    low: float | None
    high: float | None
    currency: str = ""
    exact: bool = True

    @property
    def middle(self) -> float:
        """One figure for the span: the middle, or its only end."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)

    @property
    def is_one(self) -> bool:
        """Whether it is one exact number."""
        return self.exact and self.low == self.high


def span(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """The figure of a cell that is not blank, in whole units (元, people, months).

    A number without scale or currency of its own takes the header's unit.

    Raises:
        InvalidInput: no figure, negative, over 10^15, two currencies, wrong commas, a falling range.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = _in_bounds(float(cell) * unit.scale, str(cell))
        return Span(value, value, unit.currency)
    if not isinstance(cell, str):
        raise InvalidInput("", cell, Rule.NUMBER)
    bare, code = take_currency(comparable(cell))
    text = _PADDING.sub(" ", bare).strip()
    if re.match(r"[-−]\s*[0-9.]", text):
        raise InvalidInput("", cell, Rule.NEGATIVE, text[1:])
    return _bounded(cell, text, Unit(currency=code) if code else unit)


def signed_span(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """The figure of a cell as `span` reads it, or one below zero: an overdraft, refunds (−10万, 负10万).

    Raises:
        InvalidInput: as `span` does, but for negative ones.
    """
    if isinstance(cell, str):
        positive, minus = _MINUS.subn(r"\1", comparable(cell), count=1)
        try:
            return _negated(span(positive, unit)) if minus else span(cell, unit)
        except InvalidInput as error:
            raise InvalidInput("", cell, error.rule, error.remedy) from error
    if isinstance(cell, int | float) and cell < 0:
        return _negated(span(-cell, unit))
    return span(cell, unit)


def _negated(found: Span) -> Span:
    low, high = (None if end is None else -end for end in (found.high, found.low))
    return Span(low, high, found.currency, found.exact)


def _bounded(cell: str, text: str, unit: Unit) -> Span:
    without_high, capped = _HIGH.subn(" ", text)
    without_low, floored = (without_high, 0) if capped else _LOW.subn(" ", text)
    rest, about = _ABOUT.subn(" ", without_low)
    parts = [part.strip() for part in _DASH.split(rest.strip(" ,-~"))]
    if len(parts) > 2 or ((capped or floored) and len(parts) > 1):
        raise InvalidInput("", cell, Rule.NUMBER, "500-1000")
    low, high, exact = _ends(cell, parts, unit)
    exact = exact and not about
    return Span(None if capped else low, None if floored else high, unit.currency, exact)


def _ends(cell: str, parts: list[str], unit: Unit) -> tuple[float, float, bool]:
    last, last_scaled, exact = _quantity(cell, parts[-1])
    first, first_scaled, _ = _quantity(cell, parts[0])
    if last_scaled and not first_scaled and len(parts) == 2:
        first, first_scaled = _borrow_scale(parts, first), True
    low = _in_bounds(first if first_scaled else first * unit.scale, cell)
    high = _in_bounds(last if last_scaled else last * unit.scale, cell)
    if low > high:
        raise InvalidInput("", cell, Rule.RANGE_ORDER, f"{parts[-1]}-{parts[0]}")
    return low, high, exact


def _borrow_scale(parts: list[str], first: float) -> float:
    """The first figure of "50-200万" in the scale of the second."""
    match = _TERM.match(parts[1])
    return first * _scale(parts[1], match[2] or "") if match else first


def _quantity(cell: str, text: str) -> tuple[float, bool, bool]:
    """(value, whether a scale word such as 万 was written, whether the figure is exact)."""
    if text and text[0] in "数几":
        return SEVERAL * _scale(cell, text[1:].strip()), True, False
    if _CHINESE.fullmatch(text):
        return _chinese(text), "万" in text or "亿" in text, True
    total, scaled, position = 0.0, False, 0
    while match := _TERM.match(text, position):
        total += _arabic(cell, match[1]) * _scale(cell, match[2] or "")
        scaled, position = scaled or bool(match[2]), match.end()
        if not match[2]:
            break
    if not position or position < len(text):
        raise InvalidInput("", cell, Rule.NUMBER, "500万 / 2000000 / $2M")
    return total, scaled, True


def _arabic(cell: str, digits: str) -> float:
    if ("," in digits or " " in digits) and not _GROUPED.fullmatch(digits):
        raise InvalidInput("", cell, Rule.GROUPING, _regrouped(cell))
    return _float(digits)


def _regrouped(cell: str) -> str:
    """What was probably meant: 1,5 is 1.5 as on the European continent, 1,5000 is 15000 counted by 万."""
    decimal = re.fullmatch(r"([^,]*),([0-9]{1,2}(?![0-9])[^,]*)", cell)
    return f"{decimal[1]}.{decimal[2]}" if decimal else re.sub(r"(?<=[0-9]),(?=[0-9])", "", cell)


def _float(digits: str) -> float:
    return float(digits.replace(",", "").replace(" ", ""))


def _scale(cell: str, word: str) -> float:
    if word in _SCALE:
        return _SCALE[word]
    if not word or not set(word) <= set(_CHINESE_SCALE):
        raise InvalidInput("", cell, Rule.NUMBER, "500万")
    return math.prod(_CHINESE_SCALE[letter] for letter in word)


def _chinese(text: str) -> float:
    """一千二百万 → 12,000,000. A scale without a digit counts once (百万 → 1,000,000)."""
    total = section = digit = 0.0
    for letter in text:
        if letter in _DIGITS:
            digit = digit * 10 + _DIGITS[letter]
        elif letter == "亿":
            total, section, digit = (total + section + digit or 1.0) * 1e8, 0.0, 0.0
        elif letter == "万":
            total, section, digit = total + (section + digit or 1.0) * 1e4, 0.0, 0.0
        else:
            section, digit = section + (digit or 1.0) * _CHINESE_SCALE[letter], 0.0
    return total + section + digit


def _in_bounds(value: float, written: str) -> float:
    if not math.isfinite(value) or value >= LARGEST:
        raise InvalidInput("", written, Rule.TOO_LARGE)
    if value < 0:
        raise InvalidInput("", written, Rule.NEGATIVE, str(-value))
    return value
