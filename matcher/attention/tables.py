"""Attention list, board and assessment as tables: columns that others script against, and rows."""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from matcher.attention.assessment import Assessment, Dealings
from matcher.attention.board import Board, Line
from matcher.attention.caring import Care
from matcher.attention.decisions import Decision, Raised
from matcher.attention.months import FIGURES
from matcher.attention.needs import names_of
from matcher.attention.summary import Changes, Summary
from matcher.attention.words import SEVERITY_NAMES, reasons, sentence
from matcher.ledger import LedgerEntry
from matcher.matching.phrases import Language
from matcher.tables import Cell, Row

LEDGER_COLUMNS = ("month", *FIGURES, "note")
ATTENTION_COLUMNS = ("rank", "startup_id", "name", "severity", "signals", "unmet_needs", "why")
SIGNAL_COLUMNS = (
    "startup_id",
    "rule",
    "severity",
    "month",
    "gravity",
    "says",
    "suggested_needs",
    "mark",
    "verdict",
    "need",
    "who",
    "at",
    "reason",
)
_SUMMARY = ("months_reported", "headcount", "present_share", "revenue", "orders", "cash")
_CHANGES = ("revenue_change", "orders_change", "headcount_change")
BOARD_COLUMNS = ("startup_id", "name", "period", "startups", *_SUMMARY, *_CHANGES, "trend")
_DEALINGS = (
    "requested",
    "accepted",
    "declined",
    "meetings",
    "mentored",
    "invested",
    "invested_amounts",
    "rating",
)
ASSESSMENT_COLUMNS = (
    "startup_id",
    "name",
    "months_due",
    *_SUMMARY,
    *_CHANGES,
    "needs",
    "needs_met",
    "needs_named",
    *_DEALINGS,
    "open_signals",
    "confirmed",
    "dismissed",
)

TITLES: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "zh": {
            "signals": "台账信号",
            "attention": "关注清单",
            "performance": "绩效看板",
            "assessment": "考评表",
        },
        "en": {
            "signals": "Signals",
            "attention": "Attention",
            "performance": "Performance",
            "assessment": "Assessment",
        },
    }
)
_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "rank": "次序",
        "startup_id": "企业编号",
        "name": "企业名称",
        "severity": "程度",
        "signals": "信号数",
        "unmet_needs": "待落实需求",
        "rule": "信号",
        "month": "月份",
        "gravity": "超出阈值倍数",
        "says": "依据",
        "suggested_needs": "可能的需求",
        "mark": "标记",
        "verdict": "处理结果",
        "need": "确认的需求",
        "who": "处理人",
        "at": "处理时间",
        "reason": "理由",
        "why": "原因",
        "period": "期间",
        "startups": "填报企业数",
        "months_due": "应报月数",
        "months_reported": "已报月数",
        "headcount": "人数",
        "present": "在岗",
        "note": "备注",
        "present_share": "在岗率",
        "revenue": "营业收入",
        "orders": "订单",
        "cash": "现金",
        "revenue_change": "月均营收变化",
        "orders_change": "月均订单变化",
        "headcount_change": "人数变化",
        "trend": "趋势",
        "needs": "需求数",
        "needs_met": "已满足需求数",
        "needs_named": "需求",
        "requested": "请求",
        "accepted": "接受",
        "declined": "婉拒",
        "meetings": "见面次数",
        "mentored": "辅导",
        "invested": "投资笔数",
        "invested_amounts": "投资金额",
        "rating": "平均评分",
        "open_signals": "待处理信号",
        "confirmed": "确认信号",
        "dismissed": "排除信号",
    }
)
_TRENDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {"up": "上升", "even": "持平", "down": "下降", "unknown": "不明"},
    "en": {},
}
_ALL: Mapping[Language, str] = {"zh": "合计", "en": "all"}
_BETWEEN: Mapping[Language, str] = {"zh": "；", "en": "; "}


def headers(columns: Iterable[str], language: Language) -> list[str]:
    """The columns as people call them; in English as programs do."""
    return [_HEADERS[column] if language == "zh" else column for column in columns]


def ledger_rows(entries: Iterable[LedgerEntry]) -> Iterable[Row]:
    """The rows in LEDGER_COLUMNS."""
    for entry in entries:
        yield (f"{entry.month:%Y-%m}", *(_plain(getattr(entry, name)) for name in FIGURES), entry.note)


def signal_rows(found: Iterable[Raised], language: Language) -> Iterable[Row]:
    """The rows in SIGNAL_COLUMNS; the last five are blank where nobody has decided."""
    for each in found:
        signal = each.signal
        yield (
            signal.startup_id,
            signal.rule.value,
            signal.severity.value,
            signal.month.isoformat(),
            _plain(signal.gravity),
            sentence(signal, language),
            _BETWEEN[language].join(names_of(signal.needs, language)),
            signal.mark,
            *_decided(each.decision),
        )


def _decided(decision: Decision | None) -> Row:
    if decision is None:
        return [None] * 5
    at = decision.at.isoformat(timespec="seconds")
    return [decision.verdict.value, decision.need, decision.who, at, decision.reason]


def attention_rows(cares: Iterable[Care], language: Language) -> Iterable[Row]:
    """The rows in ATTENTION_COLUMNS."""
    for place, care in enumerate(cares, start=1):
        yield (
            place,
            care.profile.id,
            care.profile.name,
            SEVERITY_NAMES[language][care.severity],
            len(care.signals),
            len(care.unmet),
            _BETWEEN[language].join(reasons(care.signals, [each.need for each in care.unmet], language)),
        )


def board_rows(board: Board, language: Language) -> Iterable[Row]:
    """The rows in BOARD_COLUMNS: all together first, then each startup, period by period. Shares are of 1."""
    yield from (_line("", _ALL[language], line, language) for line in board.whole)
    for row in board.rows:
        yield from (_line(row.profile.id, row.profile.name, line, language) for line in row.lines)


def _line(id_: str, name: str, line: Line, language: Language) -> Row:
    trend = _TRENDS[language].get(line.trend, str(line.trend))
    summary = line.summary
    return (id_, name, line.span.name, summary.startups, *_figures(summary), *_changed(line.changes), trend)


def assessment_rows(assessments: Iterable[Assessment], language: Language) -> Iterable[Row]:
    """The rows in ASSESSMENT_COLUMNS."""
    for each in assessments:
        yield (
            each.profile.id,
            each.profile.name,
            each.months_due,
            *_figures(each.summary),
            *_changed(each.changes),
            len(each.needs),
            len(each.met),
            _BETWEEN[language].join(names_of(each.needs, language)),
            *_dealt(each.dealings),
            each.signals,
            each.confirmed,
            each.dismissed,
        )


def _figures(summary: Summary) -> list[Cell]:
    figures = (summary.headcount, summary.present_share, summary.revenue, summary.orders, summary.cash)
    return [summary.months, *map(_plain, figures)]


def _changed(changes: Changes) -> list[Cell]:
    return [_plain(each) for each in (changes.revenue, changes.orders, changes.headcount)]


def _dealt(dealings: Dealings) -> list[Cell]:
    amounts = " + ".join(f"{amount:,.0f} {currency}".strip() for currency, amount in dealings.amounts.items())
    counts = (dealings.requested, dealings.accepted, dealings.declined, dealings.meetings)
    return [*counts, dealings.mentored, dealings.invested, amounts, _plain(dealings.rating)]


def _plain(value: float | None) -> Cell:
    """Four decimals at most, whole numbers as such; blank where unknown."""
    if value is None or math.isnan(value):
        return None
    return int(value) if value.is_integer() else round(value, 4)
