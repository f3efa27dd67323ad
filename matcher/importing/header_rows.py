"""Which of a table's first rows is its header row, and of which kinds the table may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.importing.aliases import REQUIRED
from matcher.importing.headers import Heading, field_of, likely_header, read_heading
from matcher.importing.kinds import Kind
from matcher.importing.plan import NO_MEANINGS, Meanings

MAX_COLUMNS = 500
TELLING = 3
"""So many known headers in one row make a header row, also where the one that the kind needs is missing."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The row's place among those looked at, and the row as each kind reads it that it may be of."""

    index: int
    headings: tuple[Heading, ...]

    @property
    def known(self) -> int:
        """How many columns the kind knows that knows most."""
        return max(len(heading.columns) for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A header row without a column that its kind cannot do without."""

    index: int
    heading: Heading

    def __str__(self) -> str:
        """What was recognised, what is missing, and which header probably stands for it."""
        groups = [group for group in REQUIRED[self.heading.kind] if self.heading.fields.isdisjoint(group)]
        missing = ", ".join(" or ".join(group) for group in groups)
        wanted = {field for group in groups for field in group}
        known = ", ".join(column.header for column in self.heading.columns[:8])
        return f"its columns {known} are of {self.heading.kind}, but {missing} is missing" + _likely(
            self.heading, wanted
        )


def find_header_row(
    rows: Rows, named: Sequence[Kind], wanted: Kind | None, meanings: Meanings = NO_MEANINGS
) -> HeaderRow | Lacking | None:
    """The header row; `named` are the kinds that the file's name speaks of, `wanted` the one that was given,
    `meanings` what people said of headers.

    The name decides between kinds, but a table that says who met whom, how and when, is of interactions
    though it be called 对接台账. A row that is no whole header row does not give way to a later row that
    knows less of its columns (a bank called 银行 among the first rows of a list of investors).
    """
    kinds = (wanted,) if wanted else tuple(Kind)
    read = [[read_heading(row, kind, meanings) for kind in kinds if len(row) <= MAX_COLUMNS] for row in rows]
    by_name, by_columns = _complete(read, named), _complete(read, kinds)
    found = by_columns if by_name is None or _is_record(by_columns, by_name) else by_name
    lacking = _fullest(read, kinds if wanted else named or kinds)
    if lacking and len(lacking.heading.columns) > max(TELLING - 1, found.known if found else 0):
        return lacking
    return found


def _complete(read: Sequence[Sequence[Heading]], kinds: Sequence[Kind]) -> HeaderRow | None:
    """The first row with two known headers that is complete for a kind; failing that, with one.

    A title such as 企业 must not win over the header row below it.
    """
    for least in (2, 1):
        for index, headings in enumerate(read):
            complete = tuple(
                heading
                for heading in headings
                if heading.kind in kinds and heading.complete and len(heading.columns) >= least
            )
            if complete:
                return HeaderRow(index, complete)
    return None


def _is_record(by_columns: HeaderRow | None, by_name: HeaderRow) -> bool:
    """Whether the columns are those of interactions, and say more than the named kinds make of them."""
    found = by_columns.headings if by_columns else ()
    return any(
        heading.kind is Kind.INTERACTIONS and len(heading.columns) > by_name.known for heading in found
    )


def _fullest(read: Sequence[Sequence[Heading]], kinds: Sequence[Kind]) -> Lacking | None:
    """The row that knows most columns of a kind, where it lacks one that the kind cannot do without."""
    fullest = max(
        ((index, heading) for index, row in enumerate(read) for heading in row if heading.kind in kinds),
        key=lambda found: len(found[1].columns),
        default=None,
    )
    if fullest is None or fullest[1].complete:
        return None
    return Lacking(*fullest)


def _likely(heading: Heading, wanted: set[str]) -> str:
    """Such as "; rename 企业全程 to 企业全称", where an unknown header is like one of a `wanted` field."""
    renamed = ", ".join(f"{written} to {right}" for written, right in _renamed(heading, wanted))
    return f"; rename {renamed}" if renamed else "; name that column so"


def _renamed(heading: Heading, wanted: set[str]) -> Iterator[tuple[str, str]]:
    for written in heading.unknown:
        right = likely_header(written, heading.kind)
        known = field_of(right, heading.kind) if right else None
        if known and known[0] in wanted:
            yield written, right
