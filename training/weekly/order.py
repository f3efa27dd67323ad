"""What a weekly run is asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from training.factors import FactorSettings
from training.train import DEFAULT
from training.weekly.probes import Pair
from training.weekly.settings import WeeklySettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Learn from all before `as_of`. `by` names who asked, `probes` are pairs of keys that people know to be
    good."""

    as_of: dt.date
    today: dt.date
    by: str
    probes: Sequence[Pair] = ()
    settings: WeeklySettings = field(default_factory=WeeklySettings)
    factors: FactorSettings = DEFAULT
