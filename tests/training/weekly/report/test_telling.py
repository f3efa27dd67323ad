"""The run in sentences."""

import json
from dataclasses import replace

import pytest

from training.weekly.findings import Finding, Severity
from training.weekly.record import Difference, Exposure, Figures, Quality, Told, WeeklyRecord
from training.weekly.report.telling import changes, headline, relative, standing, summary
from training.weekly.words import sentence

AT = "2026-11-22T03:00:00+08:00"
RUN = WeeklyRecord("r1", AT, AT, "promoted", live_before="v1", candidate="v2", live_after="v2")
WORSE = Finding(
    "quality_worse",
    Severity.ERROR,
    {"role": "mentor", "mean": -0.02, "low": -0.03, "high": -0.01, "queries": 90, "margin": 0.01},
)
ODD = Finding("role_empty", Severity.WARNING, {"role": "investor"})
NOBODY = Finding("profiles_none", Severity.ERROR, {})


def judged(low: float, mean: float, high: float, rival: str = "live") -> Quality:
    models = {"candidate": Figures(0.2 + mean), rival: Figures(0.2)}
    return Quality(90, models, Difference(mean, low, high))


@pytest.mark.parametrize(
    ("quality", "zh", "en"),
    [
        (judged(0.01, 0.02, 0.03), "导师推荐更准（+10%）", "mentor lists are better (+10%)"),
        (judged(-0.01, 0.01, 0.03), "导师推荐与原来相当", "mentor lists are as good as before"),
        (judged(-0.02, -0.01, -0.001), "导师推荐略逊（−5.0%）", "mentor lists are slightly worse (−5.0%)"),
        (
            judged(0.01, 0.02, 0.03, "profiles"),
            "导师推荐比只看档案更准（+10%）",
            "mentor lists are better than profiles alone (+10%)",
        ),
    ],
)
def test_a_promotion_says_how_the_lists_became(quality: Quality, zh: str, en: str) -> None:
    told = headline(replace(RUN, quality={"mentor": quality}))
    assert told == Told(f"新模型已上线：{zh}。", f"A new model is live: {en}.")


def test_too_little_feedback_is_not_told_as_good_as_before() -> None:
    unsure = Finding("quality_unknown", Severity.NOTE, {"role": "mentor", "queries": 3, "least": 20})
    record = replace(RUN, quality={"mentor": judged(-0.1, 0, 0.1)}, gate=(unsure,))
    assert standing(record, "mentor") == "unclear"
    assert "看不出差别" in headline(record).zh


def test_another_role_s_doubt_is_not_this_one_s() -> None:
    unsure = Finding("quality_unknown", Severity.NOTE, {"role": "investor"})
    record = replace(RUN, quality={"mentor": judged(-0.1, 0, 0.1)}, gate=(unsure,))
    assert standing(record, "mentor") == "same"


def test_a_first_version_needs_no_comparison() -> None:
    assert "第一个" in headline(replace(RUN, live_before=None)).zh
    assert "无从比较" in headline(RUN).zh


def test_a_rejection_says_what_stood_in_the_way_and_leaves_out_what_did_not() -> None:
    told = headline(replace(RUN, outcome="rejected", gate=(ODD, WORSE)))
    assert told.en == f"The new model did not pass; the live one stays: {sentence(WORSE, 'en')}."
    assert sentence(WORSE, "zh") in told.zh


def test_the_same_data_teach_the_same() -> None:
    assert "数据没有变化" in headline(replace(RUN, outcome="kept", live_before="v2")).zh
    assert "没有更好" in headline(replace(RUN, outcome="kept")).zh


def test_a_warning_is_no_reason_to_turn_a_model_down() -> None:
    assert sentence(ODD, "en") not in headline(replace(RUN, outcome="rejected", gate=(ODD,))).en


def test_a_finding_of_another_bole_is_told_by_its_code() -> None:
    strange = Finding("moon_too_full", Severity.ERROR, {})
    assert headline(replace(RUN, outcome="stopped", checks=(strange,))).en.endswith(": moon too full.")


def test_a_run_that_stopped_says_why_and_that_nothing_changed() -> None:
    told = headline(replace(RUN, outcome="stopped", checks=(NOBODY,)))
    assert told.zh == f"本周运行已中止，线上模型未变：{sentence(NOBODY, 'zh')}。"


@pytest.mark.parametrize("outcome", ["promoted", "kept", "rejected", "stopped"])
def test_every_outcome_has_a_headline_even_where_nothing_is_known(outcome: str) -> None:
    told = headline(WeeklyRecord.from_dict({**RUN.to_dict(), "outcome": outcome}))
    assert told.zh.count("。") == 1
    assert told.en.endswith(".")


@pytest.mark.parametrize(
    ("before", "after", "zh"),
    [
        (None, None, "线上仍只看档案。"),
        ("v1", "v1", "线上仍为 v1。"),
        (None, "v1", "线上由只看档案换为 v1。"),
        ("v1", "v2", "线上由 v1 换为 v2。"),
    ],
)
def test_what_serves_is_the_first_change_that_is_told(before: str | None, after: str | None, zh: str) -> None:
    assert changes(replace(RUN, live_before=before, live_after=after))[0].zh == zh


def test_more_or_less_even_exposure_is_told() -> None:
    told = [one.en for one in changes(replace(RUN, exposure={"mentor": Exposure(0.4, 0.5)}))]
    assert "Mentors are shown less evenly (Gini 0.40 → 0.50)." in told
    same = [one.en for one in changes(replace(RUN, exposure={"mentor": Exposure(0.401, 0.4)}))]
    assert not [one for one in same if "Gini" in one]
    even = [one.zh for one in changes(replace(RUN, exposure={"investor": Exposure(0.5, 0.4)}))]
    assert "投资方的曝光更均匀（基尼系数 0.50 → 0.40）。" in even


def test_warnings_are_counted() -> None:
    assert "1 check needs a look." in [one.en for one in changes(replace(RUN, checks=(ODD, NOBODY)))]
    assert "2 checks need a look." in [one.en for one in changes(replace(RUN, checks=(ODD,), gate=(ODD,)))]


def test_a_difference_without_anything_to_compare_it_with_has_no_share() -> None:
    assert relative(Quality(9, {"live": Figures(0.0)}, Difference(0.1, 0.0, 0.2))) is None
    assert relative(Quality(9, {}, None)) is None


def test_the_summary_is_json_that_names_outcome_versions_and_quality() -> None:
    told = json.loads(json.dumps(summary(replace(RUN, quality={"mentor": judged(0.01, 0.02, 0.03)}))))
    assert (told["outcome"], told["candidate"], told["live_after"]) == ("promoted", "v2", "v2")
    assert told["ndcg"] == {"mentor": pytest.approx(0.22)}
    assert told["live_ndcg"] == {"mentor": pytest.approx(0.2)}
    assert told["headline"]["zh"].startswith("新模型已上线")
