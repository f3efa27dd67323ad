"""The columns and titles of a run's tables, as people read them and as they are read back."""

from collections.abc import Mapping
from enum import StrEnum

from matcher.matching.wording import Language
from matcher.text.comparable import comparable


class Sheet(StrEnum):
    """The tables of a run."""

    SUMMARY = "summary"
    STARTUPS = "startups"
    PARTNERS = "partners"
    REASONS = "reasons"
    ALTERNATES = "alternates"
    LEFT_OUT = "left_out"


TITLES: Mapping[Language, Mapping[Sheet, str]] = {
    "zh": {
        Sheet.SUMMARY: "概览",
        Sheet.STARTUPS: "按企业",
        Sheet.PARTNERS: "按伙伴",
        Sheet.REASONS: "匹配理由",
        Sheet.ALTERNATES: "候补",
        Sheet.LEFT_OUT: "未安排",
    },
    "en": {
        Sheet.SUMMARY: "Summary",
        Sheet.STARTUPS: "By startup",
        Sheet.PARTNERS: "By partner",
        Sheet.REASONS: "Reasons",
        Sheet.ALTERNATES: "Alternates",
        Sheet.LEFT_OUT: "Left out",
    },
}

HEADERS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "startup_id": "企业编号",
        "startup_name": "企业名称",
        "partner_id": "伙伴编号",
        "partner_name": "伙伴名称",
        "score": "匹配度",
        "p_startup": "企业意愿",
        "p_partner": "伙伴意愿",
        "slot": "时间",
        "origin": "来源",
        "locked": "锁定",
        "why": "修改原因",
        "run": "批次与版本",
        "reason": "理由",
        "points": "分值",
        "place": "顺位",
        "eligible": "可匹配数",
        "removed": "未入选原因",
        "figure": "项目",
        "value": "数值",
    },
    "en": {
        "startup_id": "startup_id",
        "startup_name": "startup_name",
        "partner_id": "partner_id",
        "partner_name": "partner_name",
        "score": "score",
        "p_startup": "p_startup",
        "p_partner": "p_partner",
        "slot": "slot",
        "origin": "origin",
        "locked": "locked",
        "why": "reason for change",
        "run": "run and version",
        "reason": "reason",
        "points": "points",
        "place": "place",
        "eligible": "eligible",
        "removed": "why not",
        "figure": "figure",
        "value": "value",
    },
}

PAIR_COLUMNS = (
    "startup_id startup_name partner_id partner_name score p_startup p_partner slot origin locked why run"
).split()
"""Of the table that may be edited and read back."""
COLUMNS: Mapping[Sheet, list[str]] = {
    Sheet.SUMMARY: ["figure", "value"],
    Sheet.STARTUPS: PAIR_COLUMNS,
    Sheet.PARTNERS: "partner_id partner_name startup_id startup_name score p_startup p_partner slot".split(),
    Sheet.REASONS: "startup_id startup_name partner_id partner_name points reason".split(),
    Sheet.ALTERNATES: (
        "startup_id startup_name place partner_id partner_name score p_startup p_partner"
    ).split(),
    Sheet.LEFT_OUT: "startup_id startup_name eligible removed".split(),
}

YES, NO = {"zh": "是", "en": "yes"}, frozenset({"", "否", "no", "n", "false", "0", "-", "无"})
_YESES = frozenset({"是", "yes", "y", "true", "1", "x", "√", "✓", "✔", "锁定", "locked", "lock"})


def column_named(header: str) -> str:
    """The column that a header means, in either language; "" for one that is none."""
    return _NAMES.get(comparable(header), "")


def sheet_titled(title: str) -> Sheet | None:
    """The table of a title in either language; None for another."""
    found = (sheet for titles in TITLES.values() for sheet, own in titles.items() if own == title.strip())
    return next(found, None)


def said_yes(text: str) -> bool | None:
    """What somebody wrote into a yes-or-no cell; None where that is neither."""
    word = text.strip().lower()
    return True if word in _YESES else False if word in NO else None


_NAMES = {
    comparable(header): column
    for headers in HEADERS.values()
    for column, header in headers.items()
    if column in PAIR_COLUMNS
} | {comparable(column): column for column in PAIR_COLUMNS}
