"""The report in words."""

from dataclasses import replace

import pytest

from matcher.matching.phrases import Language
from matcher.reports.comparing import Comparison
from matcher.reports.odds import OddsRatio
from matcher.reports.rates import Rate
from matcher.reports.wording import compared, notes, percent
from tests.matcher.reports.tale import Tale
from tests.matcher.reports.test_acceptance import report

COMPARISON = Comparison(
    version="v2",
    against="v1",
    odds=OddsRatio(1.239, 1.02, 1.509),
    pairs=40,
    pairs_against=30,
    yes=8,
    yes_against=5,
)


@pytest.mark.parametrize(
    ("odds", "verdict"),
    [
        (OddsRatio(1.239, 1.02, 1.509), "asked for more often"),
        (OddsRatio(0.8, 0.7, 0.99), "asked for less often"),
        (OddsRatio(1.1, 0.9, 1.3), "no difference that can be told"),
    ],
)
def test_a_version_is_told_beside_the_one_before_it(odds: OddsRatio, verdict: str) -> None:
    sentence = compared(replace(COMPARISON, odds=odds), "en")
    figures = f"{odds.ratio:.2f} [{odds.low:.2f}, {odds.high:.2f}]"
    assert sentence == f"version v2 against v1 at equal position: {figures}, {verdict}"


def test_it_is_told_in_chinese() -> None:
    assert compared(COMPARISON, "zh") == "版本 v2 对 v1，同一名次：1.24 [1.02, 1.51]，更常被请求"


def test_what_cannot_be_told_is_told_with_its_counts() -> None:
    sentences = [compared(replace(COMPARISON, odds=None), language) for language in ("zh", "en")]
    assert sentences[0].startswith("版本 v2 对 v1，同一名次：无法判断（40 对中 8 对有请求，前者 30 对中 5 对")
    assert "cannot be told (8 of 40 pairs were asked for, 5 of 30 before;" in sentences[1]


def test_a_rate_of_nothing_is_a_dash() -> None:
    assert percent(Rate(None, 0.0, 1.0, 0)) == "–"
    assert percent(Rate(0.125, 0.0811, 0.189, 8)) == "12.5% [8.1, 18.9]"


def test_the_notes_say_which_answers_were_taken_for_which_list() -> None:
    tale = Tale()
    tale.list("s1", "m1 m2 m3", request="r1")
    tale.say("requested", "s1", "m1", request="r1")
    tale.say("requested", "s1", "m2")
    tale.say("requested", "s1", "m9")
    said = notes(report(tale), "en")
    assert said[0] == "1 lists, 3 lines shown; a pair counts one line each time it was shown."
    assert said[1] == (
        "Of 3 answers 1 name their list; 1 name none and were counted for the latest list that had shown the "
        "pair within 30 days; 1 answer no list on record."
    )
    assert "3 条反馈中：1 条注明了所答清单；1 条未注明" in notes(report(tale), "zh")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_young_lists_and_the_method_are_noted_where_there_are_any(language: Language) -> None:
    tale = Tale()
    tale.list("s1", "m1")
    assert [len(notes(report(tale, now=now), language)) for now in (60, 10)] == [3, 4]
    tale.list("s1", "m1", version="B")
    assert len(notes(report(tale), language)) == 4
    assert "Mantel–Haenszel" in notes(report(tale), language)[-1]
