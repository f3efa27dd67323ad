import pytest

from matcher.matching.naming import ago, amount_text, counted, range_text, term_name


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


def test_a_known_currency_stands_after_the_amount():
    assert amount_text(5e6, "CNY", "en") == "5M CNY"


@pytest.mark.parametrize(
    ("least", "most", "written"),
    [
        (1e6, 5e6, "100万–500万"),
        (None, 1e7, "≤ 1000万"),
        (5e7, None, "≥ 5000万"),
        (5e5, 5e5, "50万"),
    ],
)
def test_a_range_with_an_open_end_or_one_figure_is_written_so(
    least: float | None, most: float | None, written: str
):
    assert range_text({"least": least, "most": most}, "zh") == written


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "今天", "today"),
        (1, "1 天前", "1 day ago"),
        (13, "13 天前", "13 days ago"),
        (14, "2 周前", "2 weeks ago"),
        (59, "8 周前", "8 weeks ago"),
        (60, "2 个月前", "2 months ago"),
        (729, "24 个月前", "24 months ago"),
        (730, "24 个月前", "24 months ago"),
        (731, "2 年前", "2 years ago"),
    ],
)
def test_ages_are_told_in_the_unit_that_people_would_use(days: int, zh: str, en: str):
    assert (ago(days, "zh"), ago(days, "en")) == (zh, en)


def test_one_is_singular():
    assert counted(1, "startup") == "1 startup"
    assert counted(0, "startup") == "0 startups"
    assert counted(2, "industry", "industries") == "2 industries"
