"""Reasons in words, Chinese and English, from templates filled with facts."""

from collections.abc import Mapping
from typing import Literal

from matcher.features.attributes import Family
from matcher.matching.answers import Reason
from matcher.taxonomy import industries, regions, services, stages

Language = Literal["zh", "en"]

_TAXONOMIES = {
    Family.INDUSTRY: industries,
    Family.REGION: regions,
    Family.STAGE: stages,
    Family.SERVICE: services,
}

# (helps, harms) by signal and language; {shared} {wanted} {given} {ask} {range} are filled from the facts
_SENTENCES: Mapping[Language, Mapping[str, tuple[str, str]]] = {
    "zh": {
        "semantic": ("双方介绍的内容相近", "双方介绍的内容相距较远"),
        "lexical": ("介绍中有共同的关键词", "介绍中少有共同的关键词"),
        "needs": ("能提供所需的{shared}", "所需的{wanted}不在其供给之中"),
        "industry": ("同属{shared}", "所属{wanted}不在其关注行业之中"),
        "region": ("同在{shared}", "不在同一地区（{wanted}）"),
        "stage": ("关注{wanted}阶段", "{wanted}不是其常选阶段"),
        "ticket": ("拟融资{ask}合乎其单笔范围{range}", "拟融资{ask}偏离其单笔范围{range}"),
        "affinity_industry": ("以往多次选择{wanted}企业", "以往较少选择{wanted}企业"),
        "affinity_region": ("以往多次选择{wanted}的企业", "以往较少选择{wanted}的企业"),
        "affinity_stage": ("以往多次选择{wanted}阶段", "以往较少选择{wanted}阶段"),
        "affinity_ask": ("以往多次参与这一金额的项目", "以往较少参与这一金额的项目"),
        "affinity_needs": ("以往多次选择有{wanted}需求的企业", "以往较少选择有{wanted}需求的企业"),
        "activity": ("近期活跃", "近期不够活跃"),
        "breadth": ("选择面与此类企业相合", "选择面与此类企业不尽相合"),
        "response": ("双方的邀约通常有回应", "双方的邀约较少得到回应"),
        "refusals": ("很少拒绝此类企业", "曾多次拒绝此类企业"),
        "neighbours": ("相似企业常与其合作", "相似企业较少与其合作"),
        "factors": ("合作记录显示偏好相投", "合作记录显示偏好不同"),
        "other": ("其他因素合计", "其他因素合计"),
    },
    "en": {
        "semantic": ("both describe similar things", "their descriptions are far apart"),
        "lexical": ("their descriptions share key words", "their descriptions share few key words"),
        "needs": ("offers {shared}, which is needed", "does not offer the {wanted} that is needed"),
        "industry": ("both are in {shared}", "{wanted} is not among the declared industries"),
        "region": ("both are in {shared}", "not in the same region ({wanted})"),
        "stage": ("looks for the {wanted} stage", "{wanted} is not a usual stage"),
        "ticket": (
            "the ask of {ask} lies within the ticket {range}",
            "the ask of {ask} lies outside the ticket {range}",
        ),
        "affinity_industry": ("has often chosen {wanted}", "has seldom chosen {wanted}"),
        "affinity_region": (
            "has often chosen startups from {wanted}",
            "has seldom chosen startups from {wanted}",
        ),
        "affinity_stage": ("has often chosen the {wanted} stage", "has seldom chosen the {wanted} stage"),
        "affinity_ask": ("has often joined deals of this size", "has seldom joined deals of this size"),
        "affinity_needs": (
            "has often chosen startups that need {wanted}",
            "has seldom chosen startups that need {wanted}",
        ),
        "activity": ("has been active lately", "has been less active lately"),
        "breadth": ("the range of its choices suits such startups", "the range of its choices suits others"),
        "response": ("requests usually come to a yes", "requests seldom come to a yes"),
        "refusals": ("seldom refuses such startups", "has often refused such startups"),
        "neighbours": (
            "similar startups often chose this partner",
            "similar startups seldom chose this partner",
        ),
        "factors": ("past choices show a shared taste", "past choices show different tastes"),
        "other": ("all other terms together", "all other terms together"),
    },
}

# neither one nor the other: some of it is shared and yet too little, an ask outside the range and yet near it
_BETWEEN: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "needs": "只能提供所需的{shared}",
        "industry": "只同属{shared}",
        "region": "只同在{shared}",
        "ticket": "拟融资{ask}接近其单笔范围{range}",
    },
    "en": {
        "needs": "offers only {shared} of what is needed",
        "industry": "have only {shared} in common",
        "region": "have only {shared} in common",
        "ticket": "the ask of {ask} is close to the ticket {range}",
    },
}

_RULES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "outside": "不在本机构可见的档案之中",
        "inactive": "档案已停用或暂停",
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
        "inactive": "the profile is paused or closed",
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
    """One reason as a short clause in the language, without its points."""
    return _template(reason, language).format(**_words(reason.facts, language))


def _template(reason: Reason, language: Language) -> str:
    helps, harms = _SENTENCES[language][reason.signal]
    between = _BETWEEN[language].get(reason.signal, "")
    shared = reason.facts.get("shared")
    if reason.points >= 0 and (shared or "{shared}" not in helps):
        return between if between and reason.facts.get("within") is False else helps
    return between if between and shared else harms


def rule_sentence(reason: Reason, language: Language) -> str:
    """A rule that removed a pair, as a short clause in the language."""
    return _RULES[language][reason.signal]


def term_name(term: str, language: Language) -> str:
    """An attribute's term as a person would write it ("stage:angel" → 天使轮)."""
    family, _, code = term.partition(":")
    taxonomy = _TAXONOMIES[Family(family)]()
    if code in taxonomy.codes:
        return taxonomy.name(code, language)
    return code.removeprefix("~").rpartition("/")[2]


def amount_text(amount: object, currency: object, language: Language) -> str:
    """An amount rounded for reading: 500万 in Chinese, 5M in English; "?" where unknown."""
    if not isinstance(amount, int | float):
        return "?"
    steps = ((1e8, "亿"), (1e4, "万")) if language == "zh" else ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    size, unit = next(((size, unit) for size, unit in steps if amount >= size), (1, ""))
    figure = amount / size
    shown = f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"
    return f"{shown}{unit}" + (f" {currency}" if currency else "")


def _words(facts: Mapping[str, object], language: Language) -> dict[str, str]:
    def names(field: str) -> str:
        terms = facts.get(field)
        listed = [term_name(str(term), language) for term in terms] if isinstance(terms, tuple) else []
        return ("、" if language == "zh" else ", ").join(dict.fromkeys(listed))

    return {
        "shared": names("shared"),
        "wanted": names("wanted"),
        "given": names("given"),
        "ask": amount_text(facts.get("ask"), facts.get("ask_currency"), language),
        "range": f"{_range(facts, language)} {facts.get('currency') or ''}".strip(),
    }


def _range(facts: Mapping[str, object], language: Language) -> str:
    """10万–500万; 50万 where both ends are one; ≤ 1000万 or ≥ 5000万 where an end is open."""
    least, most = facts.get("least"), facts.get("most")
    first, last = (amount_text(end, "", language) for end in (least, most))
    if least is None or most is None:
        return f"≤ {last}" if least is None else f"≥ {first}"
    return first if least == most else f"{first}–{last}"
