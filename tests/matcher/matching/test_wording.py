import string

import pytest

from matcher.matching.answers import Reason
from matcher.matching.eligibility import Rule
from matcher.matching.facts import facts_of
from matcher.matching.wording import amount_text, rule_sentence, sentence, term_name
from matcher.model.combination import SIGNALS
from tests.matcher.worlds import investor, startup

LANGUAGES = ("zh", "en")
FULL = startup(
    "s",
    industries=("人工智能",),
    region="深圳",
    stage="天使轮",
    needs=("股权融资",),
    raising_amount=5e6,
    raising_currency="CNY",
)
FITS = investor(
    "i",
    industries=("AI",),
    region="深圳",
    stages=("angel",),
    offers=("股权融资",),
    ticket_min=1e6,
    ticket_max=1e7,
    currency="CNY",
)
MISFITS = investor("j", industries=("农业",), region="北京", stages=("c",), offers=("法律",), ticket_max=1e4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", [*SIGNALS, "other"])
def test_every_signal_has_a_sentence_for_and_one_against(signal: str, language: str):
    fits = sentence(Reason(signal, 0.1, facts_of(signal, FULL, FITS)), language)
    misfits = sentence(Reason(signal, -0.1, facts_of(signal, FULL, MISFITS)), language)

    assert fits
    assert misfits
    assert (fits == misfits) == (signal == "other")
    for words in (fits, misfits):
        assert "{" not in words
        assert "None" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rule", [rule for rule in Rule if rule is not Rule.ELIGIBLE], ids=lambda rule: rule.name
)
def test_every_rule_has_a_sentence(rule: Rule, language: str):
    assert rule_sentence(Reason(rule.name.lower(), 0.0), language)


def test_a_sentence_names_what_is_shared_in_the_reader_s_language():
    reason = Reason("industry", 0.1, facts_of("industry", FULL, FITS))

    assert "人工智能" in sentence(reason, "zh")
    assert "rtificial intelligence" in sentence(reason, "en") or "AI" in sentence(reason, "en")


def test_english_sentences_hold_no_chinese():
    for signal in SIGNALS:
        words = sentence(Reason(signal, 0.1, facts_of(signal, FULL, FITS)), "en")
        assert set(words) <= set(string.printable) | {"–", "≤", "≥"}


def test_sharing_nothing_is_said_even_where_the_point_is_above_zero():
    reason = Reason("needs", 0.1, {"shared": (), "wanted": ("service:finance.equity",)})

    assert sentence(reason, "en").startswith("does not offer")


def test_some_of_what_is_needed_is_not_called_nothing():
    reason = Reason("needs", -0.1, {"shared": ("service:finance.equity",), "wanted": ("service:legal",)})

    assert sentence(reason, "en").startswith("offers only")


def test_an_ask_near_the_range_is_not_said_to_lie_in_it():
    facts = facts_of(
        "ticket",
        startup("s", raising_amount=2.6e6, raising_currency="CNY"),
        investor("i", ticket_min=3.1e6, ticket_max=2.3e7, currency="CNY"),
    )

    assert "接近" in sentence(Reason("ticket", 0.1, facts), "zh")
    assert "偏离" in sentence(Reason("ticket", -0.1, facts), "zh")


@pytest.mark.parametrize(
    ("term", "zh"),
    [("stage:angel", "天使轮"), ("industry:~量子点", "量子点"), ("region:us-ca/sf bay", "sf bay")],
)
def test_terms_are_written_as_people_write_them(term: str, zh: str):
    assert term_name(term, "zh") == zh


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (5e6, "500万", "5M"),
        (1.25e8, "1.25亿", "125M"),
        (3e9, "30亿", "3B"),
        (1500, "1500", "1.5K"),
        (0, "0", "0"),
        (None, "?", "?"),
    ],
)
def test_amounts_are_rounded_for_reading(amount: float | None, zh: str, en: str):
    assert amount_text(amount, "", "zh") == zh
    assert amount_text(amount, "", "en") == en


@pytest.mark.parametrize(
    ("least", "most", "written"),
    [
        (1e6, 5e6, "100万–500万 CNY"),
        (None, 1e7, "≤ 1000万 CNY"),
        (5e7, None, "≥ 5000万 CNY"),
        (5e5, 5e5, "50万 CNY"),
    ],
)
def test_a_ticket_with_an_open_end_or_one_figure_is_written_so(
    least: float | None, most: float | None, written: str
):
    facts = {"within": True, "ask": 8e6, "least": least, "most": most, "currency": "CNY"}

    assert written in sentence(Reason("ticket", 0.1, facts), "zh")


def test_a_known_currency_stands_after_the_amount():
    assert amount_text(5e6, "CNY", "en") == "5M CNY"
