import pytest

from matcher.features.attributes import (
    attributes_of,
    deal_terms,
    family_of,
    industry_terms,
    region_terms,
    service_terms,
    stage_terms,
)
from tests.matcher.worlds import investor, mentor, startup


def test_both_sides_share_the_terms_of_what_both_declare():
    one = startup("s", industries=("人工智能",), stage="天使轮", needs=("股权融资",), region="深圳")
    other = investor(
        "i", industries=("Artificial Intelligence",), stages=("angel",), offers=("equity",), region="广东"
    )

    shared = set(attributes_of(one)) & set(attributes_of(other))

    assert {"industry:ai", "stage:angel", "service:finance", "region:cn", "region:cn-gd"} <= shared


def test_a_label_that_no_taxonomy_knows_becomes_a_term_of_its_own():
    assert industry_terms(["Quantum Dötte"]) == ("industry:~quantum dötte",)
    assert industry_terms(["quantum DÖTTE "]) == industry_terms(["Quantum Dötte"])


def test_broader_terms_stand_before_the_narrower_that_imply_them():
    assert region_terms("广东/深圳") == ("region:cn", "region:cn-gd", "region:cn-gd-shenzhen")
    broad, narrow = service_terms(["股权融资"])
    assert narrow.startswith(broad)


@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_label_says_nothing(blank: str):
    assert (
        industry_terms([blank]) == region_terms(blank) == stage_terms(blank) == service_terms([blank]) == ()
    )
    assert deal_terms(blank, None, blank) == ()


def test_a_term_is_listed_once_however_often_it_is_declared():
    found = attributes_of(startup("s", industries=("AI", "人工智能"), tags=("Ai", "ai")))

    assert len(found) == len(set(found))
    assert found.count("industry:ai") == 1


@pytest.mark.parametrize(
    ("amount", "term"),
    [
        (3.17e6, "amount:6.5"),
        (9.9e6, "amount:6.5"),
        (1e7, "amount:7.0"),
        (3.1e6, "amount:6.0"),
        (1, "amount:0.0"),
    ],
)
def test_amounts_fall_into_half_decades(amount: float, term: str):
    assert deal_terms("", amount, "") == (term,)


@pytest.mark.parametrize("amount", [None, 0, 0.5])
def test_amounts_below_one_are_unknown(amount: float | None):
    assert deal_terms("", amount, "") == ()


def test_a_startup_is_described_by_its_ask_and_a_partner_by_its_stages():
    asking = attributes_of(startup("s", stage="seed", raising_amount=5e6, raising_currency="USD"))
    giving = attributes_of(investor("i", stages=("seed", "angel"), ticket_min=5e6, currency="USD"))

    assert {"stage:seed", "amount:6.5", "currency:usd"} <= set(asking)
    assert {"stage:seed", "stage:angel"} <= set(giving)
    assert not any(family_of(term) in {"amount", "currency"} for term in giving)


def test_kind_languages_and_tags_are_compared_as_written_in_any_script():
    found = attributes_of(mentor("m", kind="Club", languages=("ZH",), tags=("醫療",)))

    assert {"kind:club", "language:zh", "tag:医疗"} == set(found)


def test_a_profile_that_declares_nothing_has_no_attributes():
    assert attributes_of(startup("s", description="only words")) == ()


def test_the_family_is_what_stands_before_the_first_colon():
    assert family_of("tag:a:b") == "tag"


def test_a_misspelt_industry_has_the_terms_of_what_was_meant_and_a_misspelt_stage_its_own() -> None:
    assert industry_terms(["人工只能"]) == industry_terms(["人工智能"])
    assert stage_terms("天屎轮") == ("stage:~天屎轮",)


def test_a_partner_seeks_every_stage_that_a_range_spans():
    terms = attributes_of(investor("i", stages=("Pre-A轮及以后", "天使轮")))
    assert {"stage:angel", "stage:pre-a", "stage:a", "stage:b", "stage:pre-ipo"} <= set(terms)
    assert "stage:seed" not in terms


def test_a_partner_who_takes_any_stage_declares_none():
    assert not [term for term in attributes_of(investor("i", stages=("全部阶段",))) if "stage" in term]
