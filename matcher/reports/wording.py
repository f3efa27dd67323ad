"""The acceptance report in words, Chinese and English: templates filled with its figures."""

from collections.abc import Mapping
from dataclasses import asdict

from matcher.matching.phrases import Language
from matcher.reports.acceptance import AcceptanceReport
from matcher.reports.comparing import FOLLOW_UP_DAYS, Comparison
from matcher.reports.rates import Rate

_NOTES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "lists": "共 {lists} 份清单，{shown} 行展示；同一配对每展示一次计一行。",
        "recent": "其中 {recent} 份不足 {days} 天，反馈可能尚未到齐。",
        "answers": "{all} 条反馈中：{named} 条注明了所答清单；{assumed} 条未注明，计入 {days} 天内"
        "最近一份展示过该配对的清单；{stray} 条不对应任何有记录的清单。",
        "meaning": "请求：看清单的一方表示愿意；接受：被展示的一方表示愿意；见面视为双方愿意。",
        "method": "版本之比为请求的优势比（Mantel–Haenszel，按名次、角色与机构分层，95% 区间）："
        "每对在该版本首次展示时计一次，观察 {follow_up} 天。",
    },
    "en": {
        "lists": "{lists} lists, {shown} lines shown; a pair counts one line each time it was shown.",
        "recent": "{recent} of them are younger than {days} days: more answers may come.",
        "answers": "Of {all} answers {named} name their list; {assumed} name none and were counted for the "
        "latest list that had shown the pair within {days} days; {stray} answer no list on record.",
        "meaning": "Requested: the reader of the list said yes; accepted: the one shown did; if they met, "
        "both did.",
        "method": "Versions are compared by the odds of a request (Mantel–Haenszel over position, role and "
        "organisation, 95 % interval): each pair once, where the version first showed it, followed for "
        "{follow_up} days.",
    },
}
_RATIO: Mapping[Language, str] = {
    "zh": "版本 {version} 对 {against}，同一名次：{ratio:.2f} [{low:.2f}, {high:.2f}]，{verdict}",
    "en": "version {version} against {against} at equal position: {ratio:.2f} [{low:.2f}, {high:.2f}], "
    "{verdict}",
}
_UNTOLD: Mapping[Language, str] = {
    "zh": "版本 {version} 对 {against}，同一名次：无法判断（{pairs} 对中 {yes} 对有请求，"
    "前者 {pairs_against} 对中 {yes_against} 对；双方须在同样名次上都既有请求、也有未请求）",
    "en": "version {version} against {against} at equal position: cannot be told ({yes} of {pairs} pairs "
    "were asked for, {yes_against} of {pairs_against} before; it takes some that were and some that were "
    "not, of both, at the same positions)",
}
_VERDICTS: Mapping[Language, Mapping[str, str]] = {
    "zh": {"more": "更常被请求", "less": "更少被请求", "same": "看不出差别"},
    "en": {
        "more": "asked for more often",
        "less": "asked for less often",
        "same": "no difference that can be told",
    },
}


def notes(report: AcceptanceReport, language: Language) -> list[str]:
    """What a reader of the figures must know of them."""
    words, days = _NOTES[language], report.window_days
    said = [words["lists"].format(lists=report.lists, shown=report.total.shown)]
    if report.recent:
        said.append(words["recent"].format(recent=report.recent, days=days))
    every = report.named + report.assumed + report.stray
    counts = {"named": report.named, "assumed": report.assumed, "stray": report.stray}
    said.append(words["answers"].format(all=every, days=days, **counts))
    said.append(words["meaning"])
    if report.comparisons:
        said.append(words["method"].format(follow_up=FOLLOW_UP_DAYS))
    return said


def compared(comparison: Comparison, language: Language) -> str:
    """One version against the one before it: the ratio with its interval, and what to think of it."""
    facts, odds = asdict(comparison), comparison.odds
    if odds is None:
        return _UNTOLD[language].format(**facts)
    verdict = "more" if odds.low > 1 else "less" if odds.high < 1 else "same"
    return _RATIO[language].format(**facts, **facts["odds"], verdict=_VERDICTS[language][verdict])


def percent(rate: Rate) -> str:
    """A rate as "12.5% [8.1, 18.9]"; "–" of no cases."""
    if rate.share is None:
        return "–"
    return f"{100 * rate.share:.1f}% [{100 * rate.low:.1f}, {100 * rate.high:.1f}]"
