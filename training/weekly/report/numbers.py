"""Figures as people write them, in Chinese and English; "–" where nobody knows."""

import datetime as dt
import math

from matcher.matching.naming import amount_text
from matcher.matching.phrases import Language

UNKNOWN = "–"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEN_THOUSAND, _MILLION = 10_000, 1_000_000
_MINUTE, _HOUR = 60, 3600
_GIBIBYTE = 1024


def known(value: float | None) -> bool:
    """Whether there is a figure at all."""
    return value is not None and math.isfinite(value)


def count(number: float, language: Language) -> str:
    """How many: 9,876; from ten thousand on 1.23万, in English from a million on 1.23M."""
    large = _TEN_THOUSAND if language == "zh" else _MILLION
    return f"{number:,.0f}" if abs(number) < large else amount_text(number, "", language)


def counted(number: float, unit: str) -> str:
    """How many of what, in Chinese: 9,876 条, 1.23万条."""
    written = count(number, "zh")
    return f"{written}{'' if written[-1] in '万亿' else ' '}{unit}"


def decimal(value: float | None, places: int = 3) -> str:
    """0.153."""
    return f"{value:.{places}f}" if value is not None and known(value) else UNKNOWN


def signed(value: float | None, places: int = 3) -> str:
    """+0.012, −0.004, ±0.000."""
    if value is None or not known(value):
        return UNKNOWN
    sign = "±" if round(value, places) == 0 else "+" if value > 0 else "−"
    return f"{sign}{abs(value):.{places}f}"


def share(value: float | None) -> str:
    """0.834 → 83%; below a tenth 8.3%, below a hundredth 0.83%."""
    if value is None or not known(value):
        return UNKNOWN
    percent = 100 * value
    places = 0 if abs(percent) >= 10 or percent == 0 else 1 if abs(percent) >= 1 else 2
    return f"{percent:.{places}f}%"


def signed_share(value: float | None) -> str:
    """0.041 → +4.1%; what is no difference to be seen ±0%."""
    if value is None or not known(value):
        return UNKNOWN
    if round(100 * value, 2) == 0:
        return "±0%"
    return ("+" if value > 0 else "−") + share(abs(value))


def duration(seconds: float, language: Language) -> str:
    """0.4 秒, 12 秒, 5 分 12 秒, 1 小时 5 分."""
    hour, minute, second = ("小时", "分", "秒") if language == "zh" else ("h", "min", "s")
    if seconds < 10:
        return f"{seconds:.1f} {second}"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} {second}"
    if whole < _HOUR:
        return f"{whole // _MINUTE} {minute} {whole % _MINUTE} {second}"
    return f"{whole // _HOUR} {hour} {whole % _HOUR // _MINUTE} {minute}"


def memory(mebibytes: float | None) -> str:
    """812 MiB, 1.3 GiB."""
    if mebibytes is None or not known(mebibytes):
        return UNKNOWN
    return f"{mebibytes:.0f} MiB" if mebibytes < _GIBIBYTE else f"{mebibytes / _GIBIBYTE:.1f} GiB"


def day(text: str, language: Language) -> str:
    """The day of an ISO 8601 text: 2026年11月22日, 22 Nov 2026."""
    on = dt.datetime.fromisoformat(text)
    return f"{on.year}年{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_month(on)} {on.year}"


def short_day(text: str, language: Language) -> str:
    """11月22日, 22 Nov."""
    on = dt.datetime.fromisoformat(text)
    return f"{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_month(on)}"


def month(text: str, language: Language) -> str:
    """11月, Nov."""
    on = dt.datetime.fromisoformat(text)
    return f"{on.month}月" if language == "zh" else _month(on)


def instant(text: str, language: Language) -> str:
    """Day and time on the clock that the text was written by, and how far that is from UTC."""
    at = dt.datetime.fromisoformat(text)
    return f"{day(text, language)} {at:%H:%M} {_zone(at)}"


def _zone(at: dt.datetime) -> str:
    minutes = int((at.utcoffset() or dt.timedelta()).total_seconds()) // _MINUTE
    hours, rest = divmod(abs(minutes), _MINUTE)
    return (
        "UTC" + (f"{'+' if minutes > 0 else '−'}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")
    )


def _month(on: dt.datetime) -> str:
    return _MONTHS[on.month - 1]
