"""How two texts are compared: never shown, only matched."""

import re
import unicodedata

from matcher.text.pinyin import without_pinyin
from matcher.text.simplified import simplified

_HAN = "\u3400-\u9fff"
_INVISIBLE = dict.fromkeys(
    (*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF)
)
_LOOKALIKE = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2015, 0x2212), "-") | dict.fromkeys(
    (0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB), "·"
)
_ONE_FORM = _INVISIBLE | _LOOKALIKE
_ENDLESS = re.compile(r"([^\w\s]{64})[^\w\s]+")
"""More accents than any letter has: putting them in order takes time in the square of their number."""
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[0-9a-z])|(?<=[0-9a-z]) (?=[{_HAN}])")

_PLACES = (
    "中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|深圳|广州|东莞|佛山|珠海|杭州|宁波|温州|南京|苏州|无锡|常州|南通"
    "|合肥|福州|厦门|泉州|南昌|济南|青岛|烟台|郑州|武汉|长沙|海口|三亚|成都|绵阳|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨"
    "|银川|乌鲁木齐|石家庄|太原|沈阳|大连|长春|哈尔滨|横琴|前海|雄安"
)
_PLACE_BRACKETS = re.compile(rf"\((?:(?:{_PLACES})(?:省|市)?|[{_HAN}]{{2,4}}[省市区县])\)")
_LEGAL_FORM = re.compile(
    r"(?:\(集团\)|集团)?(?:\(?股份?\)?)?(?:有限)?(?:责任)?公司$"
    r"|(?:合伙企业)?\((?:有限|普通)合伙\)$|(?:有限|普通)合伙(?:企业)?$|株式会社$"
    r"|[\s,.]+(?:co\.?,?\s*ltd|inc|incorporated|ltd|limited|l\.?l\.?c|l\.?l\.?p|plc|corp|corporation|company|co"
    r"|gmbh|ag|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|k\.?k|oy|pte|pty)[\s.,]*$"
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """The text as it is compared: one width, one script, lower case, no pinyin noise, single spaces.

    Traditional becomes Simplified with mainland words; torn characters (see `matcher.text.pinyin`) are
    restored; spaces between Chinese and Latin go, for people set them at will. Brackets and punctuation
    stay. Blank gives "".
    """
    if text.isascii():
        return _squeezed(text.translate(_ONE_FORM).lower())
    bounded = _ENDLESS.sub(r"\1", without_pinyin(text))
    clean = unicodedata.normalize("NFKC", bounded).translate(_ONE_FORM)
    return _SPACE_BESIDE_HAN.sub("", _squeezed(simplified(clean).lower()))


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def organisation_core(name: str) -> str:
    """What is left of a comparable name without its legal form, bracketed place and punctuation.

    For duplicate search: equal cores are probable duplicates, to be confirmed by a person. The line of
    business stays (量隐科技 and 量隐医疗 differ), and so does a place without brackets, which may be all
    that tells two apart. A name that is nothing but such parts is its own core; blank gives "".
    """
    whole = comparable(name)
    core = _PLACE_BRACKETS.sub("", _without_legal_form(whole))
    return _NOT_A_LETTER.sub("", _without_legal_form(core)) or _NOT_A_LETTER.sub("", whole) or whole


def _without_legal_form(name: str) -> str:
    """Legal forms taken from the end, as long as something is left (Co., Ltd. goes in two steps)."""
    shorter = _LEGAL_FORM.sub("", name).strip()
    return name if not shorter or shorter == name else _without_legal_form(shorter)
