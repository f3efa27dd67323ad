"""How the weekly run judges: thresholds, each with its unit and its reason."""

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.shown import KEPT_DAYS
from training.weekly.checks import CheckSettings


class WhenUnsure(StrEnum):
    """What becomes of a candidate when there is too little feedback to tell it from the live model."""

    PROMOTE = "promote"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSettings:
    """When a candidate may go live.

    Quality is nDCG@10 on the holdout, candidate − live with its 95 % interval (paired bootstrap over the
    queries). Not worse: the lower end is at least −`margin`. Else worse: the upper end is below 0, or the
    mean below −`margin` by more than its standard error. Between the two, and with fewer than
    `least_queries`, nobody can tell, and `when_unsure` decides. The default promotes: a model that learned
    from little stays near the expert prior, and knows the new profiles.
    """

    holdout_days: int = 91
    """A quarter: incubators have few deals a week."""
    margin: float = 0.01
    least_queries: int = 20
    when_unsure: WhenUnsure = WhenUnsure.PROMOTE
    coverage_least: float = 0.7
    """Share of the live model's coverage (of partners, by lists of ten) that the candidate must keep."""
    gini_more_most: float = 0.1
    """How much higher the Gini coefficient of exposure may be."""
    ece_most: float = 0.05
    """Expected calibration error of the score over all candidates of the holdout, unless `ece_more_most`
    times the live model's is more."""
    ece_more_most: float = 1.5
    probes_least: float = 0.6
    """Share of the known good pairs that must stand in the better half of their list (a coin gives 0.5)."""
    overlap_least: float = 0.1
    """Least mean overlap@10 with the lists of the rehearsal: what serves must resemble what was judged."""
    slower_most: float = 2.0
    """Times the live model's median milliseconds for a list, beyond `slow_milliseconds`."""
    slow_milliseconds: float = 250.0
    larger_most: float = 3.0
    """Times the live bundle's size, beyond `large_mebibytes`."""
    large_mebibytes: float = 256.0
    most_pairs: int = 5_000_000
    """Pairs scored for a role and a model, at about five microseconds each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    """Everything that the weekly run can be told. `keep`: how many old versions stay in the registry;
    `keep_shown_days`: for how long it is known what was shown to whom."""

    gate: GateSettings = field(default_factory=GateSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    keep: int = 8
    keep_shown_days: int = KEPT_DAYS
