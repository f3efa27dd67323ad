"""What profiles and figures look like to a reader. Every function takes the reader's language."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TypedDict

from matcher.matching.answers import Reason
from matcher.matching.naming import amount_text
from matcher.matching.wording import Language, rule_sentence, sentence
from matcher.profiles import Profile
from matcher.runs import RunRecord
from matcher.taxonomy import Taxonomy, industries, regions, services, stages
from matcher.taxonomy.stage_ranges import seeks_any
from matcher.text.simplified import simplified

_TAXONOMIES: dict[str, Callable[[], Taxonomy]] = {
    "industry": industries,
    "region": regions,
    "service": services,
    "stage": stages,
}
_FIELDS = {"industries": "industry", "regions": "region", "offers": "service", "stages": "stage"}
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z][a-z]")
"""A word of another language than Chinese; AI and 5G are at home in both."""
Script = Callable[[str], str]
"""What Bole says in Chinese → the same in the characters that the reader chose."""
_ENGLISH = {
    **dict.fromkeys(("基金", "投资基金"), "Fund"),
    **dict.fromkeys(("创投", "创业投资", "风险投资", "风投"), "Venture capital"),
    **dict.fromkeys(("天使", "天使投资", "天使投资人"), "Angel investor"),
    **dict.fromkeys(("银行", "商业银行"), "Bank"),
    **dict.fromkeys(("银行贷款", "贷款", "信贷"), "Bank loan"),
    **dict.fromkeys(("政府资助", "资助", "补助", "政府补贴"), "Grant"),
    **dict.fromkeys(("担保", "融资担保", "担保公司"), "Guarantee"),
    **dict.fromkeys(("产业资本", "企业创投", "产业投资"), "Corporate investor"),
    **dict.fromkeys(("政府引导基金", "引导基金"), "Government fund"),
    **dict.fromkeys(("中文", "汉语", "普通话", "国语"), "Chinese"),
    **dict.fromkeys(("英文", "英语"), "English"),
    **dict.fromkeys(("粤语", "广东话"), "Cantonese"),
    **dict.fromkeys(("日文", "日语"), "Japanese"),
    **dict.fromkeys(("韩文", "韩语"), "Korean"),
    **dict.fromkeys(("法文", "法语"), "French"),
    **dict.fromkeys(("德文", "德语"), "German"),
    **dict.fromkeys(("俄文", "俄语"), "Russian"),
    **dict.fromkeys(("西班牙文", "西班牙语"), "Spanish"),
}
"""Kinds of investors and languages, which no taxonomy holds."""
_CHINESE = {english.lower(): chinese for chinese, english in reversed(_ENGLISH.items())}
"""The first Chinese word of each."""
_STEPS = {
    "check": "检查数据",
    "encode": "编码文本",
    "fit": "训练",
    "rehearse": "预演",
    "rehearse and fit": "预演与训练",
    "evaluate": "评估",
    "compare": "比较清单",
    "gate": "把关",
    "promote": "上线",
    "report": "出报告",
}


class _Said(TypedDict):
    """For whom something is said."""

    language: Language
    in_script: Script


def hundredths(probability: float) -> str:
    """A probability on the scale 0–100, with one decimal."""
    return f"{100 * probability:.1f}"


def points(share: float) -> str:
    """What a reason adds, in points of 100 with its sign."""
    return f"{100 * share:+.1f}".replace("-", "−")


def label(written: str, kind: str, *, language: Language, in_script: Script = str) -> str:
    """A label as written; where it is of the other language and the catalogue knows it, by its name there.
    What the catalogue says in Chinese is written by `in_script`."""
    if not _is_foreign(written, language):
        return written
    taxonomy = _TAXONOMIES[kind]()
    if kind == "stage" and seeks_any(written):
        return in_script("不限阶段") if language == "zh" else "any stage"
    code = taxonomy.resolve(written)
    if code is None:
        return written
    return in_script(taxonomy.name(code, language)) if language == "zh" else taxonomy.name(code, language)


def _is_foreign(written: str, language: Language) -> bool:
    """Whether a label is of the other language than the reader's."""
    han = bool(_HAN.search(written))
    return han if language == "en" else not han and bool(_WORD.search(written))


def labels(written: tuple[str, ...], kind: str, *, language: Language, in_script: Script = str) -> str:
    """Labels in one line; "" for none."""
    told = (label(each, kind, language=language, in_script=in_script) for each in written)
    return _joined(list(dict.fromkeys(told)), language)


def everyday(written: str, *, language: Language, in_script: Script = str) -> str:
    """A kind or language as written; one of the other language by its name in the reader's, if any."""
    if language == "en":
        return _ENGLISH.get(simplified(written.strip()), written)
    known = _CHINESE.get(written.strip().lower())
    return in_script(known) if known else written


def listed(written: tuple[str, ...], *, language: Language, in_script: Script = str) -> str:
    """Texts of no taxonomy in one line."""
    return _joined([everyday(each, language=language, in_script=in_script) for each in written], language)


def place(region: str, *, language: Language, in_script: Script = str) -> str:
    """A region, step by step from the broadest; what has no name in the language stays as written."""
    if language == "zh" and not _WORD.search(region):
        return region
    steps = [
        label(step.strip(), "region", language=language, in_script=in_script) for step in region.split("/")
    ]
    return ("/" if language == "zh" else " / ").join(steps)


def money(amount: float | None, currency: str, *, language: Language) -> str:
    """An amount rounded for reading (500万, 5M); "" where unknown."""
    return "" if amount is None else amount_text(amount, currency, language)


def ticket(profile: Profile, *, language: Language) -> str:
    """An investor's range per deal; an open end is left out, "" where nothing is known."""
    ends = [money(end, "", language=language) for end in (profile.ticket_min, profile.ticket_max)]
    if not any(ends):
        return ""
    return f"{ends[0]}–{ends[1]} {profile.currency}".strip() if all(ends) else _open_ticket(ends, profile)


def brief(profile: Profile, *, language: Language, in_script: Script = str) -> str:
    """What tells profiles apart, in one line: kind, industries, region, and ticket or stage."""
    said: _Said = {"language": language, "in_script": in_script}
    stages_text = labels((profile.stage,) if profile.stage else profile.stages, "stage", **said)
    parts = [
        everyday(profile.kind, **said),
        labels(profile.industries, "industry", **said),
        place(profile.region, **said),
        ticket(profile, language=language) or stages_text,
    ]
    return " · ".join(part for part in parts if part)


def reason_text(reason: Reason, *, language: Language) -> str:
    """A reason in words, without its points."""
    return sentence(reason, language)


def rule_text(signal: str, *, language: Language) -> str:
    """A rule that makes pairs ineligible, in words."""
    return rule_sentence(Reason(signal, 0.0), language)


def nearest(label: str, field: str) -> str | None:
    """The known label nearest to one that a must-have field does not know; None where none is near."""
    return _TAXONOMIES[_FIELDS[field]]().suggest(label)


def choices(kind: str, *, language: Language) -> list[tuple[str, str]]:
    """(code, name) of every entry of a taxonomy, each broad one followed by what it contains."""
    taxonomy = _TAXONOMIES[kind]()
    ordered = sorted(taxonomy.codes, key=lambda code: tuple(reversed(taxonomy.ancestors(code))))
    return [(code, _indented(taxonomy, code, language)) for code in ordered]


def day_and_time(at: dt.datetime | str, zone: dt.tzinfo, *, language: Language) -> str:
    """A moment (aware, or an ISO 8601 text) as the clock on the wall shows it."""
    moment = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    local = moment.astimezone(zone)
    day = f"{local.year}年{local.month}月{local.day}日" if language == "zh" else f"{local:%-d %b %Y}"
    return f"{day} {local:%H:%M}"


def age(seconds: float, *, language: Language) -> str:
    """How long ago, from seconds to days: 8 秒前, 8 s ago."""
    steps = ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
    size, zh, en = next((step for step in steps if seconds >= step[0]), steps[-1])
    number = max(int(seconds // size), 0)
    return f"{number} {zh}前" if language == "zh" else f"{number} {en} ago"


def step_text(step: str, *, language: Language) -> str:
    """A step of the weekly run; one that has no Chinese name stands for itself."""
    return _STEPS.get(step, step) if language == "zh" else step


def headline(run: RunRecord, *, language: Language) -> str:
    """What a run says of itself in one sentence; "" where it did not come to that."""
    told = run.summary.get("headline")
    text = told.get(language) if isinstance(told, Mapping) else None
    return text if isinstance(text, str) else ""


def _indented(taxonomy: Taxonomy, code: str, language: Language) -> str:
    return "\u3000" * (len(taxonomy.ancestors(code)) - 1) + taxonomy.name(code, language)


def _open_ticket(ends: list[str], profile: Profile) -> str:
    return f"{'≥ ' + ends[0] if ends[0] else '≤ ' + ends[1]} {profile.currency}".strip()


def _joined(texts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(texts))
