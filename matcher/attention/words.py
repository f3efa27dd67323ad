"""Signals in words, Chinese and English: templates filled with facts."""

import string
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from matcher.attention.decisions import Decision, Verdict
from matcher.attention.needs import names_of
from matcher.attention.signals import Rule, Severity, Signal
from matcher.matching.naming import amount_text, counted
from matcher.matching.phrases import Language

Words = Mapping[Language, Mapping[str, str]]

RULE_NAMES: Words = MappingProxyType(
    {
        "zh": {
            Rule.RUNWAY_SHORT: "现金可用时间不足",
            Rule.STAFF_OUT_ORDERS_UP: "在岗减少而订单上升",
            Rule.ORDERS_OVER_CAPACITY: "订单超出交付能力",
            Rule.REVENUE_FALLING: "营业收入连续下滑",
            Rule.HEADCOUNT_FALLING: "人员明显减少",
            Rule.PRESENT_LOW: "在岗率偏低",
            Rule.HEADCOUNT_SURGING: "人员快速增长",
            Rule.MONTHS_MISSING: "台账未报",
        },
        "en": {
            Rule.RUNWAY_SHORT: "Short runway",
            Rule.STAFF_OUT_ORDERS_UP: "Staff out while orders rise",
            Rule.ORDERS_OVER_CAPACITY: "Orders over capacity",
            Rule.REVENUE_FALLING: "Revenue keeps falling",
            Rule.HEADCOUNT_FALLING: "Staff leaving",
            Rule.PRESENT_LOW: "Few staff present",
            Rule.HEADCOUNT_SURGING: "Staff growing fast",
            Rule.MONTHS_MISSING: "Ledger not reported",
        },
    }
)

SEVERITY_NAMES: Words = MappingProxyType(
    {
        "zh": {Severity.NOTICE: "关注", Severity.WARNING: "预警", Severity.URGENT: "紧急"},
        "en": {Severity.NOTICE: "notice", Severity.WARNING: "warning", Severity.URGENT: "urgent"},
    }
)

_SENTENCES: Words = {
    "zh": {
        Rule.RUNWAY_SHORT: "现金 {cash:amount}，近期月均净支出 {burn:amount}，只够 {runway:number} 个月",
        Rule.STAFF_OUT_ORDERS_UP: "在岗人数比平常少 {fall:percent}，订单比平常多 {rise:percent}："
        "可能在外找资金、跑市场，宜询问周转资金",
        Rule.ORDERS_OVER_CAPACITY: "连续 {months:months}订单不低于 {orders:amount}，"
        "是单月最高营收 {capacity:amount} 的 {times:number} 倍",
        Rule.REVENUE_FALLING: "营收连续 {months:months}下降，由 {first:amount} 降至 {last:amount}"
        "（−{fall:percent}）",
        Rule.HEADCOUNT_FALLING: "{months:months}内人数由 {before:count} 减至 {now:count}"
        "（−{change:percent}）",
        Rule.PRESENT_LOW: "连续 {months:months}在岗率不超过 {share:percent}",
        Rule.HEADCOUNT_SURGING: "{months:months}内人数由 {before:count} 增至 {now:count}"
        "（+{change:percent}）",
        Rule.MONTHS_MISSING: "已有 {months:months}未报台账",
    },
    "en": {
        Rule.RUNWAY_SHORT: "cash of {cash:amount} at a mean net burn of {burn:amount} a month lasts "
        "{runway:number} months",
        Rule.STAFF_OUT_ORDERS_UP: "{fall:percent} fewer people present than usual, orders {rise:percent} up: "
        "they may be out for money or customers; ask about working capital",
        Rule.ORDERS_OVER_CAPACITY: "orders of {orders:amount} or more in each of {months:months} are "
        "{times:number} times the best month's revenue ({capacity:amount})",
        Rule.REVENUE_FALLING: "revenue fell {months:months} in a row, from {first:amount} to "
        "{last:amount} (−{fall:percent})",
        Rule.HEADCOUNT_FALLING: "headcount fell from {before:count} to {now:count} (−{change:percent}) "
        "within {months:months}",
        Rule.PRESENT_LOW: "at most {share:percent} of the people present in each of {months:months}",
        Rule.HEADCOUNT_SURGING: "headcount grew from {before:count} to {now:count} (+{change:percent}) "
        "within {months:months}",
        Rule.MONTHS_MISSING: "no report for {months:months} that were due",
    },
}
_DECIDED: Words = {
    "zh": {
        Verdict.CONFIRMED: "{who} 于 {at:%Y-%m-%d %H:%M}（UTC）确认：{reason}",
        Verdict.DISMISSED: "{who} 于 {at:%Y-%m-%d %H:%M}（UTC）排除：{reason}",
    },
    "en": {
        Verdict.CONFIRMED: "confirmed by {who} at {at:%Y-%m-%d %H:%M} UTC: {reason}",
        Verdict.DISMISSED: "dismissed by {who} at {at:%Y-%m-%d %H:%M} UTC: {reason}",
    },
}
_ADVICE: Mapping[Language, str] = {"zh": "可能需要：{needs}", "en": "may need: {needs}"}
_UNMET: Mapping[Language, str] = {
    "zh": "已确认的需求尚未落实：{need}",
    "en": "confirmed, not met yet: {need}",
}
_BETWEEN: Mapping[Language, str] = {"zh": "、", "en": ", "}


def sentence(signal: Signal, language: Language) -> str:
    """What the signal says, as a clause without its full stop."""
    return _Filler(language).vformat(_SENTENCES[language][signal.rule], (), signal.facts)


class _Filler(string.Formatter):
    """Writes facts as the word after the colon of their place says, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: float, format_spec: str) -> str:
        """An amount, a percentage, some months, a count, or a number with one decimal."""
        match format_spec:
            case "amount":
                return amount_text(value, "", self._language)
            case "percent":
                return f"{100 * value:.0f}%"
            case "months":
                return f"{value:.0f} 个月" if self._language == "zh" else counted(round(value), "month")
            case "count":
                return f"{value:.0f}"
        return f"{value:.1f}"


def advice(signal: Signal, language: Language) -> str:
    """The services that the signal suggests, as a clause."""
    return _ADVICE[language].format(needs=_BETWEEN[language].join(names_of(signal.needs, language)))


def decided(decision: Decision, language: Language) -> str:
    """Who decided what, when and why."""
    facts = {"who": decision.who, "at": decision.at, "reason": decision.reason}
    return _DECIDED[language][decision.verdict].format(**facts)


def reasons(signals: Iterable[Signal], unmet: Iterable[str], language: Language) -> list[str]:
    """Why somebody needs care: each signal with its title, then each confirmed need that nobody has met."""
    colon = "：" if language == "zh" else ": "
    said = [f"{RULE_NAMES[language][each.rule]}{colon}{sentence(each, language)}" for each in signals]
    return said + [_UNMET[language].format(need=name) for name in names_of(unmet, language)]
