"""The templates of what is said of match runs, by language; see `matcher.cohorts.wording`."""

from collections.abc import Mapping

from matcher.matching.phrases import Language

STATUS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "draft": "草稿",
        "solving": "求解中",
        "solved": "已求解",
        "infeasible": "无法满足",
        "published": "已发布",
        "closed": "已关闭",
    },
    "en": {
        "draft": "draft",
        "solving": "solving",
        "solved": "solved",
        "infeasible": "infeasible",
        "published": "published",
        "closed": "closed",
    },
}

WAITS: Mapping[Language, str] = {
    "zh": "等待后台任务开始求解；若一直未开始，请运行 bole worker",
    "en": "waits for a worker; if none begins, run `bole worker`",
}

PARTNERS: Mapping[Language, Mapping[str, tuple[str, str]]] = {
    "zh": {"mentor": ("导师", "导师"), "investor": ("投资方", "投资方")},
    "en": {"mentor": ("mentor", "mentors"), "investor": ("investor", "investors")},
}
"""One and several."""

CLASHES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "service": "{startups} 家企业需要“{services}”，共需 {demand} 次会面；"
        "{partners} 位{role}可提供，合计只有 {supply} 个名额",
        "meetings": "{startups} 家企业共需 {demand} 次会面；"
        "可与其会面的 {partners} 位{role}合计只有 {supply} 个名额",
        "nobody": "{startups} 家企业共需 {demand} 次会面，但没有可与其会面的{role}",
        "load": "{partners} 位{role}的最低辅导数合计 {demand} 次；"
        "可与其会面的 {startups} 家企业合计只能安排 {supply} 次",
        "lock": "必须保留的配对需要 {demand} 次会面，现有限制只允许 {supply} 次",
        "slots": "其他限制可以满足，但 {supply} 个时段排不下：请增加时段，或减少会面与锁定",
        "wanted": "{demand} 个指定的配对不可能成立：{rules}",
    },
    "en": {
        "service": "{startups_need} {services}, {demand_meetings} in all; {partners_offer} it, {places_left}",
        "meetings": "{startups_need} {demand_meetings} in all; the {partners} whom they may meet "
        "{partners_have}",
        "nobody": "{startups_need} {demand_meetings} in all, and there is no {role} whom they may meet",
        "load": "{partners} are to have {demand_meetings} at least; "
        "the startups whom they may meet can have {supply}",
        "lock": "the pairs that must stay take {demand_meetings}; the other limits allow {supply}",
        "slots": "the other limits can be kept, but not within {supply} slots: "
        "add slots, or have fewer meetings and locks",
        "wanted": "{wanted} cannot meet: {rules}",
    },
}

MOVES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "raise_capacity": "把 {who} 的名额{share}增加 {by} 个",
        "raise_meetings": "把 {who} 的会面上限{share}增加 {by} 次",
        "lower_minimum": "把 {who} 的最少会面数{share}降低 {by} 次",
        "lower_load": "把 {who} 的最低辅导数{share}降低 {by} 次",
        "unlock": "解除锁定：{pairs}",
        "raise_per_firm": "把同一机构的上限提高 {by}",
        "allow": "{what}（{count} 对）：{pairs}",
        "undo": "撤销第 {what} 号人工调整",
    },
    "en": {
        "raise_capacity": "raise the capacity of {who} by {by}{share}",
        "raise_meetings": "allow {who} {by} more{share}",
        "lower_minimum": "lower the minimum of {who} by {by}{share}",
        "lower_load": "lower the minimum load of {who} by {by}{share}",
        "unlock": "unlock {pairs}",
        "raise_per_firm": "raise the limit for one firm by {by}",
        "allow": "{what} ({count}): {pairs}",
        "undo": "undo edit {what}",
    },
}

SHARES: Mapping[Language, Mapping[str, str]] = {
    "zh": {"one": "", "each": "各", "all": "合计"},
    "en": {"one": "", "each": " each", "all": " in all"},
}
"""Whether a move's figure is of one, of each of several, or of several together."""

ALLOWED: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "must_have.industries": "放宽行业的必备条件",
        "must_have.regions": "放宽地区的必备条件（例如允许外地线上辅导）",
        "must_have.stages": "放宽阶段的必备条件",
        "must_have.offers": "放宽服务的必备条件",
        "must_have.languages": "放宽语言的必备条件",
        "must_have.tags": "放宽标签的必备条件",
        "must_meet": "放宽“必须对口需求”的条件",
        "ban": "取消禁止",
        "unanswered": "再次邀请此前未成的配对",
        "connected": "允许已有联系的再次会面",
        "declined": "再次邀请此前婉拒的",
        "dismissed": "再次考虑企业此前忽略的",
    },
    "en": {
        "must_have.industries": "drop the must-have industries",
        "must_have.regions": "drop the must-have regions (online meetings, say)",
        "must_have.stages": "drop the must-have stages",
        "must_have.offers": "drop the must-have offers",
        "must_have.languages": "drop the must-have languages",
        "must_have.tags": "drop the must-have tags",
        "must_meet": "drop the rule that needs must be met",
        "ban": "lift the ban",
        "unanswered": "ask again where an offer came to nothing",
        "connected": "let those meet again who are in contact",
        "declined": "ask those again who declined",
        "dismissed": "consider those again whom the startup dismissed",
    },
}

PARTLY: Mapping[Language, str] = {"zh": "（还差 {left} 次）", "en": " ({left} still missing)"}

RULES: Mapping[Language, Mapping[str, str]] = {
    "zh": {"banned": "工作人员已禁止", "unanswered": "此前的邀请未成"},
    "en": {"banned": "staff ruled it out", "unanswered": "an earlier offer came to nothing"},
}
"""Beside those of `matcher.matching.wording`."""

SHORTAGES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "none": "{wanted} 家企业需要“{service}”，没有伙伴提供",
        "few": "{wanted} 家企业需要“{service}”，{offered} 位伙伴提供，共 {places} 个名额，还差 {short} 个",
    },
    "en": {
        "none": "{wanted_need} {service}; nobody offers it",
        "few": "{wanted_need} {service}; {offered_offer} it, {places} left: {short} short",
    },
}
