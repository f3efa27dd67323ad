"""A portrait of the profiles: how many there are, which columns they fill and with what.

It is kept in the facts of every model, so that the next run can tell what changed since the live model was
trained. It counts labels of the catalogues only; nothing in it can be traced to a profile.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from matcher.features.attributes import industry_terms, region_terms, service_terms, stage_terms
from matcher.profiles import COLUMNS, Profile, Role, Status

Counts = Mapping[str, Mapping[str, int]]
"""Counts by role and column."""

_UNSEEN = {"id", "name", "status", "exclude", "conflicts", "min_load", "tags", "languages"}
FILLED = {role: tuple(name for name in columns if name not in _UNSEEN) for role, columns in COLUMNS.items()}
"""The columns of each role whose filling is watched."""

UNKNOWN = "~"
"""Stands for all labels that no catalogue knows."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """Counts of profiles by role: all, the active ones, those that fill each column, and how often each
    column names each top-level term of its catalogue ("industry:ai", "~" for the unknown). None: nobody
    counted."""

    profiles: Mapping[str, int] = field(default_factory=dict)
    interactions: int | None = None
    active: Mapping[str, int] = field(default_factory=dict)
    filled: Counts = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """JSON-ready; see `portrait_from`."""
        return {name: getattr(self, name) for name in self.__slots__}


NO_PORTRAIT = Portrait()


def portrait_of(profiles: Sequence[Profile], interactions: int) -> Portrait:
    """The portrait of the profiles; `interactions` is how many there were."""
    by_role = {role: [profile for profile in profiles if profile.role is role] for role in Role}
    return Portrait(
        profiles={role.value: len(some) for role, some in by_role.items()},
        interactions=interactions,
        active={role.value: _active(some) for role, some in by_role.items()},
        filled={role.value: _filled(role, some) for role, some in by_role.items()},
        labels={role.value: _labels(role, some) for role, some in by_role.items()},
    )


def portrait_from(facts: Mapping[str, object]) -> Portrait:
    """The portrait in the data facts of a model. An older model's facts have only some of it.

    >>> portrait_from({"profiles": {"startup": 3}, "deals": {}}).profiles
    {'startup': 3}
    """
    known = {name: facts[name] for name in Portrait.__slots__ if name in facts}
    return Portrait(**known)  # type: ignore[arg-type]


def term_of(column: str, label: str) -> str:
    """The term under which a label is counted: top-level industry or service, stage, province or state.

    UNKNOWN where no catalogue knows the label, "" for a blank.
    """
    terms = _TERMS[column](label)
    if not terms:
        return ""
    return UNKNOWN if ":~" in terms[0] else terms[_LEVEL.get(column, 0) if len(terms) > 1 else 0]


def labels_of(profile: Profile, column: str) -> tuple[str, ...]:
    """What the profile wrote in the column, as labels."""
    written = getattr(profile, column)
    return (written,) if isinstance(written, str) else written


_TERMS: Mapping[str, Callable[[str], tuple[str, ...]]] = MappingProxyType(
    {
        "industries": lambda label: industry_terms((label,)),
        "region": region_terms,
        "stage": stage_terms,
        "stages": stage_terms,
        "needs": lambda label: service_terms((label,)),
        "offers": lambda label: service_terms((label,)),
    }
)
_LEVEL = MappingProxyType({"region": 1, "stage": -1, "stages": -1})
LABELLED = {role: tuple(name for name in FILLED[role] if name in _TERMS) for role in Role}
"""The columns of each role whose labels a catalogue knows."""


def _active(profiles: Iterable[Profile]) -> int:
    return sum(profile.status is Status.ACTIVE for profile in profiles)


def _filled(role: Role, profiles: Iterable[Profile]) -> dict[str, int]:
    """How many profiles say something in each column; 0 and False say something."""
    counts = Counter(
        name for profile in profiles for name in FILLED[role] if getattr(profile, name) not in (None, "", ())
    )
    return {name: counts[name] for name in FILLED[role]}


def _labels(role: Role, profiles: Sequence[Profile]) -> dict[str, dict[str, int]]:
    return {
        column: _terms(Counter(getattr(p, column) for p in profiles), column) for column in LABELLED[role]
    }


def _terms(written: Mapping[str | tuple[str, ...], int], column: str) -> dict[str, int]:
    """How many profiles name each term, of how many wrote what in the column; blanks are no terms."""
    counts = Counter[str]()
    for value, times in written.items():
        labels = (value,) if isinstance(value, str) else value
        for term in {term_of(column, label) for label in labels} - {""}:
            counts[term] += times
    return dict(counts)
