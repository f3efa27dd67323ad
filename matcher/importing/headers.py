"""Header cells: from 拟融资额（万元）* to the field raising_amount and the unit of its bare numbers."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.importing.aliases import JOINED, REQUIRED, aliases, ignored
from matcher.importing.currencies import take_currency
from matcher.importing.figures import NO_UNIT, Unit
from matcher.importing.kinds import Kind
from matcher.importing.nearest import nearest
from matcher.importing.plan import LEFT_OUT, NO_MEANINGS, Meanings
from matcher.text.comparable import comparable

_BRACKETED = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NOISE = re.compile(r"[\s*＊:：_\-/\\.。、'\"“”]+|必填|选填|可选|请填写|required|optional")
_UNIT_TAIL = re.compile(r"(?:单位)?((?:[十百千万亿]+(?:元|美元|人民币|港元|欧元)?|元|美元|%))$")
_SCALE = {
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "k": 1e3,
    "m": 1e6,
    "thousand": 1e3,
}
_SCALE |= {"million": 1e6, "": 1.0}
_LEAST = re.compile("最低|最小|最少|下限|至少|不少于|起投|min|least|lowest|smallest")
_MOST = re.compile("最高|最大|最多|上限|至多|不超过|max|most|highest|largest")
_NUMBERED = re.compile(r"[0-9一二三]$")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A recognised column: `position` counts from 0, `header` is as written. Equal only to itself."""

    field: str
    header: str
    position: int
    unit: Unit = NO_UNIT


@dataclass(frozen=True, slots=True)
class Heading:
    """A header row read as one kind's: what was recognised, what was not, what repeats a column."""

    kind: Kind
    columns: tuple[Column, ...]
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns)

    @property
    def complete(self) -> bool:
        """Whether every column that the kind cannot do without is there."""
        return all(not self.fields.isdisjoint(group) for group in REQUIRED[self.kind])


def unit_of(text: str) -> Unit:
    """The unit that a header names in brackets (万元, 单位：万美元, %, 年); NO_UNIT where it names none."""
    word = comparable(text).removeprefix("单位").strip(": ")
    if word in ("%", "年", "月", "个月", "year", "years", "month", "months"):
        return Unit(word={"year": "年", "years": "年"}.get(word, word))
    rest, code = take_currency(word)
    scale = _SCALE.get(rest.strip())
    return Unit(scale, code, word) if scale is not None and (code or scale != 1.0) else NO_UNIT


def field_of(header: str, kind: Kind, meanings: Meanings = NO_MEANINGS) -> tuple[str, Unit] | None:
    """The field and unit behind a header cell of a kind of file, None where it is not known.

    What people said (`meanings`) goes first; a column that they leave out has the field "".
    """
    names = _fields(kind)
    bare = _BRACKETED.sub("", header)
    units = [unit for inside in _BRACKETED.findall(header) if (unit := unit_of(inside)) is not NO_UNIT]
    unit = units[-1] if units else NO_UNIT
    said = meanings.get(kind, {}).get(header_key(header))
    if said is not None and (said == LEFT_OUT or said in fields_of(kind)):
        return said, unit
    for written in (header, bare, _NUMBERED.sub("", bare.strip())):
        if field := names.get(header_key(written)):
            return field, unit
    tail = _UNIT_TAIL.search(header_key(bare))
    if tail and (field := names.get(header_key(bare)[: tail.start()])):
        return field, unit_of(tail[1])
    return None


def fields_of(kind: Kind) -> tuple[str, ...]:
    """Every field that a column of the kind may fill, each once."""
    return tuple(dict.fromkeys(aliases(kind).values()))


def read_heading(headers: Sequence[str], kind: Kind, meanings: Meanings = NO_MEANINGS) -> Heading:
    """The header row as a kind's. Empty cells are passed over; fields of JOINED may have several columns.

    Where people said which column is a field's (`meanings`), another that is known by its name gives way.
    """
    columns: list[Column] = []
    unknown, repeated = [], []
    said = meanings.get(kind, {})
    claimed = {said[header_key(header)] for header in headers if header and header_key(header) in said}
    for position, header in enumerate(headers):
        known = field_of(header, kind, meanings) if header else None
        if known is None:
            unknown += [header] if header and header_key(header) not in _ignored() else []
        elif known[0] == LEFT_OUT:
            continue
        elif known[0] not in JOINED and (
            any(column.field == known[0] for column in columns)
            or (known[0] in claimed and header_key(header) not in said)
        ):
            repeated.append(header)
        else:
            columns.append(Column(known[0], header, position, known[1]))
    return Heading(kind, tuple(columns), tuple(unknown), tuple(repeated))


def likely_header(header: str, kind: Kind) -> str:
    """The known header that an unknown one resembles ("" where none does); never one of the other end."""
    key = header_key(header)
    side = _side(key)
    return nearest(key, tuple(known for known in _fields(kind) if not side or _side(known) in ("", side)))


def is_ignored(header: str) -> bool:
    """Whether a column of this header is of no use in any kind of file (序号, 电话)."""
    return header_key(header) in _ignored()


def _side(key: str) -> str:
    """Which end of a range a header names: "least", "most", or "" for neither or both."""
    least, most = _LEAST.search(key), _MOST.search(key)
    return "" if bool(least) is bool(most) else "least" if least else "most"


@functools.cache
def _fields(kind: Kind) -> dict[str, str]:
    return {header_key(alias): field for alias, field in aliases(kind).items()}


@functools.cache
def _ignored() -> frozenset[str]:
    return frozenset(map(header_key, ignored()))


@functools.lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """The header as it is compared: without signs, spaces and what forms say of it (必填)."""
    return _NOISE.sub("", comparable(header))
