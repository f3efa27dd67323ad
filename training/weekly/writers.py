"""Facts of findings as people write them, in Chinese and English."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from matcher.interactions import InteractionType
from matcher.matching.naming import counted, term_name
from matcher.matching.phrases import Language
from matcher.profiles import Role
from training.weekly.checks.portrait import UNKNOWN

Words = Mapping[str, Mapping[str, str]]

_ROLES: Words = {
    "zh": {Role.STARTUP: "企业", Role.MENTOR: "导师", Role.INVESTOR: "投资方"},
    "en": {Role.STARTUP: "startups", Role.MENTOR: "mentors", Role.INVESTOR: "investors"},
}
_TYPES: Words = {
    "zh": {
        InteractionType.SHOWN: "推荐",
        InteractionType.VIEWED: "查看",
        InteractionType.SHORTLISTED: "收藏",
        InteractionType.DISMISSED: "忽略",
        InteractionType.REQUESTED: "申请对接",
        InteractionType.ACCEPTED: "同意",
        InteractionType.DECLINED: "婉拒",
        InteractionType.MET: "见面",
        InteractionType.RATED: "评分",
        InteractionType.MENTORED: "辅导",
        InteractionType.INVESTED: "投资",
    },
    "en": {kind: kind.value for kind in InteractionType},
}
_FIELDS: Words = {
    "zh": {
        "description": "介绍",
        "industries": "行业",
        "region": "地区",
        "stage": "阶段",
        "stages": "关注阶段",
        "needs": "需求",
        "offers": "供给",
        "raising_amount": "拟融资额",
        "raising_currency": "融资币种",
        "founded": "成立日期",
        "team_size": "团队人数",
        "capacity": "名额",
        "kind": "类型",
        "ticket_min": "单笔下限",
        "ticket_max": "单笔上限",
        "currency": "币种",
        "annual_rate": "年利率",
        "term_months": "期限",
        "deploying": "是否在投",
    },
    "en": {},
}
_MODELS: Words = {
    "zh": {"live": "现用模型", "profiles": "仅凭档案的匹配"},
    "en": {"live": "the live model", "profiles": "matching by profiles alone"},
}
_RULES: Words = {
    "zh": {"promote": "按设定，难以判断时上线新模型", "keep": "按设定，难以判断时保留现用模型"},
    "en": {
        "promote": "the rule set for this case is to promote",
        "keep": "the rule set for this case is to keep the live model",
    },
}
_AMONG: Words = {
    "zh": {"all": "近期互动", "decided": "近期的申请、答复等"},
    "en": {"all": "the recent interactions", "decided": "what people decided lately"},
}
_UNKNOWN_LABELS: Mapping[Language, str] = {"zh": "目录之外的标签", "en": "labels of no catalogue"}


def percent(value: object, language: Language) -> str:  # noqa: ARG001
    """Whole percent; with a decimal below 1 % and above 99 %, so that some is never none and most never
    all."""
    figure = 100 * _number(value)
    if 0 < figure < 0.1:
        return "<0.1%"
    if 99.9 < figure < 100:
        return ">99.9%"
    return f"{figure:.1f}%" if 0 < figure < 1 or 99 < figure < 100 else f"{figure:.0f}%"


def count(value: object, language: Language) -> str:  # noqa: ARG001
    """A whole number in groups of three."""
    return f"{_number(value):,.0f}"


def number(value: object, language: Language) -> str:  # noqa: ARG001
    """Three significant digits; all those before the point."""
    figure = _number(value)
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def signed(value: object, language: Language) -> str:  # noqa: ARG001
    """Three decimals and a sign."""
    return f"{_number(value):+.3f}".replace("-", "−")


def counted_things(value: object, language: Language, one: str, many: str = "") -> str:  # noqa: ARG001
    """A count with its noun, 1 week, 10,120 interactions; underscores of the noun are spaces."""
    things = counted(round(_number(value)), one, many).replace("_", " ")
    return f"{round(_number(value)):,} {things.partition(' ')[2]}"


def day(value: object, language: Language) -> str:
    """A day given in ISO 8601: 2026年11月1日, 2026-11-01."""
    at = dt.date.fromisoformat(str(value))
    return f"{at.year}年{at.month}月{at.day}日" if language == "zh" else at.isoformat()


def roles(value: object, language: Language) -> str:
    """Counts by role: 企业 120 个、导师 60 个; 120 startups, 60 mentors."""
    counts = value.items() if isinstance(value, Mapping) else ()
    if language == "zh":
        return "、".join(f"{_ROLES['zh'][role]} {size:,} 个" for role, size in counts)
    return ", ".join(counted_things(size, language, str(role)) for role, size in counts)


def listed(value: object, language: Language) -> str:
    """Some things, as a list."""
    things = value if isinstance(value, list | tuple) else (value,)
    return ("、" if language == "zh" else ", ").join(map(str, things))


def term(value: object, language: Language) -> str:
    """A term of a catalogue by its name."""
    return _UNKNOWN_LABELS[language] if value == UNKNOWN else term_name(str(value), language)


def _from(words: Words) -> Callable[[object, Language], str]:
    """The writer that looks a word up; what it does not know is written without underscores."""
    return lambda value, language: words[language].get(str(value), str(value).replace("_", " "))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


WRITERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "percent": percent,
        "count": count,
        "number": number,
        "signed": signed,
        "counted": counted_things,
        "day": day,
        "roles": roles,
        "list": listed,
        "term": term,
        "role": _from(_ROLES),
        "type": _from(_TYPES),
        "field": _from(_FIELDS),
        "model": _from(_MODELS),
        "rule": _from(_RULES),
        "among": _from(_AMONG),
    }
)
"""By the word after the colon of a place."""
