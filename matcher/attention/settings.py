"""When a ledger signals something: thresholds, each with its unit in its name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionSettings:
    """The thresholds of the rules. A share is of 1; "times" is how many times as much; months are calendar's.

    `attention.toml` in Bole's home may set any of them by its name; see `matcher.attention.settings_file`.
    """

    runway_months: float = 6.0
    """Cash that lasts shorter than this, at the mean net burn of …"""
    burn_months: int = 3
    """… so many recent months, of which …"""
    burn_known_months: int = 2
    """… at least so many must be known."""

    usual_months: int = 6
    """A figure is usual if it is the median of so many months before the latest, of which …"""
    usual_known_months: int = 3
    """… at least so many must be known."""
    present_fall_share: float = 0.25
    """How much fewer people than usual are present, while …"""
    orders_rise_share: float = 0.3
    """… orders are so much more than usual."""
    least_people: int = 5
    """With fewer people one who is ill would be a signal."""

    present_low_share: float = 0.6
    """Less than this share of the headcount present, in each of …"""
    present_low_months: int = 2
    """… so many months."""

    over_capacity_times: float = 1.4
    """Orders beyond so many times the capacity (the best month's revenue of …"""
    capacity_months: int = 12
    """… so many months), in each of …"""
    over_capacity_months: int = 2
    """… so many months."""

    falling_months: int = 3
    """Revenue fell in each of so many months, and …"""
    falling_share: float = 0.25
    """… by this share in all."""

    headcount_months: int = 6
    """Headcount is compared with that of so many months ago."""
    headcount_growth_share: float = 0.5
    headcount_growth_people: int = 5
    headcount_fall_share: float = 0.3
    headcount_fall_people: int = 3

    missing_months: int = 2
    """So many due months without a report; then older figures tell nothing of today."""

    graver_times: float = 2.0
    """So many times over its threshold a signal is one step more severe."""
    worse_times: float = 1.25
    """A signal that staff have decided on comes back where it is so many times as grave, or more severe …"""
    quiet_months: int = 6
    """… or after so many months."""
