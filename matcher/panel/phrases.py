"""The templates of what a panel tells, by language."""

from collections.abc import Mapping

from matcher.amounts import Language
from matcher.panel.awards import Outcome
from matcher.panel.conflicts import Conflict
from matcher.panel.values import RankBy, Sharing, TieBreak

OUTCOMES: Mapping[Language, Mapping[Outcome, str]] = {
    "zh": {
        Outcome.FULL: "按申请金额全额资助 {amount}",
        Outcome.CAPPED: "申请 {asked}，按单项上限资助 {amount}",
        Outcome.PARTIAL: "轮到时预算余 {left}，在申请的 {asked} 中部分资助 {amount}",
        Outcome.BUDGET_SPENT: "候补第 {reserve} 位：轮到时预算已用完",
        Outcome.BELOW_LEAST: "候补第 {reserve} 位：轮到时预算余 {left}，少于其最低有效金额 {needed}",
        Outcome.ORDER_CLOSED: "候补第 {reserve} 位：排名在前者未能足额资助，按规则不再向后递补",
        Outcome.CAP_BELOW_LEAST: "不予资助：最低有效金额 {needed} 高于单项上限 {cap}",
        Outcome.BELOW_MARK: "不予资助：得分低于合格线 {mark}",
        Outcome.NO_AMOUNT: "不予资助：未写明申请金额",
        Outcome.INCOMPLETE: "暂不排名：评分未到齐（{count}/{each}）",
        Outcome.WITHDRAWN: "已撤回申请",
    },
    "en": {
        Outcome.FULL: "awarded {amount}, all that was asked for",
        Outcome.CAPPED: "awarded the cap of {amount} where {asked} was asked for",
        Outcome.PARTIAL: "awarded {amount} of the {asked} asked for: {left} of the budget was left",
        Outcome.BUDGET_SPENT: "reserve {reserve}: the budget was spent before its turn",
        Outcome.BELOW_LEAST: "reserve {reserve}: {left} was left, of use to it would be {needed} or more",
        Outcome.ORDER_CLOSED: "reserve {reserve}: the money did not last for one ranked before, "
        "and nobody is passed over",
        Outcome.CAP_BELOW_LEAST: "not awarded: the least useful amount of {needed} is above the cap of {cap}",
        Outcome.BELOW_MARK: "not awarded: below the pass mark of {mark}",
        Outcome.NO_AMOUNT: "not awarded: asks for no amount",
        Outcome.INCOMPLETE: "not ranked yet: {count} of {each} scores are in",
        Outcome.WITHDRAWN: "withdrawn",
    },
}

TIES: Mapping[Language, Mapping[TieBreak, str]] = {
    "zh": {
        TieBreak.LOWEST_SCORE: "与 {ahead} 同分；最低分较高者在前（{own} 低于 {theirs}）",
        TieBreak.MEDIAN_SCORE: "与 {ahead} 同分；中位分较高者在前（{own} 低于 {theirs}）",
        TieBreak.LESS_ASKED: "与 {ahead} 同分；申请金额较少者在前（{own} 多于 {theirs}）",
        TieBreak.EARLIER: "与 {ahead} 同分；申报在先者在前",
    },
    "en": {
        TieBreak.LOWEST_SCORE: "tied with {ahead}; the higher lowest score is first ({own} against {theirs})",
        TieBreak.MEDIAN_SCORE: "tied with {ahead}; the higher median is first ({own} against {theirs})",
        TieBreak.LESS_ASKED: "tied with {ahead}; who asks for less is first ({own} against {theirs})",
        TieBreak.EARLIER: "tied with {ahead}; the earlier in the list is first",
    },
}

RULES: Mapping[Language, Mapping[TieBreak, str]] = {
    "zh": {
        TieBreak.LOWEST_SCORE: "最低分较高者",
        TieBreak.MEDIAN_SCORE: "中位分较高者",
        TieBreak.LESS_ASKED: "申请金额较少者",
        TieBreak.EARLIER: "申报在先者",
    },
    "en": {
        TieBreak.LOWEST_SCORE: "the higher lowest score",
        TieBreak.MEDIAN_SCORE: "the higher median score",
        TieBreak.LESS_ASKED: "the smaller amount asked for",
        TieBreak.EARLIER: "the earlier place in the list",
    },
}

MEANS: Mapping[Language, Mapping[RankBy, str]] = {
    "zh": {RankBy.RAW: "原始平均分", RankBy.CENTRED: "扣除各评审人松紧后的平均分"},
    "en": {RankBy.RAW: "mean score as given", RankBy.CENTRED: "mean score less each reviewer's leniency"},
}

SHARINGS: Mapping[Language, Mapping[Sharing, str]] = {
    "zh": {
        Sharing.IN_ORDER: "按得分从高到低依次资助，余额不足其最低有效金额者顺延候补",
        Sharing.STRICT_ORDER: "按得分从高到低依次资助，余额不足即止",
        Sharing.MOST_PROJECTS: "按得分从高到低先各给最低有效金额，余额再从高到低补足",
    },
    "en": {
        Sharing.IN_ORDER: "from the best down, each as much as it may have; one for whom too little "
        "is left is passed over",
        Sharing.STRICT_ORDER: "from the best down, nobody after the first for whom the money does not last",
        Sharing.MOST_PROJECTS: "from the best down, each its least useful amount; what is left tops "
        "them up in the same order",
    },
}

METHOD: Mapping[Language, str] = {
    "zh": "按{mean}排名；同分依次比较：{rules}。{sharing}。",
    "en": "Ranked by {mean}; ties go to {rules}. Awards: {sharing}.",
}
THEN: Mapping[Language, str] = {"zh": "、", "en": ", then "}
BUDGET: Mapping[Language, str] = {
    "zh": "预算 {budget}，已分配 {spent}，余 {left}",
    "en": "budget {budget}, awarded {spent}, left {left}",
}
NO_BUDGET: Mapping[Language, str] = {"zh": "未设预算，共分配 {spent}", "en": "no budget set, awarded {spent}"}

LENIENT: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "none": "{name} 尚未评分",
        "same": "{name} 的 {count} 个评分与总体平均相同",
        "above": "{name} 的 {count} 个评分平均比总体高 {by}（偏松）",
        "below": "{name} 的 {count} 个评分平均比总体低 {by}（偏严）",
    },
    "en": {
        "none": "{name} has given no score yet",
        "same": "{name} gives what all give on average (scores: {count})",
        "above": "{name} gives {by} more than all do on average (scores: {count})",
        "below": "{name} gives {by} less than all do on average (scores: {count})",
    },
}

CONFLICTS: Mapping[Language, Mapping[Conflict, str]] = {
    "zh": {
        Conflict.NAMED: "评审名单中写明须回避",
        Conflict.CONFLICT: "评审人档案中列为利益冲突",
        Conflict.EXCLUDED: "企业已将其排除",
        Conflict.CONNECTED: "双方已有合作（接受对接、见面、辅导或投资）",
    },
    "en": {
        Conflict.NAMED: "the panel's list says so",
        Conflict.CONFLICT: "the reviewer's profile names the startup",
        Conflict.EXCLUDED: "the startup has excluded the reviewer",
        Conflict.CONNECTED: "the two have worked together (accepted, met, mentored or invested)",
    },
}

SHORT: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "all": "无法分配：共需 {needed} 份评审，最多能排 {can} 份",
        "few": "{application} 需 {each} 位评审人，无利益冲突者只有 {free} 位",
        "taken": "{application} 还缺 {short} 位评审人（无利益冲突者 {free} 位，但其名额或同单位限制已用尽）",
        "idle": "{reviewer} 至少要评 {least} 份，还差 {short} 份",
        "out": "可以增加评审人、提高评审人的份数上限，或减少每份申请的评审人数（现为 {each}）",
    },
    "en": {
        "all": "cannot be assigned: {needed} reviews are wanted, at most {can} can be had",
        "few": "{application} wants {each} reviewers, and only {free} have no conflict",
        "taken": "{application} lacks {short} reviewers ({free} have no conflict, but their places or the "
        "limit for one firm are used up)",
        "idle": "{reviewer} is to read at least {least}, and lacks {short}",
        "out": "add reviewers, let some read more, or want fewer than {each} for each application",
    },
}
