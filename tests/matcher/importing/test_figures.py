import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidInput
from matcher.importing.figures import Span, Unit, signed_span, span
from matcher.importing.rules import Rule

WAN_YUAN = Unit(1e4, "CNY", "万元")


@pytest.mark.parametrize(
    ("written", "value", "currency"),
    [
        ("500万", 5e6, ""),
        ("1.2亿美元", 1.2e8, "USD"),
        ("$2M", 2e6, "USD"),
        ("人民币300万元", 3e6, "CNY"),
        ("2,000,000", 2e6, ""),
        ("5百万", 5e6, ""),
        ("1亿2000万", 1.2e8, ""),
        ("一亿二千万元", 1.2e8, "CNY"),
        ("一千二百万", 1.2e7, ""),
        ("500萬", 5e6, ""),
        ("５００万", 5e6, ""),
        ("US$2.5 million", 2.5e6, "USD"),
        ("€1bn", 1e9, "EUR"),
        ("HK$300k", 3e5, "HKD"),
        ("新臺幣300萬", 3e6, "TWD"),
        ("500w", 5e6, ""),
        ("5 000 000", 5e6, ""),
        ("1e6", 1e6, ""),
        ("0", 0.0, ""),
    ],
)
def test_an_amount_is_read_however_it_is_written(written: str, value: float, currency: str) -> None:
    assert span(written) == Span(value, value, currency)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("500万-2000万", 5e6, 2e7),
        ("50-200万", 5e5, 2e6),
        ("500万～1000万", 5e6, 1e7),
        ("500万至1000万元", 5e6, 1e7),
        ("500万以上", 5e6, None),
        ("不低于500万", 5e6, None),
        ("不超过1000万", None, 1e7),
        ("≤1000万", None, 1e7),
    ],
)
def test_a_range_keeps_both_ends_and_an_open_end_is_none(
    written: str, low: float | None, high: float | None
) -> None:
    read = span(written)
    assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize(
    ("written", "value"), [("数百万", 3e6), ("约500万", 5e6), ("千万级", 1e7), ("近1亿", 1e8)]
)
def test_an_amount_that_is_not_exact_says_so(written: str, value: float) -> None:
    assert span(written) == Span(value, value, exact=False)


def test_a_bare_number_takes_the_unit_of_its_header() -> None:
    assert span("500", WAN_YUAN) == Span(5e6, 5e6, "CNY")
    assert span(500.0, WAN_YUAN) == Span(5e6, 5e6, "CNY")


def test_a_number_with_its_own_scale_or_currency_does_not() -> None:
    assert span("1亿", WAN_YUAN) == Span(1e8, 1e8, "CNY")
    assert span("300元", WAN_YUAN) == Span(300.0, 300.0, "CNY")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("abc", Rule.NUMBER),
        ("三厘半", Rule.NUMBER),
        ("1-2-3", Rule.NUMBER),
        ("-5万", Rule.NEGATIVE),
        ("1,2亿", Rule.GROUPING),
        ("2,000,00", Rule.GROUPING),
        ("2000万-500万", Rule.RANGE_ORDER),
        ("美元500万英镑", Rule.CURRENCY_CLASH),
        ("9999999999亿", Rule.TOO_LARGE),
    ],
)
def test_what_is_no_amount_is_refused_by_its_rule(written: str, rule: Rule) -> None:
    with pytest.raises(InvalidInput) as refusal:
        span(written)
    assert refusal.value.rule == rule


def test_a_comma_for_a_decimal_point_is_corrected_in_the_remedy() -> None:
    with pytest.raises(InvalidInput) as refusal:
        span("1,2亿")
    assert refusal.value.remedy == "1.2亿"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e15])
def test_a_number_beyond_bounds_is_refused(number: float) -> None:
    with pytest.raises(InvalidInput):
        span(number)


@given(st.text())
def test_any_text_is_a_span_or_invalid_input(text: str) -> None:
    try:
        read = span(text)
    except InvalidInput:
        return
    assert 0 <= read.middle < 1e15


@given(st.integers(0, 10**14), st.sampled_from(["", "万", "亿", "元", "万元", "万美元"]))
def test_digits_with_a_scale_come_back_as_their_product(number: int, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8}.get(scale[:1], 1)
    if number * factor >= 10**15:
        return
    assert span(f"{number}{scale}").middle == number * factor


@given(st.integers(0, 10**14))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert span(f"{number:,}") == span(str(number))


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_rising_range_comes_back_as_its_ends(first: int, second: int) -> None:
    low, high = sorted((first, second))
    assert span(f"{low}万-{high}万") == Span(low * 1e4, high * 1e4)


def test_commas_after_four_digits_are_taken_out_in_the_remedy() -> None:
    with pytest.raises(InvalidInput) as refusal:
        span("1,5000")
    assert refusal.value.remedy == "15000"


@pytest.mark.parametrize(
    ("written", "value"),
    [("-10万", -1e5), ("−10万", -1e5), ("负10万", -1e5), ("¥-3.5万", -35e3), ("-¥100", -100.0), (-5, -5.0)],
)
def test_a_signed_amount_may_be_below_zero(written: str | float, value: float) -> None:
    read = signed_span(written)
    assert (read.low, read.high, read.exact) == (value, value, True)


def test_a_signed_amount_is_otherwise_read_as_any() -> None:
    assert signed_span("10万-20万") == Span(1e5, 2e5)
    assert signed_span(-3.0, WAN_YUAN) == Span(-3e4, -3e4, "CNY")
    with pytest.raises(InvalidInput) as refusal:
        signed_span("-abc")
    assert refusal.value.value == "-abc"
