"""What a match run is asked for, as staff say it: one frozen value that can be kept, compared and copied."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar

from matcher.assignment.problem import Importance, Objective
from matcher.errors import InvalidInput
from matcher.matching.answers import Filters
from matcher.profiles import PARTNER_ROLES, Role

MOST_MEETINGS = 1000
MOST_ALTERNATES = 50
MOST_SLOTS = 200

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The times of a meeting day, by `labels` ("09:00"), and who cannot come when.

    `away` has, for the id of a startup or partner, the labels of the slots it is not there. Everybody is
    there otherwise.

    Raises:
        InvalidInput: no slot, one that comes twice, or an absence from one that there is not or said twice.
    """

    labels: tuple[str, ...]
    away: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= len(self.labels) <= MOST_SLOTS or len(set(self.labels)) < len(self.labels):
            rule = f"must be 1 to {MOST_SLOTS} different slots"
            raise InvalidInput("slots", ", ".join(self.labels), rule, "give each one a name of its own")
        for who, labels in self.away.items():
            if len(set(labels)) < len(labels):
                raise InvalidInput("slots.away", who, "is away from one slot twice", "name each slot once")
            for label in set(labels) - set(self.labels):
                raise InvalidInput(
                    "slots.away", f"{who}: {label}", "is no slot of this day", "name it in labels"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One match run's question.

    Each startup of the cohort meets at least `startup_min` and at most `startup_max` partners of `role`.
    A partner has the places that its profile declares, `capacity` where it declares none, or what
    `capacities` says for this run by its id; minimum loads are those of the profiles. A startup meets at
    most `per_firm` partners of one firm (see `matcher.cohorts.firms`), None for no limit. Whoever is met has
    the `must_have` labels; a startup that needs one of the services `must_meet` meets only those who offer
    one it needs (in place of `must_have.offers`). The importances say how far a minimum, a minimum load or
    the firms' limit may give way. `alternates` are kept for each startup; `arcs` candidates of each startup
    are tried first, and more where they could be better.

    Raises:
        InvalidInput: a figure out of its range, a minimum above the maximum.
    """

    role: Role
    objective: Objective = Objective.NOBODY_LEFT_OUT
    startup_min: int = 0
    startup_max: int = 3
    capacity: int = 3
    capacities: Mapping[str, int] = field(default_factory=dict)
    per_firm: int | None = None
    must_have: Filters = field(default_factory=Filters)
    must_meet: tuple[str, ...] = ()
    startup_importance: Importance = Importance.MUST
    partner_importance: Importance = Importance.MUST
    firm_importance: Importance = Importance.MUST
    slots: Slots | None = None
    alternates: int = 5
    arcs: int = 50

    def __post_init__(self) -> None:
        if self.role not in PARTNER_ROLES:
            raise InvalidInput("role", self.role, "is not a partner's", "say mentor or investor")
        _check_range("startup_min", self.startup_min, 0, MOST_MEETINGS)
        _check_range("startup_max", self.startup_max, 1, MOST_MEETINGS)
        if self.startup_min > self.startup_max:
            rule = f"is more than the {self.startup_max} meetings that a startup may have at most"
            raise InvalidInput("startup_min", self.startup_min, rule, "lower the one or raise the other")
        _check_range("capacity", self.capacity, 0, MOST_MEETINGS)
        for who, places in self.capacities.items():
            _check_range(f"capacities.{who}", places, 0, MOST_MEETINGS)
        if self.per_firm is not None:
            _check_range("per_firm", self.per_firm, 1, MOST_MEETINGS)
        _check_range("alternates", self.alternates, 0, MOST_ALTERNATES)
        _check_range("arcs", self.arcs, 1, 10_000)

    def to_json(self) -> dict[str, Any]:
        """The configuration as JSON says it; `configuration_of` reads it again."""
        plain = {name: _plain(value) for name, value in asdict(self).items()}
        return {**plain, "must_have": {name: labels for name, labels in plain["must_have"].items() if labels}}


def configuration_of(given: Mapping[str, Any]) -> Configuration:
    """The configuration that a JSON object says; what it leaves out has its default.

    Raises:
        InvalidInput: a member that there is not, a value of another kind or out of its range.
    """
    _refuse_unknown("", given, [each.name for each in fields(Configuration)])
    if "role" not in given:
        raise InvalidInput("role", "", "is needed", "say mentor or investor")
    return Configuration(**{name: _READERS[name](name, value) for name, value in given.items()})


def _choice(kind: type[Choice], name: str, value: object) -> Choice:
    known = [each.value for each in kind]
    if value not in known:
        raise InvalidInput(name, value, "is none of the choices", f"say {', '.join(known)}")
    return kind(str(value))


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidInput(name, value, "must be a whole number")
    return value


def _whole_or_none(name: str, value: object) -> int | None:
    return None if value is None else _whole(name, value)


def _labels(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(label, str) and label for label in value):
        raise InvalidInput(name, value, "must be a list of labels")
    return tuple(value)


def _once(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Each label once: runs that were kept before repeats were refused can still be read."""
    return tuple(dict.fromkeys(labels))


def _object(name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidInput(name, value, "must be an object")
    return value


def _capacities(name: str, value: object) -> dict[str, int]:
    return {who: _whole(f"{name}.{who}", places) for who, places in _object(name, value).items()}


def _filters(name: str, value: object) -> Filters:
    given = _object(name, value)
    _refuse_unknown(f"{name}.", given, list(Filters.__dataclass_fields__))
    return Filters(**{field_: _labels(f"{name}.{field_}", labels) for field_, labels in given.items()})


def _slots(name: str, value: object) -> Slots | None:
    if value is None:
        return None
    given = _object(name, value)
    _refuse_unknown(f"{name}.", given, ["labels", "away"])
    away = _object(f"{name}.away", given.get("away", {}))
    return Slots(
        labels=_labels(f"{name}.labels", given.get("labels", ())),
        away={who: _once(_labels(f"{name}.away.{who}", labels)) for who, labels in away.items()},
    )


_READERS: Mapping[str, Any] = {
    "role": lambda name, value: _choice(Role, name, value),
    "objective": lambda name, value: _choice(Objective, name, value),
    "startup_min": _whole,
    "startup_max": _whole,
    "capacity": _whole,
    "capacities": _capacities,
    "per_firm": _whole_or_none,
    "must_have": _filters,
    "must_meet": _labels,
    "startup_importance": lambda name, value: _choice(Importance, name, value),
    "partner_importance": lambda name, value: _choice(Importance, name, value),
    "firm_importance": lambda name, value: _choice(Importance, name, value),
    "slots": _slots,
    "alternates": _whole,
    "arcs": _whole,
}


def _refuse_unknown(prefix: str, given: Mapping[str, Any], known: list[str]) -> None:
    for name in given:
        if name not in known:
            raise InvalidInput(
                f"{prefix}{name}",
                given[name],
                "is no setting of a match run",
                f"known are {', '.join(known)}",
            )


def _check_range(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidInput(name, value, f"must be from {least} to {most}")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value
