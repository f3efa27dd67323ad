"""What people say of files beyond what names and columns tell: kinds, what headers mean, corrections.

Everything is by name: a table's (file, and sheet where there are several), a header as it is compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from matcher.importing.kinds import Kind
from matcher.store import Store

Meanings = Mapping[Kind, Mapping[str, str]]
"""Kind of file → header as it is compared → field; "" where the column is to be left out."""

NO_MEANINGS: Meanings = MappingProxyType({})
LEFT_OUT = ""
"""The kind of a table that is not to be imported, and the field of a column that is not."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a cell shall say instead of `value`: in the `row` of the spreadsheet, or in every row (0), under
    the header. `value` may be one label of several in the cell."""

    table: str
    row: int
    header: str
    value: str
    instead: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`kinds` by table's name (None: leave the table out), what headers mean, and corrections."""

    kinds: Mapping[str, Kind | None] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "kinds": {table: kind.value if kind else LEFT_OUT for table, kind in self.kinds.items()},
            "meanings": {kind.value: dict(fields) for kind, fields in self.meanings.items()},
            "corrections": [
                [each.table, each.row, each.header, each.value, each.instead] for each in self.corrections
            ],
        }


USUAL = Plan()
"""Nothing is said."""


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan of what `Plan.to_dict` made."""
    return Plan(
        kinds={table: Kind(kind) if kind else None for table, kind in document["kinds"].items()},
        meanings=meanings_of(document["meanings"]),
        corrections=tuple(Correction(*each) for each in document["corrections"]),
    )


def meanings_of(document: Mapping[str, Mapping[str, str]]) -> Meanings:
    """Meanings by the kinds' names."""
    return {Kind(kind): dict(fields) for kind, fields in document.items()}


def taught(store: Store, organisation: str) -> Meanings:
    """What the organisation's own headers mean, as somebody said when they came before."""
    return meanings_of(store.uploads.meanings(organisation))


def joined(*meanings: Meanings) -> Meanings:
    """All of them; of what two say of a header the later counts."""
    return {
        kind: {header: field for each in meanings for header, field in each.get(kind, {}).items()}
        for kind in _kinds(meanings)
    }


def _kinds(meanings: Iterable[Meanings]) -> list[Kind]:
    return [kind for kind in Kind if any(kind in each for each in meanings)]
