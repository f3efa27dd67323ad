"""What a funding answer tells, in Chinese and English: templates filled with its figures."""

from collections import Counter
from collections.abc import Mapping

from matcher.amounts import Language, amount_in_full
from matcher.funding.plans import Funding, Part, Plan, Refusal
from matcher.funding.sources import Left, LeftOut
from matcher.funding.values import Gap, SourceKind

KINDS: Mapping[Language, Mapping[SourceKind, str]] = {
    "zh": {SourceKind.LOAN: "贷款", SourceKind.GRANT: "补助", SourceKind.EQUITY: "股权"},
    "en": {SourceKind.LOAN: "loan", SourceKind.GRANT: "grant", SourceKind.EQUITY: "equity"},
}

_GAP: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "whole": "缺口 {amount}，{by} 前到位：{sources} 个可用来源，{count} 个方案",
        "part": "缺口 {amount}，{by} 前到位：{sources} 个可用来源最多覆盖 {covered}，还缺 {missing}",
        "none": "缺口 {amount}，{by} 前到位：没有可用来源",
    },
    "en": {
        "whole": "a gap of {amount} by {by}: {sources} possible sources, plans: {count}",
        "part": "a gap of {amount} by {by}: {sources} possible sources cover {covered} at most, {missing} is "
        "missing",
        "none": "a gap of {amount} by {by}: no source is possible",
    },
}

_PLAN: Mapping[Language, str] = {
    "zh": "{count} 个来源共 {covered}（{kinds}），年利息 {cost}（占缺口 {rate}%）{equity}；"
    "预期到位 {expected}，各方都同意的概率 {agree:.0%}{proved}",
    "en": "{covered} from {count} ({kinds}), interest of {cost} a year ({rate}% of the gap){equity}; "
    "{expected} can be expected, all agree with probability {agree:.0%}{proved}",
}
_SHARE: Mapping[Language, str] = {
    "zh": "，出让约 {share:.1%} 股权",
    "en": ", for about {share:.1%} of the company",
}
_UNPROVED: Mapping[Language, str] = {
    "zh": "；限时内找到的最好方案，尚未证明最优",
    "en": "; the best found in the time given, not proved to be the best there is",
}

_PART: Mapping[Language, str] = {
    "zh": "{name}：{kind} {amount}（{least}–{most}）{terms}，同意概率 {odds:.0%}",
    "en": "{name}: {kind} of {amount} (from {least} to {most}){terms}, agrees with probability {odds:.0%}",
}
_TERMS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "rate": "，年利率 {rate:g}%",
        "assumed": "，利率未写明，按 {rate:g}% 计",
        "kind": "，种类未写明，按股权计",
        "term": "，期限 {months} 个月",
        "converted": "，限额按概略汇率折算",
    },
    "en": {
        "rate": ", {rate:g}% a year",
        "assumed": ", its rate is unknown and reckoned at {rate:g}%",
        "kind": ", its kind is unknown and taken for equity",
        "term": ", for {months} months",
        "converted": ", limits converted at a rounded rate",
    },
}

_REFUSAL: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "whole": "若 {name} 婉拒：改由 {parts}，年利息{cost}",
        "part": "若 {name} 婉拒：最多覆盖 {covered}（{parts}），缺 {missing}",
        "none": "若 {name} 婉拒：没有其他来源",
        "more": "增加 {by}",
        "less": "减少 {by}",
        "same": "不变",
    },
    "en": {
        "whole": "if {name} declines: {parts} instead, interest {cost}",
        "part": "if {name} declines: at most {covered} ({parts}), {missing} is missing",
        "none": "if {name} declines: no other source is left",
        "more": "{by} more a year",
        "less": "{by} less a year",
        "same": "as before",
    },
}

_LEFT: Mapping[Language, Mapping[Left, str]] = {
    "zh": {
        Left.UNAVAILABLE: "目前不可匹配（停用、暂停投资、利益冲突、曾婉拒或名额已满）",
        Left.NO_MONEY: "不提供贷款、补助或股权",
        Left.ASIDE: "本次不考虑",
        Left.CURRENCY: "币种无法折算",
        Left.STAGE: "阶段不符",
        Left.INDUSTRY: "行业不符",
        Left.REGION: "地区不符",
        Left.TOO_LATE: "资金赶不及到位",
        Left.TERM: "期限太短",
        Left.TOO_LARGE: "最低金额高于缺口",
        Left.TOO_SMALL: "最高金额低于其最低金额",
    },
    "en": {
        Left.UNAVAILABLE: "not available (paused, not investing, in conflict, declined before, or full)",
        Left.NO_MONEY: "gives no loan, grant or equity",
        Left.ASIDE: "left aside this time",
        Left.CURRENCY: "its currency cannot be converted",
        Left.STAGE: "another stage",
        Left.INDUSTRY: "another industry",
        Left.REGION: "another region",
        Left.TOO_LATE: "its money would come too late",
        Left.TERM: "its term is too short",
        Left.TOO_LARGE: "its least amount is above the gap",
        Left.TOO_SMALL: "its largest amount is below its least",
    },
}
_COULD: Mapping[Language, str] = {"zh": "（最多可 {most}）", "en": " (could give up to {most})"}
_SUMMARY: Mapping[Language, str] = {
    "zh": "另有 {count} 家未列入：{told}",
    "en": "others that are no source here: {count} ({told})",
}
_SUMMARY_BETWEEN: Mapping[Language, str] = {"zh": "；", "en": "; "}
_BETWEEN: Mapping[Language, str] = {"zh": "、", "en": ", "}


def gap_sentence(found: Funding, language: Language) -> str:
    """What was asked, and whether it can be covered."""
    gap, covered = found.gap, found.gap.amount - found.missing
    which = "whole" if not found.missing else "part" if covered else "none"
    amounts = {"amount": gap.amount, "covered": covered, "missing": found.missing}
    return _GAP[language][which].format(
        **{name: _money(amount, gap, language) for name, amount in amounts.items()},
        by=gap.by.isoformat(),
        sources=found.sources,
        count=len(found.options),
    )


def plan_sentence(plan: Plan, gap: Gap, language: Language) -> str:
    """What a plan comes to."""
    share = dilution(plan, gap)
    kinds = [kind for kind in SourceKind if any(part.source.kind is kind for part in plan.parts)]
    return _PLAN[language].format(
        count=len(plan.parts),
        covered=_money(plan.covered, gap, language),
        kinds=_BETWEEN[language].join(KINDS[language][kind] for kind in kinds),
        cost=_money(round(plan.cost_per_year), gap, language),
        rate=f"{100 * plan.cost_per_year / gap.amount:.2f}".rstrip("0").rstrip("."),
        equity="" if share is None else _SHARE[language].format(share=share),
        expected=_money(_rounded(plan.expected), gap, language),
        agree=plan.all_agree,
        proved="" if plan.proved else _UNPROVED[language],
    )


def part_sentence(part: Part, gap: Gap, language: Language) -> str:
    """What one source gives, and on which terms."""
    source = part.source
    return _PART[language].format(
        name=source.name,
        kind=KINDS[language][source.kind],
        amount=_money(part.amount, gap, language),
        least=_money(source.least, gap, language),
        most=_money(source.most, gap, language),
        terms=_terms(part, language),
        odds=source.odds,
    )


def refusal_sentence(refusal: Refusal, plan: Plan, gap: Gap, language: Language) -> str:
    """What would be done if one source of the plan said no."""
    words, instead = _REFUSAL[language], refusal.instead
    if instead is None:
        return words["none"].format(name=refusal.source.name)
    parts = [f"{part.source.name} {_money(part.amount, gap, language)}" for part in instead.parts]
    more = round(instead.cost_per_year - plan.cost_per_year)
    change = "more" if more > 0 else "less" if more < 0 else "same"
    return words["part" if instead.missing else "whole"].format(
        name=refusal.source.name,
        parts=_BETWEEN[language].join(parts),
        cost=words[change].format(by=_money(abs(more), gap, language)),
        covered=_money(instead.covered, gap, language),
        missing=_money(instead.missing, gap, language),
    )


def left_sentence(left: LeftOut, gap: Gap, language: Language) -> str:
    """Why a partner is no source here."""
    could = "" if left.most is None else _COULD[language].format(most=_money(left.most, gap, language))
    return f"{left.name}{'：' if language == 'zh' else ': '}{_LEFT[language][left.why]}{could}"


def left_summary(found: Funding, language: Language) -> str:
    """How many partners are no source, by reason, the most frequent first; "" where there is none."""
    counts = Counter(left.why for left in found.left_out)
    told = [f"{_LEFT[language][why]} {count}" for why, count in counts.most_common()]
    between = _SUMMARY_BETWEEN[language].join(told)
    return _SUMMARY[language].format(count=counts.total(), told=between) if told else ""


def dilution(plan: Plan, gap: Gap) -> float | None:
    """The share of the company that the plan's equity buys, 0…1; None where no valuation is known and equity
    is part of it, or there is none to speak of."""
    return plan.equity / gap.valuation if plan.equity and gap.valuation else None


def _terms(part: Part, language: Language) -> str:
    words, source = _TERMS[language], part.source
    told = ""
    if source.kind is SourceKind.LOAN:
        told += words["assumed" if source.assumed_rate else "rate"].format(rate=source.rate)
    if source.assumed_kind:
        told += words["kind"]
    if source.term_months:
        told += words["term"].format(months=source.term_months)
    return told + (words["converted"] if source.converted else "")


def _money(amount: int, gap: Gap, language: Language) -> str:
    return amount_in_full(amount, gap.currency, language)


def _rounded(amount: float) -> int:
    """To three digits: what is expected is an estimate."""
    return int(float(f"{amount:.3g}"))
