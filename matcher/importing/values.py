"""One cell to one value: whole numbers, percentages, terms, yes/no, lists, words.

Each function takes a cell that is not blank (see `cells.is_blank`).
"""

import re
from collections.abc import Iterator, Mapping

from matcher.errors import InvalidInput
from matcher.importing.cells import Cell, is_blank, text_of
from matcher.importing.figures import NO_UNIT, Span, Unit, span
from matcher.importing.nearest import nearest
from matcher.importing.rules import Rule
from matcher.importing.words import by_word, load
from matcher.interactions import InteractionType
from matcher.profiles import Status
from matcher.text.comparable import comparable

_SEPARATOR = re.compile(r"[;；、|｜,，\n\r]+")
_OPENING = re.compile(r"(?=[(（\[【])")
_CLOSING = ")）]】"
_PEOPLE = "人次|名|位|家|个|项|人|年度|persons?|people|staff|employees|startups?"
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_PERCENT_WORDS = r"百分之|%|percent|\bp\.?a\b\.?|年化|年?利率|/年|每年"
_POINTS = r"分|颗?星|/ *5$|stars?|points?"
_TERM_UNITS = (("years?|yrs?|年期?", 12), ("months?|mos?|个月|月期?|期", 1))
_FREE_OF_INTEREST: frozenset[str] = frozenset(load("words")["interest_free"])
_FRACTION_BELOW = 0.3

_YES: frozenset[str] = frozenset(load("words")["yes"])
_NO: frozenset[str] = frozenset(load("words")["no"])
_STATUSES = by_word(load("words")["statuses"])
_TYPES = by_word(load("words")["interactions"])


def whole(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """A count (约10人, 10-20, 50+) as a span of whole numbers; its `middle` may need rounding.

    Raises:
        InvalidInput: no number, or one with a fraction.
    """
    read = _span(cell, _words_out(cell, _PEOPLE), Unit(scale=unit.scale), Rule.NUMBER, "10")
    if any(end is not None and not end.is_integer() for end in (read.low, read.high)):
        raise InvalidInput("", cell, Rule.WHOLE, str(round(read.middle)))
    return read


def percent(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """A rate in percent a year: 4.35% → 4.35. A bare figure below 0.3 is a fraction of one, not exact.

    A spreadsheet stores 4.35% as 0.0435 and the format is lost on reading, hence the second sentence.

    Raises:
        InvalidInput: no number.
    """
    if isinstance(cell, str) and comparable(cell) in _FREE_OF_INTEREST:
        return Span(0.0, 0.0)
    bare = _words_out(cell, _PERCENT_WORDS)
    read = _span(cell, bare, NO_UNIT, Rule.PERCENT, "4.35%")
    if unit.word == "%" or (isinstance(cell, str) and bare != comparable(cell)):
        return read
    return _scaled(read, 100, exact=False) if 0 < read.middle < _FRACTION_BELOW else read


def months(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """A term in months: 12, 12个月, 1年 → 12, 1-3年 → 12 to 36.

    Bare numbers are months unless the header says years.

    Raises:
        InvalidInput: no number of months or years.
    """
    bare, factor = cell, 12 if unit.word == "年" else 1
    for words, count in _TERM_UNITS if isinstance(cell, str) else ():
        if re.search(words, comparable(str(cell))):
            bare, factor = _words_out(cell, words), count
            break
    read = _span(cell, bare, NO_UNIT, Rule.MONTHS, "12 / 1年")
    return _scaled(read, factor, exact=read.exact)


def rating(cell: Cell, unit: Unit = NO_UNIT) -> Span:
    """A figure such as a rating: 4, 4.5分, 五星 → 5.

    Raises:
        InvalidInput: no number.
    """
    return _span(cell, _words_out(cell, _POINTS), Unit(scale=unit.scale), Rule.NUMBER, "4")


def boolean(cell: Cell) -> bool:
    """Yes or no in Chinese, English or a tick.

    Raises:
        InvalidInput: anything else.
    """
    if isinstance(cell, bool):
        return cell
    word = comparable(text_of(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise InvalidInput("", cell, Rule.BOOLEAN, "是 / 否, yes / no")


def labels(cell: Cell) -> tuple[str, ...]:
    """The parts of a list, as written, without blanks and repeats; separators in brackets do not count."""
    parts = (part.strip() for part in _parts(text_of(cell)))
    return tuple(dict.fromkeys(part for part in parts if not is_blank(part)))


def _parts(text: str) -> Iterator[str]:
    """The text between its separators; one that a closing bracket follows before any opening one is none."""
    part = ""
    for stretch in _OPENING.split(text):
        closed = max(map(stretch.rfind, _CLOSING)) + 1
        first, *others = _SEPARATOR.split(stretch[closed:])
        part += stretch[:closed] + first
        for other in others:
            yield part
            part = other
    yield part


def status(cell: Cell) -> Status:
    """The status behind a word such as 在孵, 毕业 or paused.

    Raises:
        InvalidInput: an unknown word.
    """
    written = comparable(text_of(cell))
    word = next((word for word in (written, _BRACKETED.sub("", written).strip()) if word in _STATUSES), None)
    if word is None:
        raise InvalidInput("", cell, Rule.STATUS, nearest(written, tuple(_STATUSES)) or _choices(_STATUSES))
    return Status(_STATUSES[word])


def interaction_type(cell: Cell) -> InteractionType:
    """The kind of interaction behind a word such as 约见, 婉拒 or met.

    Raises:
        InvalidInput: an unknown word.
    """
    word = comparable(text_of(cell))
    if word not in _TYPES:
        raise InvalidInput("", cell, Rule.TYPE, nearest(word, tuple(_TYPES)) or _choices(_TYPES))
    return InteractionType(_TYPES[word])


def _choices(meanings: Mapping[str, str]) -> str:
    """Every meaning with its first Chinese word: 见面 (met) / …"""
    words = {meaning: word for word, meaning in reversed(list(meanings.items())) if not word.isascii()}
    return " / ".join(f"{words[meaning]} ({meaning})" for meaning in dict.fromkeys(meanings.values()))


def _words_out(cell: Cell, words: str) -> Cell:
    return re.sub(words, " ", comparable(cell)) if isinstance(cell, str) else cell


def _span(cell: Cell, bare: Cell, unit: Unit, rule: Rule, example: str) -> Span:
    """The span of `bare`; where that is no number, `cell` breaks the rule."""
    try:
        return span(bare, unit)
    except InvalidInput as error:
        if error.rule != Rule.NUMBER:
            raise InvalidInput("", cell, error.rule, error.remedy) from error
        raise InvalidInput("", cell, rule, example) from error


def _scaled(read: Span, factor: int, *, exact: bool) -> Span:
    low, high = (None if end is None else round(end * factor, 6) for end in (read.low, read.high))
    return Span(low, high, exact=exact)
