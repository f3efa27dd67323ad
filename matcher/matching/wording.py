"""Reasons in words, Chinese and English: templates filled with facts."""

from collections.abc import Mapping

from matcher.matching.answers import Reason
from matcher.matching.filling import filled
from matcher.matching.phrases import UNCERTAIN, Language, template
from matcher.matching.variants import variant_of

__all__ = ["Language", "rule_sentence", "sentence"]

_RULES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "outside": "不在本机构可见的档案之中",
        "inactive": "档案已停用、暂停或退出自动匹配",
        "not_deploying": "目前不投资",
        "excluded": "企业已将其排除",
        "conflict": "存在利益冲突，需回避",
        "dismissed": "企业此前已忽略",
        "declined": "对方此前已婉拒",
        "connected": "双方已建立联系",
        "filtered": "不符合本次的必备条件",
        "no_room": "本周期名额已满",
    },
    "en": {
        "outside": "not among the profiles this organisation may see",
        "inactive": "the profile is paused, closed or opted out",
        "not_deploying": "is not investing at present",
        "excluded": "the startup has excluded this partner",
        "conflict": "has a conflict of interest",
        "dismissed": "the startup dismissed this partner before",
        "declined": "the partner declined this startup before",
        "connected": "the two are in contact already",
        "filtered": "does not meet the must-haves of this request",
        "no_room": "no place is left in this cycle",
    },
}


def sentence(reason: Reason, language: Language) -> str:
    """One reason as a short clause in the language, without its points; marked where it rests on little."""
    variant = variant_of(reason)
    clause = filled(template(reason.signal, variant, language), reason, variant, language)
    return clause + (UNCERTAIN[language] if reason.uncertain else "")


def rule_sentence(reason: Reason, language: Language) -> str:
    """A rule that removed a pair, as a short clause in the language."""
    return _RULES[language][reason.signal]
