"""Thresholds of the data checks. A share is of 1; "times" is how many times as much."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from matcher.errors import InvalidInput

ERRORS = (
    "profiles_none",
    "role_vanished",
    "profiles_dropped",
    "profiles_jumped",
    "interactions_dropped",
    "field_emptied",
    "duplicate_profiles",
    "duplicate_events",
    "dates_in_future",
    "dates_implausible",
    "dates_before_founding",
    "dates_swapped",
    "timing_impossible",
)
"""The codes that may stop a run; why each does stands in `training.weekly.checks`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """When a check speaks up. Beyond "…_warning_…" it warns, beyond "…_error_…" it stops the run.

    `accepted` are codes of ERRORS that a person has looked at and lets pass: they become warnings. It is
    needed because interactions cannot be taken back, so that what they got wrong stays there.
    """

    accepted: tuple[str, ...] = ()

    least_profiles: int = 20
    """With fewer of a role nothing is said of shares of it."""
    least_events: int = 50
    """With fewer events nothing is said of shares of them."""
    recent_days: int = 28
    """What is called recent, before today."""
    earlier_days: int = 182
    """What recent days are compared with: the days before them."""

    drop_warning_share: float = 0.2
    """Share of the live model's profiles (of a role) or interactions that are gone."""
    drop_error_share: float = 0.5
    jump_warning_times: float = 3.0
    """Profiles of a role, beside the live model's; only where `jump_least_profiles` came."""
    jump_error_times: float = 10.0
    jump_least_profiles: int = 200
    inactive_warning_share: float = 0.5
    """Share of a role's active profiles that became inactive since the live model."""

    emptied_error_share: float = 0.2
    """A column that most profiles filled has this share or less of it left."""
    thinner_warning_share: float = 0.2
    """How much smaller the share of profiles that fill a column is than at the live model."""
    shift_warning_index: float = 0.25
    """Population stability index between now and the live model; 0.25 is the customary "major shift"."""
    shift_chance: float = 1e-6
    """A shift that chance alone would bring more often than this is none."""

    weeks: int = 12
    """How many weeks before the last are its measure."""
    least_weeks: int = 6
    """With a shorter history nobody can tell what a usual week is."""
    low_deviations: float = 4.0
    """Robust standard deviations (by MAD, at least Poisson's) below the median from which a week is low …"""
    low_warning_share: float = 0.33
    """… if it is below this share of the median, too."""
    high_warning_times: float = 3.0
    """A week with so many times the busiest of the weeks before is too much …"""
    high_least_events: int = 50
    """… unless it has fewer events than this."""

    future_grace_days: int = 1
    """A time without zone, read as UTC, may lie so far ahead."""
    future_warning_share: float = 0.01
    """Of what happened recently or later."""
    future_error_share: float = 0.2
    earliest_year: int = 1990
    """Nothing that Bole is told of happened earlier; spreadsheets' day 0 is in 1900, computers' in 1970."""
    implausible_warning_share: float = 0.01
    implausible_error_share: float = 0.2
    founding_grace_days: int = 365
    """Founders meet partners before the company is registered."""
    founding_warning_share: float = 0.1
    founding_error_share: float = 0.3
    one_day_warning_share: float = 0.5
    """Share of half a year's events on one day, where there were at least `least_active_days`."""
    least_active_days: int = 10
    swap_warning_share: float = 0.1
    """Share of the dates with two readings (day/month, month/day) that fit their pair better the other
    way."""
    swap_error_share: float = 0.4
    order_warning_share: float = 0.05
    """Share of the pairs with a cause and its effect whose effect came first."""
    order_error_share: float = 0.4

    repeats_warning_share: float = 0.05
    """Share of the decided events that repeat pair, type and day of another."""
    repeats_error_share: float = 0.4
    same_profiles_warning_share: float = 0.05
    """Share of a role's profiles that repeat all that another one of their organisation says."""
    same_profiles_error_share: float = 0.3
    same_text_warning_share: float = 0.2
    """Share of a role's profiles that have one and the same text."""

    dominant_warning_share: float = 0.25
    """Share of the recent events of one startup, partner or organisation …"""
    dominant_warning_times: float = 3.0
    """… if it is so many times its earlier share and `dominant_even_times` an even share."""
    dominant_even_times: float = 4.0
    dominant_least_events: int = 40
    """Its own; a startup that goes through its list in a week has fewer."""
    vanished_type_share: float = 0.2
    """A type of event that has this share or less of what its earlier share lets expect …"""
    vanished_type_events: int = 20
    """… where at least so many were expected."""

    textless_note_share: float = 0.2
    textless_warning_share: float = 0.7
    incomparable_note_share: float = 0.02
    """Share of a role's profiles without text, without any label and without a past."""
    incomparable_warning_share: float = 0.2
    unknown_label_note_share: float = 0.1
    """Share of a field's labels that no catalogue knows."""
    unknown_label_warning_share: float = 0.4
    orphaned_note_share: float = 0.05
    """Share of recent events whose startup or partner was deleted."""
    orphaned_warning_share: float = 0.5
    least_ratings: int = 20
    full_note_share: float = 0.3
    """Share of the active partners with a capacity that have no place left."""
    full_warning_share: float = 0.8

    def __post_init__(self) -> None:
        _check_accepted(self.accepted)
        for field in fields(self):
            if field.name != "accepted":
                _check_number(field.name, getattr(self, field.name), whole=field.type is int)
        for name in (field.name for field in fields(self)):
            self._check_milder(name, name.replace("_note_", "_warning_"))
            self._check_milder(name, name.replace("_warning_", "_error_"))

    def _check_milder(self, name: str, worse: str) -> None:
        """What warns must not lie beyond what stops, nor what notes beyond what warns."""
        most = getattr(self, worse, None)
        if most is not None and worse != name and getattr(self, name) > most:
            raise InvalidInput(name, getattr(self, name), f"must be at most {worse}, {most}")


def settings_from(mapping: Mapping[str, object]) -> CheckSettings:
    """The settings that a table (of a TOML file) asks for; what it does not name keeps its default.

    Raises:
        InvalidInput: a name that is no setting, or a value that breaks the setting's rule.
    """
    known = {field.name: field for field in fields(CheckSettings)}
    for name in mapping:
        if name not in known:
            raise InvalidInput(name, mapping[name], "is no setting of the checks", "see CheckSettings")
    values = dict(mapping)
    if isinstance(values.get("accepted"), list):
        values["accepted"] = tuple(values["accepted"])  # type: ignore[arg-type]
    return CheckSettings(**values)  # type: ignore[arg-type]


def _check_accepted(codes: object) -> None:
    rule = "is no list of codes that may stop a run"
    if not isinstance(codes, tuple):
        raise InvalidInput("accepted", codes, rule, f"name some of {', '.join(ERRORS)}")
    for code in codes:
        if code not in ERRORS:
            raise InvalidInput(
                "accepted", code, "is no code that may stop a run", f"one of {', '.join(ERRORS)}"
            )


def _check_number(name: str, value: object, *, whole: bool) -> None:
    kinds = (int,) if whole else (int, float)
    least, most = _range(name)
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
        kind = "a whole number" if whole else "a number"
        raise InvalidInput(name, value, f"must be {kind} from {least:,} to {most:,}")


def _range(name: str) -> tuple[int, int]:
    if name.endswith(("_share", "_chance")):
        return 0, 1
    if name.endswith("_index"):
        return 0, 100
    if name == "earliest_year":
        return 1900, 2100
    return (0, 36_500) if "grace" in name else (1, 1_000_000)
