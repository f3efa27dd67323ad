"""Words of a run's tables, Chinese and English."""

from collections.abc import Mapping

from matcher.matching.wording import Language

ORIGINS: Mapping[Language, Mapping[str, str]] = {
    "zh": {"solved": "求解", "locked": "锁定", "swapped": "调换", "added": "手动添加", "kept": "此前已同意"},
    "en": {
        "solved": "solved",
        "locked": "locked",
        "swapped": "swapped",
        "added": "added by hand",
        "kept": "accepted before",
    },
}

FIGURES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "run": "批次编号",
        "version": "版本",
        "cohort": "企业批次",
        "status": "状态",
        "objective": "目标",
        "model": "模型版本",
        "startups": "企业数",
        "met": "有会面的企业",
        "partners": "可匹配的伙伴",
        "pairs": "配对数",
        "total": "总匹配度",
        "bound": "总匹配度上界",
        "gap": "与上界的差距",
        "worst": "最低的企业匹配度",
        "proved": "已证明最优",
        "blocking": "双方都更愿意彼此的配对",
        "startup_min": "未达到的企业最少会面数",
        "partner_min": "未达到的伙伴最少会面数",
        "per_firm": "超出同一机构上限的会面",
        "price": "再多一个名额：{who}",
        "short": "供给缺口",
        "yes": "是",
        "no": "否",
        "highest_total": "总匹配度最高",
        "nobody_left_out": "不落下任何企业",
        "fairest": "对最差者最公平",
        "fewest_changes": "改动最少",
    },
    "en": {
        "run": "match run",
        "version": "version",
        "cohort": "cohort",
        "status": "status",
        "objective": "objective",
        "model": "model version",
        "startups": "startups",
        "met": "startups that meet somebody",
        "partners": "eligible partners",
        "pairs": "pairs",
        "total": "total score",
        "bound": "bound of the total",
        "gap": "gap to the bound",
        "worst": "smallest sum of a startup",
        "proved": "proved the best",
        "blocking": "pairs who would both rather have each other",
        "startup_min": "meetings short of startups' minimum",
        "partner_min": "meetings short of minimum loads",
        "per_firm": "meetings beyond the limit of one firm",
        "price": "one more place with {who}",
        "short": "in short supply",
        "yes": "yes",
        "no": "no",
        "highest_total": "highest total match",
        "nobody_left_out": "nobody left out",
        "fairest": "fairest to the worst-off",
        "fewest_changes": "fewest changes",
    },
}
_BASE: Mapping[Language, str] = {"zh": "一般配对的基准分", "en": "an average pair"}


def base_words(language: Language) -> str:
    """What the base of a score is called."""
    return _BASE[language]
