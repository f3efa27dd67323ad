"""Dates and times as people and spreadsheets write them. Times without a zone are taken as UTC."""

import calendar
import datetime as dt
import math
import re
from collections.abc import Callable

from matcher.errors import InvalidInput
from matcher.importing.cells import Cell
from matcher.importing.rules import Rule
from matcher.text.comparable import comparable

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 100
"""No date is longer in characters, with its time, its zone and what stands around it."""
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
"""Spreadsheet day numbers from 1927 to 2119; anything else of five digits is not a day."""

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = rf"({'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_CLOCK = re.compile(
    r"(?:(?<=[0-9日号])t|\s)\s*([0-9]{1,2})[:时]([0-9]{1,2})(?:[:分]([0-9]{1,2})(?:\.[0-9]+)?)?秒?分?"
    r"\s*(am|pm)?\s*(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?$"
)
_HAN_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True)) | {"○": 0, "零": 0}
_HAN_YEAR = re.compile(r"(?<![0-9])[〇○零一二三四五六七八九]{4}(?=\s*年)")
_HAN_COUNT = re.compile(r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=\s*[月日号])")
_TAIL = re.compile(r"(?<![\s,])[\s,]*(?:\(?(?:周|星期)[一二三四五六日天]\)?|以来|成立|注册)$")

_Parts = tuple[int, int, int]


def date(cell: Cell) -> dt.date:
    """The day of a cell; a month or year alone gives its first day.

    Raises:
        InvalidInput: not a date, no such day, day and month that cannot be told apart.
    """
    return moment(cell).date() if isinstance(cell, dt.datetime | str) else _native_day(cell)


def moment(cell: Cell) -> dt.datetime:
    """The time of a cell, aware and in UTC; midnight where only a day is given.

    Raises:
        InvalidInput: as `date`, or an hour that no day has.
    """
    if isinstance(cell, dt.datetime):
        return _utc(cell.replace(year=_checked_year(cell.year, cell)))
    if not isinstance(cell, str):
        return _midnight(_native_day(cell))
    text = _in_digits(comparable(cell))
    if len(text) > LONGEST:  # the patterns below may take a time that grows with its square
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01")
    clock = _CLOCK.search(text)
    day = _written_day(text[: clock.start()] if clock else text, cell)
    return _at(day, clock, cell) if clock else _midnight(day)


def _in_digits(text: str) -> str:
    """Figures written in Chinese before 年, 月 and 日 in digits: 二〇一九年十二月 → 2019年12月."""
    if len(text) > LONGEST or not _HAN_YEAR.search(text):
        return text
    text = _HAN_YEAR.sub(lambda found: "".join(str(_HAN_DIGITS[sign]) for sign in found[0]), text)
    return _HAN_COUNT.sub(lambda found: str(_counted(found[0])), text)


def _counted(written: str) -> int:
    """A count below a hundred: 三, 十二, 二十, 二十一."""
    tens, ten, ones = written.rpartition("十")
    return 10 * (_HAN_DIGITS[tens or "一"] if ten else 0) + (_HAN_DIGITS[ones] if ones else 0)


def month(cell: Cell) -> dt.date:
    """The first day of a cell's month.

    Raises:
        InvalidInput: as `date`.
    """
    return date(cell).replace(day=1)


def _native_day(cell: Cell) -> dt.date:
    if isinstance(cell, dt.date):
        return cell.replace(year=_checked_year(cell.year, cell))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01")
    if not math.isfinite(cell):
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01")
    if not float(cell).is_integer():
        return _fraction(float(cell))
    return _digits(str(int(cell)), cell)


def _fraction(number: float) -> dt.date:
    """A number such as 2024.3 (March) or a day number with a time. 2024.1 may have been 2024.10."""
    if int(number) in _SERIALS:
        return _SERIAL_ORIGIN + dt.timedelta(days=int(number))
    year, _, month_digits = f"{number:.10g}".partition(".")
    if month_digits == "1" and FIRST_YEAR <= number <= LAST_YEAR:
        raise InvalidInput("", number, Rule.MONTH_CUT, f"{year}-01 / {year}-10")
    if len(year) != 4 or len(month_digits) > 2:
        raise InvalidInput("", number, Rule.DATE, "2024-03-01")
    return _day((int(year), int(month_digits), 1), number)


def _digits(digits: str, cell: Cell) -> dt.date:
    """20240301, 202403, 2024 or a spreadsheet's day number."""
    if len(digits) == 5 and int(digits) in _SERIALS:
        return _SERIAL_ORIGIN + dt.timedelta(days=int(digits))
    if len(digits) not in (4, 6, 8):
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01")
    return _day((int(digits[:4]), int(digits[4:6] or 1), int(digits[6:] or 1)), cell)


def _year_first(found: re.Match[str], _: Cell) -> _Parts:
    return int(found[1]), int(found[2] or 1), int(found[3] or 1)


def _republic(found: re.Match[str], _: Cell) -> _Parts:
    """Taiwan's calendar counts from 1912 as year 1."""
    return int(found[1]) + 1911, int(found[2] or 1), int(found[3] or 1)


def _year_last(found: re.Match[str], cell: Cell) -> _Parts:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        options = f"{year}-{first:02}-{second:02} / {year}-{second:02}-{first:02}"
        raise InvalidInput("", cell, Rule.DAY_OR_MONTH, options)
    return (year, second, first) if first > 12 else (year, first, second)


def _no_year(found: re.Match[str], cell: Cell) -> _Parts:
    raise InvalidInput("", cell, Rule.YEAR_MISSING, f"YYYY-{int(found[1]):02}-{int(found[2]):02}")


def _short_year(found: re.Match[str], cell: Cell) -> _Parts:
    raise InvalidInput(
        "", cell, Rule.YEAR_SHORT, f"20{int(found[1]):02}-{int(found[2]):02}-{int(found[3] or 1):02}"
    )


def _day_named_month(found: re.Match[str], _: Cell) -> _Parts:
    return int(found[3]), _MONTHS[found[2]], int(found[1] or 1)


def _named_month_day(found: re.Match[str], _: Cell) -> _Parts:
    return int(found[3]), _MONTHS[found[1]], int(found[2] or 1)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Cell], _Parts]], ...] = (
    (
        re.compile(r"([0-9]{4})\s*[-/.年]\s*(?:([0-9]{1,2})\s*(?:[-/.月]\s*(?:([0-9]{1,2})\s*[日号]?)?)?)?"),
        _year_first,
    ),
    (
        re.compile(
            r"民国\s*([0-9]{1,3})\s*[-/.年]\s*(?:([0-9]{1,2})\s*(?:[-/.月]\s*(?:([0-9]{1,2})\s*[日号]?)?)?)?"
        ),
        _republic,
    ),
    (re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})"), _year_last),
    (re.compile(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?"), _no_year),
    (
        re.compile(r"'?([0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*(?:[-/.月]\s*(?:([0-9]{1,2})\s*[日号]?)?)?"),
        _short_year,
    ),
    (re.compile(rf"(?:([0-9]{{1,2}})(?:st|nd|rd|th)?[-\s]+)?{_MONTH}[-,\s]*([0-9]{{4}})"), _day_named_month),
    (re.compile(rf"{_MONTH}\s*([0-9]{{1,2}})(?:st|nd|rd|th)?[,\s]+([0-9]{{4}})"), _named_month_day),
)


def _written_day(text: str, cell: Cell) -> dt.date:
    bare = _TAIL.sub("", text.strip()).strip()
    if re.fullmatch("[0-9]+", bare):
        return _digits(bare, cell)
    for form, parts in _FORMS:
        if found := form.fullmatch(bare):
            return _day(parts(found, cell), cell)
    raise InvalidInput("", cell, Rule.DATE, "2024-03-01")


def _day(parts: _Parts, cell: Cell) -> dt.date:
    year, month_number, day = parts
    _checked_year(year, cell)
    if not 1 <= month_number <= 12 or day < 1:
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01")
    last = calendar.monthrange(year, month_number)[1]
    if day > last:
        raise InvalidInput("", cell, Rule.NO_SUCH_DAY, f"{year}-{month_number:02}-{last:02}")
    return dt.date(year, month_number, day)


def _checked_year(year: int, cell: Cell) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput("", cell, Rule.YEAR)
    return year


def _at(day: dt.date, clock: re.Match[str], cell: Cell) -> dt.datetime:
    hour, minute, second = (int(clock[i] or 0) for i in (1, 2, 3))
    if clock[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise InvalidInput("", cell, Rule.DATE, f"{day.isoformat()} 14:30")
    return _utc(dt.datetime.combine(day, dt.time(hour, minute, second), _zone(clock[5] or "", cell)))


def _zone(written: str, cell: Cell) -> dt.timezone:
    if written in ("", "z", "utc", "gmt"):
        return dt.UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        raise InvalidInput("", cell, Rule.DATE, "2024-03-01 14:30 +0800")
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if written[0] == "-" else offset)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _utc(time: dt.datetime) -> dt.datetime:
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
