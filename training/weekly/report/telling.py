"""The run in sentences: the headline, what changed, and what other pages say of it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from matcher.errors import InvalidInput
from matcher.matching.phrases import Language
from training.weekly.findings import Finding, Severity, worst_first
from training.weekly.record import Difference, Lists, Quality, Told, WeeklyRecord
from training.weekly.report.names import ROLES
from training.weekly.report.numbers import UNKNOWN, count, counted, decimal, signed_share
from training.weekly.words import sentence

_DEPTH = 10
_UNCLEAR = {"quality_unknown", "quality_unclear"}
"""Findings of the gate that say: there is too little to tell."""

Standing = Literal["better", "same", "worse", "unclear", "unknown"]
_OPENINGS = {
    "promoted": Told("新模型已上线", "A new model is live"),
    "kept": Told("继续使用现用模型", "The live model stays"),
    "rejected": Told("新模型未通过检验，继续使用现用模型", "The new model did not pass; the live one stays"),
    "stopped": Told("本周运行已中止，线上模型未变", "The run stopped; what serves is untouched"),
}
_NO_REASON = {
    "promoted": Told("这是第一个上线的模型", "it is the first one"),
    "kept": Told("新模型没有更好", "the new one is no better"),
    "rejected": Told("原因见下文“上线把关”", "see the gate below"),
    "stopped": Told("原因见运行日志", "the log says why"),
}
_UNCHANGED = Told("数据没有变化，学到的也一样", "the data are the same, and so is what was learned")
_UNTOLD = Told(
    "反馈太少，无从比较，按既定规则上线", "too little feedback to compare, so the stated rule decided"
)


def headline(record: WeeklyRecord) -> Told:
    """What became of the run and why, in one sentence."""
    opening, why = _OPENINGS[record.outcome], _why(record) or _NO_REASON[record.outcome]
    return Told(f"{opening.zh}：{why.zh}。", f"{opening.en}: {why.en}.")


def changes(record: WeeklyRecord) -> list[Told]:
    """What is new since the last run, one sentence each."""
    told = [_serving(record), *_data(record), *_exposure(record), *_scarce(record), *_watch(record)]
    return [Told(f"{one.zh}。", f"{one.en}.") for one in told]


def standing(record: WeeklyRecord, role: str) -> Standing:
    """How the candidate stands beside the live model; "same" where the interval holds 0, "unclear" where the
    gate found too little to tell, "unknown" where nothing was compared."""
    quality = record.quality.get(role)
    if quality is None or quality.difference is None or not quality.queries:
        return "unknown"
    if any(one.code in _UNCLEAR and one.facts.get("role") == role for one in record.gate):
        return "unclear"
    return _direction(quality.difference)


def rival(quality: Quality) -> str:
    """What the candidate is compared with: the live model or, where there is none, profiles alone."""
    return "live" if "live" in quality.models else "profiles"


def relative(quality: Quality) -> float | None:
    """The difference as a share of the rival's nDCG; None where that is unknown or 0."""
    other = quality.models.get(rival(quality))
    return quality.difference.mean / other.ndcg if quality.difference and other and other.ndcg else None


def summary(record: WeeklyRecord) -> dict[str, object]:
    """What lists of runs tell of this one, JSON-ready: see `WeeklyRecord.history`."""
    told = headline(record)
    return {
        "outcome": record.outcome,
        "headline": {"zh": told.zh, "en": told.en},
        "candidate": record.candidate,
        "live_before": record.live_before,
        "live_after": record.live_after,
        "ndcg": _ndcg(record, "candidate"),
        "live_ndcg": _ndcg(record, "live"),
    }


def finding_text(finding: Finding, language: Language) -> str:
    """What a check found, without full stop. One that this Bole has no words for, from a record of another
    version, is told by its code: no report fails for want of a sentence."""
    try:
        return sentence(finding, language).rstrip("。.")
    except InvalidInput:
        return finding.code.replace("_", " ")


def kept_places(lists: Lists) -> str:
    """How many of ten places stay, on average: 8.1."""
    return decimal(_DEPTH * lists.overlap, 1)


def _ndcg(record: WeeklyRecord, model: str) -> dict[str, float]:
    found = {role: quality.models.get(model) for role, quality in record.quality.items()}
    return {role: figures.ndcg for role, figures in found.items() if figures is not None}


def _why(record: WeeklyRecord) -> Told | None:
    match record.outcome:
        case "promoted":
            told = [one for role in record.quality for one in _compared(record, role)]
            return _joined(told) or (_UNTOLD if record.live_before else None)
        case "stopped":
            return _worst(record.checks)
        case "kept" if record.candidate == record.live_before:
            return _UNCHANGED
        case _:
            return _worst(record.gate)


def _compared(record: WeeklyRecord, role: str) -> Iterator[Told]:
    quality, name = record.quality[role], ROLES.get(role, Told(role, role))
    change, alone = relative(quality), rival(quality) == "profiles"
    zh, en = (f"（{signed_share(change)}）", f" ({signed_share(change)})") if change is not None else ("", "")
    of, than = ("比只看档案", " than profiles alone") if alone else ("", "")
    lists = f"{name.en.lower().removesuffix('s')} lists"
    match standing(record, role):
        case "better":
            yield Told(f"{name.zh}推荐{of}更准{zh}", f"{lists} are better{than}{en}")
        case "worse":
            yield Told(f"{name.zh}推荐{of}略逊{zh}", f"{lists} are slightly worse{than}{en}")
        case "same":
            before = ("与只看档案", "those by profiles alone") if alone else ("与原来", "before")
            yield Told(f"{name.zh}推荐{before[0]}相当", f"{lists} are as good as {before[1]}")
        case "unclear":
            yield Told(f"{name.zh}反馈太少，看不出差别", f"too little feedback to tell {lists} apart")


def _direction(between: Difference) -> Standing:
    return "better" if between.low > 0 else "worse" if between.high < 0 else "same"


def _worst(findings: Sequence[Finding]) -> Told | None:
    """The sentence of the worst finding, of those that stand in the way."""
    serious = [one for one in worst_first(findings) if one.severity is Severity.ERROR]
    return _sentence(serious[0]) if serious else None


def _sentence(finding: Finding) -> Told:
    return Told(finding_text(finding, "zh"), finding_text(finding, "en"))


def _joined(told: Sequence[Told]) -> Told | None:
    return Told("，".join(one.zh for one in told), ", ".join(one.en for one in told)) if told else None


def _serving(record: WeeklyRecord) -> Told:
    before, after = record.live_before, record.live_after
    if after is None:
        return Told("线上仍只看档案", "Nothing learned serves yet, profiles alone do")
    if before == after:
        return Told(f"线上仍为 {after}", f"{after} goes on serving")
    if before is None:
        return Told(f"线上由只看档案换为 {after}", f"{after} serves, before it profiles alone did")
    return Told(f"线上由 {before} 换为 {after}", f"{after} serves instead of {before}")


def _data(record: WeeklyRecord) -> Iterator[Told]:
    data = record.data
    if data.interactions:
        yield Told(
            f"新增 {counted(data.new_interactions, '条')}互动，共 {counted(data.interactions, '条')}",
            f"{count(data.new_interactions, 'en')} new interactions, {count(data.interactions, 'en')} in all",
        )


def _exposure(record: WeeklyRecord) -> Iterator[Told]:
    for role, shown in record.exposure.items():
        name = ROLES.get(role, Told(role, role))
        before, after = decimal(shown.gini_before, 2), decimal(shown.gini_after, 2)
        if before != after and UNKNOWN not in (before, after):
            zh, en = ("更集中", "less") if float(after) > float(before) else ("更均匀", "more")
            yield Told(
                f"{name.zh}的曝光{zh}（基尼系数 {before} → {after}）",
                f"{name.en} are shown {en} evenly (Gini {before} → {after})",
            )


def _scarce(record: WeeklyRecord) -> Iterator[Told]:
    for need in record.supply.needs[:1]:
        yield Told(
            f"最缺的服务是{need.zh}：{need.wanted} 家企业需要，{need.offered} 位伙伴能提供",
            f"The scarcest service is {need.en}: {need.wanted} want it, {need.offered} offer it",
        )


def _watch(record: WeeklyRecord) -> Iterator[Told]:
    odd = sum(one.severity is Severity.WARNING for one in (*record.checks, *record.gate))
    if odd:
        checks = "1 check needs" if odd == 1 else f"{odd} checks need"
        yield Told(f"有 {odd} 项检查需要留意", f"{checks} a look")
