"""Who needs care first, and until when."""

import datetime as dt

import pytest

from matcher.attention.books import Books, histories, raised
from matcher.attention.caring import attention
from matcher.attention.decisions import Decision, Verdict
from matcher.attention.outcomes import is_met, outcomes_of
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule, Severity
from matcher.interactions import InteractionType, day_number, table_from
from tests.matcher.attention.ledgers import OCTOBER, entries
from tests.matcher.store.samples import investor, mentor, met, startup

SETTINGS = AttentionSettings()
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FIVE_MONTHS, TWO_MONTHS = [80, 70, 60, 50], [50, 40, 30, 20]
"""Cash, and how long it lasts."""


def books(ledgers, decisions=None, **profiles):
    known = {id_: profiles.get(id_, startup(id_)) for id_ in ledgers}
    return Books(known, ledgers, decisions or {}, OCTOBER)


def listed(of, outcomes=None):
    return [care.profile.id for care in attention(of, SETTINGS, outcomes or {})]


def test_the_most_severe_comes_first_and_who_is_well_not_at_all():
    of = books(
        {
            "five": entries("five", cash=FIVE_MONTHS),
            "two": entries("two", cash=TWO_MONTHS),
            "well": entries("well", cash=[500, 490, 480, 470]),
            "silent": [],
        }
    )
    assert listed(of) == ["two", "five"]


def test_one_urgent_signal_comes_before_two_that_can_wait():
    waiting = entries("two", revenue=[100, 90, 80, 70], headcount=[10, 10, 10, 15])
    assert listed(books({"two": waiting, "urgent": entries("urgent", cash=TWO_MONTHS)})) == ["urgent", "two"]


def test_of_equals_whom_more_signals_are_about_comes_first_then_the_gravest_then_by_id():
    both = {"cash": FIVE_MONTHS, "revenue": [100, 90, 80, 70]}
    of = books(
        {
            "c": entries("c", cash=FIVE_MONTHS),
            "b": entries("b", cash=FIVE_MONTHS),
            "four": entries("four", cash=[70, 60, 50, 40]),
            "both": entries("both", **both),
        }
    )
    assert listed(of) == ["both", "four", "b", "c"]


def test_the_worst_signal_of_a_startup_is_told_first():
    ledger = entries("s1", cash=TWO_MONTHS, revenue=[100, 90, 80, 70], headcount=[10, 10, 10, 15])
    [care] = attention(books({"s1": ledger}), SETTINGS, {})
    told = [signal.rule for signal in care.signals]
    assert told == [Rule.RUNWAY_SHORT, Rule.REVENUE_FALLING, Rule.HEADCOUNT_SURGING]
    assert care.severity is Severity.URGENT


def confirmed(of, need="finance.loan", at=NOON):
    signal = next(each.signal for each in raised(of, SETTINGS))
    return Decision(
        organisation="north",
        signal=signal,
        verdict=Verdict.CONFIRMED,
        need=need,
        who="wei",
        at=at,
        reason="seen",
    )


@pytest.fixture
def in_need():
    """The books of a startup whose need of a loan was confirmed, and whose cash lasts for two months."""
    ledgers = {"s1": entries("s1", cash=TWO_MONTHS)}
    made = confirmed(books(ledgers))
    return books(ledgers, {"s1": [made]}, s1=startup("s1", needs=("贷款",)))


def test_a_confirmed_need_keeps_its_severity_until_it_is_met(in_need):
    [care] = attention(in_need, SETTINGS, {})
    assert (care.signals, [made.need for made in care.unmet]) == ((), ["finance.loan"])
    assert care.severity is Severity.URGENT


def outcomes(*events):
    bank, lawyer = investor("bank", kind="银行贷款"), mentor("lawyer", offers=("法律",))
    return outcomes_of(table_from(events), {bank.key: bank, lawyer.key: lawyer})


@pytest.mark.parametrize("kind", ["met", "mentored", "invested"])
def test_it_is_met_when_a_partner_who_offers_it_meets_mentors_or_invests(in_need, kind):
    event = met("s1", "bank", at=NOON, type=InteractionType(kind))
    assert listed(in_need, outcomes(event)) == []


@pytest.mark.parametrize(
    "event",
    [
        met("s1", "lawyer", at=NOON),
        met("s1", "gone", at=NOON),
        met("s2", "bank", at=NOON),
        met("s1", "bank", at=NOON - DAY),
        met("s1", "bank", at=NOON, type=InteractionType.REQUESTED),
    ],
    ids=["offers another thing", "was deleted", "met another", "before it was confirmed", "only asked"],
)
def test_otherwise_it_is_not(in_need, event):
    assert listed(in_need, outcomes(event)) == ["s1"]


def test_a_need_that_staff_struck_from_the_profile_is_no_more(in_need):
    struck = Books({"s1": startup("s1")}, in_need.ledgers, in_need.decisions, OCTOBER)
    assert listed(struck) == []


def test_of_two_confirmations_of_one_need_the_later_counts(in_need):
    twice = [*in_need.decisions["s1"], confirmed(books(in_need.ledgers), at=NOON + 5 * DAY)]
    of = Books(in_need.startups, in_need.ledgers, {"s1": twice}, OCTOBER)
    [care] = attention(of, SETTINGS, outcomes(met("s1", "bank", at=NOON + 2 * DAY)))
    assert [made.at for made in care.unmet] == [NOON + 5 * DAY]


def test_a_day_counts_from_its_beginning():
    told = outcomes(met("s1", "bank", at=NOON))["north:s1"]
    today = day_number(NOON.date())
    assert is_met("finance.loan", told, since=today)
    assert not is_met("finance.loan", told, since=today + 1)


def test_until_the_office_has_a_months_ledgers_nobodys_is_missing():
    august = dt.date(2026, 8, 1)
    late = Books({"s1": startup("s1")}, {"s1": entries("s1", last=august, cash=[9])}, {}, august)
    assert [history.missing for history in histories(late)] == [0]
    other = Books(late.startups, late.ledgers, {}, OCTOBER)
    assert [each.signal.rule for each in raised(other, SETTINGS)] == [Rule.MONTHS_MISSING]
    assert raised(Books(late.startups, late.ledgers, {}, None), SETTINGS) == []
