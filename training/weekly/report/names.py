"""What roles, models, outcomes and steps are called in the report."""

from collections.abc import Mapping

from matcher.matching.phrases import Language
from training.weekly.record import Told

ROLES: Mapping[str, Told] = {
    "startup": Told("企业", "Startups"),
    "mentor": Told("导师", "Mentors"),
    "investor": Told("投资方", "Investors"),
}
MODELS: Mapping[str, Told] = {
    "candidate": Told("新模型", "New model"),
    "live": Told("现用模型", "Live model"),
    "profiles": Told("只看档案", "Profiles alone"),
    "lightfm": Told("LightFM", "LightFM"),
    "popularity": Told("按热度排", "Popularity"),
}
OUTCOMES: Mapping[str, Told] = {
    "promoted": Told("已上线", "Promoted"),
    "kept": Told("保留原模型", "Kept"),
    "rejected": Told("未通过", "Rejected"),
    "stopped": Told("已中止", "Stopped"),
}
STEPS: Mapping[str, Told] = {
    "check": Told("检查数据", "Check the data"),
    "encode": Told("编码文本", "Encode texts"),
    "fit": Told("训练", "Fit"),
    "rehearse": Told("预演", "Rehearse"),
    "rehearse and fit": Told("预演与训练", "Rehearse and fit"),
    "evaluate": Told("评估", "Evaluate"),
    "compare": Told("比较清单", "Compare lists"),
    "gate": Told("把关", "Gate"),
    "promote": Told("上线", "Promote"),
    "report": Told("出报告", "Report"),
}
SEVERITIES: Mapping[str, Told] = {
    "error": Told("不通过", "Error"),
    "warning": Told("需留意", "Warning"),
    "note": Told("提示", "Note"),
    "ok": Told("正常", "OK"),
}


def named(names: Mapping[str, Told], code: str, language: Language) -> str:
    """The name of a code; one that has none stands for itself."""
    return in_language(names[code], language) if code in names else code


def in_language(told: Told, language: Language) -> str:
    """The text in one of its languages."""
    return told.zh if language == "zh" else told.en
