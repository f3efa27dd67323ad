"""Why two profiles may be one, in words."""

from enum import StrEnum

from matcher.matching.phrases import Language


class Reason(StrEnum):
    """What speaks for it. The first five are about names, the others support them or stand alone."""

    SAME_NAME = "same name"
    SAME_CORE = "same core"
    SAME_BUT_TRADE = "same but trade"
    SAME_SOUND = "same sound"
    SIMILAR = "similar"
    PHONE = "same phone"
    EMAIL = "same email"
    WEBSITE = "same website"
    REGION = "same region"
    INDUSTRY = "same industry"


_SAID: dict[Reason, tuple[str, str]] = {
    Reason.SAME_NAME: ("the same name", "名称相同"),
    Reason.SAME_CORE: (
        "names equal but for the legal form or a place in brackets",
        "名称仅公司形式或括号中的地名不同",
    ),
    Reason.SAME_BUT_TRADE: ("names equal but for a word like 科技 or Tech", "名称仅差“科技”“技术”等字样"),
    Reason.SAME_SOUND: ("one name spells the other in pinyin", "一个名称是另一个的拼音"),
    Reason.SIMILAR: ("names that differ by a slip", "名称只有个别字不同"),
    Reason.PHONE: ("the same phone number", "电话相同"),
    Reason.EMAIL: ("the same e-mail address", "邮箱相同"),
    Reason.WEBSITE: ("the same website", "网站相同"),
    Reason.REGION: ("the same region", "地区相同"),
    Reason.INDUSTRY: ("a common industry", "行业相同"),
}


def said(reason: str, language: Language) -> str:
    """The reason as a person would say it."""
    english, chinese = _SAID[Reason(reason)]
    return chinese if language == "zh" else english
