"""Amounts of money in full, as a reader of the language would write them: nothing is rounded away."""

from decimal import Decimal
from typing import Literal

Language = Literal["zh", "en"]

_NAMES = {
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "TWD": "新台币",
    "SGD": "新加坡元",
    "KRW": "韩元",
}
_STEPS = ((10**8, "亿"), (10**4, "万"))


def amount_in_full(amount: int, currency: str, language: Language) -> str:
    """19万元, 1.2345亿元, 9800美元 in Chinese; CNY 190,000 in English. The amount is in whole units."""
    if language == "en":
        return f"{currency} {amount:,}".strip()
    size, unit = next(((size, unit) for size, unit in _STEPS if abs(amount) >= size), (1, ""))
    figure = (Decimal(amount) / size).normalize()
    return f"{figure:f}{unit}{_NAMES.get(currency, currency)}"
