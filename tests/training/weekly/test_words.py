"""Every code has a sentence in both languages, and its facts fill it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
import training
from matcher.errors import InvalidInput
from matcher.interactions import InteractionType
from matcher.matching.phrases import Language
from matcher.profiles import Role
from tests.training.weekly.checks.stories import STORIES
from tests.training.weekly.checks.worlds import SETTINGS, demo
from training.weekly.checks import check
from training.weekly.checks.phrases import EN, ZH
from training.weekly.checks.portrait import FILLED
from training.weekly.findings import Finding, Severity
from training.weekly.words import PHRASES, places, sentence
from training.weekly.writers import WRITERS

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SOURCES = [path for package in (training, api) for path in Path(package.__path__[0]).rglob("*.py")]
HAN = re.compile("[\u4e00-\u9fff]")


def said(code: str, language: Language = "en", **facts: object) -> str:
    return sentence(Finding(code, Severity.OK, facts), language)


def codes_in(source: Path) -> Iterator[str]:
    """Every text that a call of Finding (or of a helper that passes a code on) may have as its code."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id == "code"
    }
    for call in ast.walk(tree):
        named_call = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args
        if named_call and call.func.id in ("Finding", "_told"):
            yield from _texts(call.args[0], named)


def _texts(node: ast.AST, named: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Name):
        node = named.get(node.id, node)
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, named), *_texts(node.orelse, named))
    if isinstance(node, ast.Constant):
        yield str(node.value)
    if isinstance(node, ast.JoinedStr):
        yield from (f"{side}_dominates" for side in ("partner", "startup", "organisation"))


CODES = sorted({code for source in SOURCES for code in codes_in(source)})


def test_the_codes_of_the_code_base_are_found() -> None:
    assert {"volume_low", "timing_ok", "profiles_incomparable", "startup_dominates"} <= set(CODES)
    assert {"quality_worse", "probes_ok", "bounds_ok", "no_rival"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_chinese_and_an_english_wording(code: str) -> None:
    zh, en = (said(code, language) for language in LANGUAGES)
    assert HAN.search(zh)
    assert not HAN.search(en)


@pytest.mark.parametrize("code", PHRASES["zh"])
def test_both_wordings_tell_the_same_facts(code: str) -> None:
    zh, en = (PHRASES[language][code] for language in LANGUAGES)
    assert [places(one) for one in _several(zh)] == [places(one) for one in _several(en)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_written_by_a_writer_that_exists(language: Language) -> None:
    templates = " ".join(text for one in PHRASES[language].values() for text in _several(one))
    assert set(re.findall(r"\{\w+:(\w+)", templates)) <= WRITERS.keys()


def test_no_wording_is_of_a_code_that_nobody_tells() -> None:
    to_come = {"bundle_broken"}
    assert set(PHRASES["zh"]) - to_come == set(PHRASES["en"]) - to_come == set(CODES) - to_come


def _several(templates: str | tuple[str, ...]) -> tuple[str, ...]:
    return (templates,) if isinstance(templates, str) else templates


FOUND = [finding for story in (demo, *STORIES) for finding in check(story(), SETTINGS)]


def test_the_facts_of_the_checks_fill_their_sentences() -> None:
    for finding in FOUND:
        assert places(EN[finding.code]) <= finding.facts.keys()
        assert places(ZH[finding.code]) <= finding.facts.keys()


def test_sentences_are_short_enough_to_be_read() -> None:
    for finding in FOUND:
        assert len(sentence(finding, "zh")) <= 120
        assert len(sentence(finding, "en")) <= 220


def test_a_missing_fact_is_a_question_mark() -> None:
    assert said("role_empty") == "There are no ? yet"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has no wording"):
        said("weather_bad")


def test_braces_in_a_fact_are_only_text() -> None:
    assert "{role}" in said("texts_repeated", role="startup", profiles=2, share=1, text="{role}")


def test_what_was_let_pass_says_so() -> None:
    facts = {"interactions": 5, "of": 10, "share": 0.5, "accepted": True}
    assert said("duplicate_events", **facts).endswith("(seen and let pass by staff)")
    assert said("duplicate_events", "zh", **facts).endswith("（已有人看过并放行）")


def test_figures_are_written_for_people() -> None:
    week = {"first": "2026-10-25", "last": "2026-10-31", "interactions": 1, "usual": 1234.5, "weeks": 12}
    assert said("volume_low", "zh", **week).startswith(
        "最近一周（2026年10月25日至2026年10月31日）只有 1 条互动，此前 12 周通常每周 1,234 条"
    )
    assert said("volume_low", **week).startswith(
        "Only 1 interaction last week (2026-10-25 to 2026-10-31); in 12 weeks before"
    )


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0, "0%"),
        (0.0004, "<0.1%"),
        (0.004, "0.4%"),
        (0.126, "13%"),
        (0.996, "99.6%"),
        (0.9999, ">99.9%"),
        (1, "100%"),
    ],
)
def test_some_is_never_none_and_most_is_never_all(share: float, written: str) -> None:
    assert WRITERS["percent"](share, "en") == written


@pytest.mark.parametrize(
    ("figure", "written"), [(0.25, "0.25"), (12.345, "12.3"), (1234.5, "1,234"), (0, "0")]
)
def test_figures_have_three_digits(figure: float, written: str) -> None:
    assert WRITERS["number"](figure, "en") == written


def test_differences_have_a_sign() -> None:
    assert WRITERS["signed"](-0.0123, "en") == "−0.012"
    assert WRITERS["signed"](0.0126, "zh") == "+0.013"


def test_one_thing_is_not_several() -> None:
    assert WRITERS["counted"](1, "en", "week") == "1 week"
    assert WRITERS["counted"](10_120, "en", "recent_interaction") == "10,120 recent interactions"


def test_terms_have_names() -> None:
    facts = {"field": "industries", "role": "startup", "index": 0.5, "before": 0.1, "share": 0.9}
    assert "“人工智能”" in said("field_shifted", "zh", value="industry:ai", **facts)
    assert "“labels of no catalogue”" in said("field_shifted", value="~", **facts)


def test_counts_by_role_are_told_together() -> None:
    counts = {"startup": 1200, "mentor": 1}
    assert said("profiles_ok", counts=counts).endswith("1,200 startups, 1 mentor")
    assert said("profiles_ok", "zh", counts=counts).endswith("企业 1,200 个、导师 1 个")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", InteractionType)
def test_roles_types_and_columns_have_chinese_names(role: Role, kind: InteractionType) -> None:
    assert HAN.search(WRITERS["role"](role.value, "zh"))
    assert HAN.search(WRITERS["type"](kind.value, "zh"))
    assert all(HAN.search(WRITERS["field"](column, "zh")) for column in FILLED[role])


COMPARED = {"role": "mentor", "mean": -0.0123, "low": -0.03, "high": 0.005, "margin": 0.01, "queries": 1}


def test_the_gate_says_what_it_compared_with() -> None:
    assert said("quality_worse", **COMPARED) == (
        "Lists of mentors are worse: nDCG@10 −0.012 against the live model "
        "(95% interval −0.030 to +0.005, 1 startup; the margin is 0.01)"
    )
    assert "against matching by profiles alone" in said("quality_better", **COMPARED, against="profiles")
    assert "比仅凭档案的匹配变化 −0.012" in said("quality_better", "zh", **COMPARED, against="profiles")


@pytest.mark.parametrize("rule", ["promote", "keep"])
def test_the_gate_says_the_rule_that_decides_when_nobody_can_tell(rule: str) -> None:
    assert said("quality_unclear", **COMPARED, rule=rule).endswith(
        f"the rule set for this case is to {_en(rule)}"
    )
    assert said("quality_unknown", "zh", role="investor", queries=3, least=20, rule=rule).endswith("模型")


def _en(rule: str) -> str:
    return {"promote": "promote", "keep": "keep the live model"}[rule]


def test_where_no_model_is_live_its_figure_is_left_out() -> None:
    assert said("slow", milliseconds=81.25, most=50.0) == "A list takes 81.2 ms (at most 50)"
    assert said("slow", milliseconds=81.25, most=50.0, live=20) == (
        "A list takes 81.2 ms (live model 20, at most 50)"
    )


def test_examples_are_listed() -> None:
    facts = {"passed": 2, "of": 10, "least": 0.6, "examples": ["a × b", "c × d"]}
    assert said("probes_failed", "zh", **facts).endswith("例如 a × b、c × d")
