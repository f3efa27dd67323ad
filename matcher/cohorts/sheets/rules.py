"""What may be unclear in an edited table, in words."""

from collections.abc import Mapping
from enum import StrEnum

from matcher.matching.wording import Language


class SheetRule(StrEnum):
    """A rule that a cell breaks."""

    NEEDED = "needed"
    UNKNOWN = "unknown"
    NOT_ELIGIBLE = "not_eligible"
    SEVERAL = "several"
    OTHER_NAME = "other_name"
    TWICE = "twice"
    YES_OR_NO = "yes_or_no"
    FORMULA = "formula"
    OTHER_RUN = "other_run"
    OTHER_VERSION = "other_version"
    EMPTY = "empty"


_WORDS: Mapping[Language, Mapping[SheetRule, str]] = {
    "zh": {
        SheetRule.NEEDED: "必须填写编号或名称",
        SheetRule.UNKNOWN: "没有这个编号或名称",
        SheetRule.NOT_ELIGIBLE: "不属于本批次，或不是本次匹配的角色",
        SheetRule.SEVERAL: "有多个同名档案，请填写编号",
        SheetRule.OTHER_NAME: "是另一个编号的名称：请改编号，或清空名称",
        SheetRule.TWICE: "这一对出现了两次",
        SheetRule.YES_OR_NO: "请填“是”或留空",
        SheetRule.FORMULA: "不能是公式，请粘贴为数值",
        SheetRule.OTHER_RUN: "属于另一个匹配批次",
        SheetRule.OTHER_VERSION: "与其他行不是同一个版本，请只编辑一次导出的表",
        SheetRule.EMPTY: "表中没有任何配对；如要全部移除，请逐对禁止",
    },
    "en": {
        SheetRule.NEEDED: "must hold an id or a name",
        SheetRule.UNKNOWN: "is no id or name that is known here",
        SheetRule.NOT_ELIGIBLE: "is not of this cohort, or not of the role that this run matches with",
        SheetRule.SEVERAL: "is the name of several profiles: give an id",
        SheetRule.OTHER_NAME: "is the name of another id: change the id too, or leave the name blank",
        SheetRule.TWICE: "stands in the table twice",
        SheetRule.YES_OR_NO: "must be yes or blank",
        SheetRule.FORMULA: "must be a value, not a formula",
        SheetRule.OTHER_RUN: "is of another match run",
        SheetRule.OTHER_VERSION: "is of another version than the lines above: edit one export at a time",
        SheetRule.EMPTY: "the table holds no pair; to remove all, ban them one by one",
    },
}


def rule_words(rule: SheetRule, language: Language) -> str:
    """The rule as a clause."""
    return _WORDS[language][rule]
