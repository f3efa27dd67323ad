"""The templates of reasons, by language, signal and what is to be said; see `matcher.matching.wording`.

{done} is what the partner did (投过, met), {startups} how many, {kind} which ones, {ago} when last, {all} how
many in all.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]
Templates = Mapping[str, str]

_AFFINITY: Mapping[Language, Templates] = {
    "zh": {
        "done": "{done} {startups}{stage}{kind}企业{some_stage}{taken}，最近一次 {ago}",
        "one": "{done} {startups}{kind}企业{taken}（{ago}）",
        "asked": "有 {asked}{kind}企业曾有意与其对接",
        "network": "在机构网络中与{kind}企业有往来",
        "few": "{done} {all}企业，其中只有 {startups}是{kind}企业",
        "none": "{done} {all}企业，其中尚无{kind}企业",
        "never": "尚无{kind}企业的先例",
    },
    "en": {
        "done": "has {done} {startups} {kind}{stage}{some_stage}{taken}, the last one {ago}",
        "one": "has {done} {startups} {kind}{taken}, {ago}",
        "asked": "{asked} {kind} asked for it or shortlisted it",
        "network": "is active in the network with startups {kind}",
        "few": "has {done} {all}, only {met} {kind}",
        "none": "has {done} {all}, none {kind}",
        "never": "has no case yet of a startup {kind}",
    },
}

PHRASES: Mapping[Language, Mapping[str, Templates]] = {
    "zh": {
        "semantic": {"for": "双方介绍的内容相近", "against": "双方介绍的内容相距较远"},
        "lexical": {
            "for": "双方介绍都提到{words}",
            "alike": "双方介绍用词相近",
            "against": "介绍中少有共同的关键词",
        },
        "needs": {
            "for": "能提供所需的{shared}",
            "part": "所需 {of} 项中能提供 {count} 项：{met_needs}",
            "near": "提供{shared}类服务，与所需的{wanted}相近",
            "related": "提供{shared}类服务，但不含所需的{wanted}",
            "against": "所需的{wanted}不在其供给之中",
        },
        "industry": {
            "for": "同属{shared}",
            "part": "只同属{shared}",
            "against": "所属{wanted}不在其关注行业之中",
        },
        "region": {"for": "同在{shared}", "part": "只同在{shared}", "against": "不在同一地区（{wanted}）"},
        "stage": {
            "for": "关注{wanted}阶段",
            "near": "关注的{given}与{wanted}相近",
            "against": "{wanted}不是其常选阶段",
        },
        "ticket": {
            "for": "拟融资{ask}合乎其单笔范围{range}",
            "near": "拟融资{ask}接近其单笔范围{range}",
            "against": "拟融资{ask}偏离其单笔范围{range}",
        },
        "activity": {
            "year": "近一年{done} {year}企业，最近一次 {ago}",
            "past": "{done} {all}企业，最近一次 {ago}",
            "asked": "有 {asked}企业曾有意与其对接",
            "less": "近一年{done} {year}企业，少于最活跃的伙伴",
            "quiet": "近一年没有新增企业，最近一次 {ago}",
            "idle": "尚无合作企业的记录",
        },
        "breadth": {
            "for": "{done} {all}企业，涉及 {fields} 个行业，选择面与此类企业相合",
            "against": "{done} {all}企业，涉及 {fields} 个行业，选择面与此类企业不尽相合",
        },
        "response": {
            "for": "{requests} 次邀约中接受 {accepted} 次",
            "against": "{requests} 次邀约中接受 {accepted} 次，低于平均",
            "often": "看过其介绍的企业较常提出对接",
            "seldom": "看过其介绍的企业较少提出对接",
        },
        "refusals": {
            "for": "婉拒过 {refused}企业，其中没有{wanted}企业",
            "rarely": "婉拒过 {refused}企业，其中只有 {count} 家是{wanted}企业",
            "less": "与此类企业之间少有婉拒或忽略",
            "against": "曾婉拒 {count} 家{wanted}企业",
            "more": "与此类企业之间的婉拒或忽略多于平均",
        },
        "neighbours": {
            "done": "{done} {startups}相近企业{taken}，最近一次 {ago}",
            "one": "{done} {startups}相近企业{taken}（{ago}）",
            "for": "从相似企业的选择推断较合适",
            "few": "{done} {all}企业，其中只有 {startups}与之相近",
            "none": "{done} {all}企业，其中尚无相近企业",
            "never": "尚无相近企业的先例",
        },
        "companions": {
            "for": "与该企业往来过的伙伴常有共同的企业",
            "against": "与该企业往来过的伙伴少有共同的企业",
        },
        "factors": {
            "for": "从{done}的 {all}企业推断，偏好相投",
            "guess": "从其档案推断，偏好相投",
            "against": "从{done}的 {all}企业推断，偏好不同",
            "doubt": "从其档案推断，偏好不同",
        },
        "other": {"for": "其他因素合计", "against": "其他因素合计"},
    },
    "en": {
        "semantic": {"for": "both describe similar things", "against": "their descriptions are far apart"},
        "lexical": {
            "for": "both descriptions mention {words}",
            "alike": "both descriptions use much the same words",
            "against": "their descriptions share few key words",
        },
        "needs": {
            "for": "offers {shared}, as needed",
            "part": "offers {count} of the {of} services needed: {met_needs}",
            "near": "offers services in {shared}, near what is needed: {wanted}",
            "related": "offers services in {shared}, but not what is needed: {wanted}",
            "against": "does not offer what is needed: {wanted}",
        },
        "industry": {
            "for": "both are in {shared}",
            "part": "have only {shared} in common",
            "against": "{wanted} is not among the declared industries",
        },
        "region": {
            "for": "both are in {shared}",
            "part": "have only {shared} in common",
            "against": "not in the same region ({wanted})",
        },
        "stage": {
            "for": "looks for the {wanted} stage",
            "near": "looks for {given}, near the {wanted} stage",
            "against": "{wanted} is not a usual stage",
        },
        "ticket": {
            "for": "the ask of {ask} lies within the ticket {range}",
            "near": "the ask of {ask} is close to the ticket {range}",
            "against": "the ask of {ask} lies outside the ticket {range}",
        },
        "activity": {
            "year": "has {done} {year} in the past year, the last one {ago}",
            "past": "has {done} {all}, the last one {ago}",
            "asked": "{asked} asked for it or shortlisted it",
            "less": "has {done} {year} in the past year, fewer than the most active",
            "quiet": "no new startup in the past year, the last one {ago}",
            "idle": "has no record of working with a startup yet",
        },
        "breadth": {
            "for": "has {done} {all} from {fields}: a range that suits such startups",
            "against": "has {done} {all} from {fields}: a range that suits others better",
        },
        "response": {
            "for": "accepted {accepted} of {requests}",
            "against": "accepted {accepted} of {requests}, below the average",
            "often": "startups that see it often ask for it",
            "seldom": "startups that see it seldom ask for it",
        },
        "refusals": {
            "for": "has declined {refused}, none of them like this one ({wanted})",
            "rarely": "has declined {refused}, only {count} of them like this one ({wanted})",
            "less": "few noes between it and such startups",
            "against": "has declined {declined} like this one ({wanted})",
            "more": "more noes than usual between it and such startups",
        },
        "neighbours": {
            "done": "has {done} {startups} like this one{taken}, the last one {ago}",
            "one": "has {done} {startups} like this one{taken}, {ago}",
            "for": "what similar startups chose points to it",
            "few": "has {done} {all}, only {met} like this one",
            "none": "has {done} {all}, none like this one",
            "never": "has no case yet of a startup like this one",
        },
        "companions": {
            "for": "often shares startups with the partners that this one has dealt with",
            "against": "seldom shares startups with the partners that this one has dealt with",
        },
        "factors": {
            "for": "the {all} it has {done} suggest a shared taste",
            "guess": "its profile suggests a shared taste",
            "against": "the {all} it has {done} suggest another taste",
            "doubt": "its profile suggests another taste",
        },
        "other": {"for": "all other terms together", "against": "all other terms together"},
    },
}

KINDS: Mapping[Language, Templates] = {
    "zh": {
        "affinity_industry": "{wanted}",
        "affinity_region": "{wanted}的",
        "affinity_stage": "{wanted}阶段的",
        "affinity_needs": "需要{wanted}的",
        "affinity_ask": "融资额与{ask}相近的",
    },
    "en": {
        "affinity_industry": "in {wanted}",
        "affinity_region": "from {wanted}",
        "affinity_stage": "at the {wanted} stage",
        "affinity_needs": "in need of {wanted}",
        "affinity_ask": "raising about {ask}",
    },
}


def template(signal: str, variant: str, language: Language) -> str:
    """What is said of the signal in the language."""
    own = _AFFINITY[language] if signal in KINDS[language] else PHRASES[language][signal]
    return own[variant]


UNCERTAIN: Mapping[Language, str] = MappingProxyType({"zh": "（依据较少）", "en": " (little to go by)"})
