"""Plans against every plan there is, and the sector's example."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment.problem import Importance
from matcher.errors import InvalidInput
from matcher.funding.plans import Option, Plan, funding, options_of
from matcher.funding.values import Gap, Measure, Question, Source, SourceKind
from tests.matcher.funding.worlds import (
    TODAY,
    WAN,
    equity,
    every_plan,
    gap,
    grant,
    loan,
    prospect,
    startup,
)

NOTHING = dict.fromkeys(Measure)


def amounts(plan: Plan) -> dict[str, int]:
    return {part.source.id: part.amount for part in plan.parts}


def weighing(**words: Importance) -> Question:
    return Question(weights=NOTHING | {Measure(name): word for name, word in words.items()})


REVOLVING = loan("revolving", 1 * WAN, 500 * WAN, rate=2.0, odds=0.8)
"""随用随贷 of up to 500 ten-thousands at about 2 %, as in the sector's example."""


def test_a_revolving_line_at_two_percent_covers_half_of_a_gap_of_ten_million():
    sources = [
        REVOLVING,
        loan("bank", 100 * WAN, 800 * WAN, rate=4.5),
        equity("fund", 300 * WAN, 2000 * WAN, 0.2),
    ]
    best = options_of(sources, gap(), Question())[0].plan
    assert amounts(best) == {"revolving": 500 * WAN, "bank": 500 * WAN}
    assert (best.cost_per_year, best.equity, best.missing, best.proved) == (32.5 * WAN, 0, 0, True)
    assert best.expected == pytest.approx(650 * WAN)
    assert best.all_agree == pytest.approx(0.4)


def test_what_must_be_small_goes_before_everything_else():
    sources = [loan("dear", 1, 1000 * WAN, rate=12.0), grant("g", 1, 600 * WAN), equity("e", 1, 400 * WAN)]
    dear = weighing(dilution=Importance.MUST, cost=Importance.LOW)
    diluted = weighing(cost=Importance.MUST, dilution=Importance.LOW)
    assert amounts(options_of(sources, gap(), dear)[0].plan) == {"g": 600 * WAN, "dear": 400 * WAN}
    assert amounts(options_of(sources, gap(), diluted)[0].plan) == {"g": 600 * WAN, "e": 400 * WAN}


def test_fewer_sources_where_their_number_counts():
    sources = [grant(f"g{n}", 1, 250 * WAN) for n in range(4)] + [loan("one", 1, 1000 * WAN, rate=1.0)]
    many = options_of(sources, gap(), weighing(cost=Importance.HIGH))[0].plan
    few = options_of(sources, gap(), weighing(cost=Importance.LOW, sources=Importance.HIGH))[0].plan
    assert (len(many.parts), len(few.parts)) == (4, 1)


def test_likelier_sources_where_risk_counts():
    sources = [loan("sure", 1, 1000 * WAN, 4.0, 0.9), loan("cheap", 1, 1000 * WAN, 3.9, 0.1)]
    [best, *_] = options_of(sources, gap(), weighing(cost=Importance.HIGH, risk=Importance.HIGH))
    assert amounts(best.plan) == {"sure": 1000 * WAN}


def test_a_valuation_turns_equity_into_shares_of_the_company():
    """A tenth of the company weighs half of what a fifth does: less than interest of 9 % a year."""
    sources = [loan("l", 1, 1000 * WAN, rate=9.0), equity("e", 1, 1000 * WAN)]
    question = weighing(cost=Importance.HIGH, dilution=Importance.HIGH)
    assert amounts(options_of(sources, gap(), question)[0].plan) == {"l": 1000 * WAN}
    small = gap(valuation=10_000 * WAN)
    assert amounts(options_of(sources, small, question)[0].plan) == {"e": 1000 * WAN}


def test_each_further_plan_leaves_out_a_source_of_every_one_before():
    sources = [loan(f"l{n}", 1, 600 * WAN, rate=2.0 + n) for n in range(4)]
    options = options_of(sources, gap(), replace(weighing(cost=Importance.HIGH), plans=4))
    sets = [frozenset(amounts(option.plan)) for option in options]
    assert sets[0] == {"l0", "l1"}
    assert all(not earlier <= later for n, later in enumerate(sets) for earlier in sets[:n])
    weights = [option.plan.weight for option in options]
    assert weights == sorted(weights)


def test_a_refusal_is_answered_by_the_best_plan_without_that_source():
    sources = [REVOLVING, loan("bank", 1, 800 * WAN, rate=4.5), loan("third", 1, 300 * WAN, rate=8.0)]
    [option, *_] = options_of(sources, gap(), weighing(cost=Importance.HIGH))
    told = {refusal.source.id: refusal.instead for refusal in option.refusals}
    assert amounts(told["revolving"]) == {"bank": 800 * WAN, "third": 200 * WAN}
    assert (amounts(told["bank"]), told["bank"].missing) == (
        {"revolving": 500 * WAN, "third": 300 * WAN},
        200 * WAN,
    )


def test_what_cannot_be_covered_whole_is_covered_as_far_as_can_be():
    [only] = options_of([REVOLVING, grant("g", 10 * WAN, 30 * WAN)], gap(), Question())
    assert (amounts(only.plan), only.plan.missing) == ({"revolving": 500 * WAN, "g": 30 * WAN}, 470 * WAN)
    assert only.refusals[0].instead is not None
    assert options_of([], gap(), Question()) == []


def test_least_amounts_can_make_a_gap_impossible_to_meet_exactly():
    [only] = options_of([loan("a", 7, 8), loan("b", 6, 6)], gap(10), Question())
    assert (amounts(only.plan), only.plan.missing) == ({"a": 8}, 2)


def test_one_unit_short_is_short_however_large_the_gap():
    """The solver's own tolerance would let it pass."""
    [only] = options_of([loan("a", 1, 10**12 - 1)], gap(10**12), Question())
    assert only.plan.missing == 1


def test_a_question_about_the_past_or_in_an_unknown_currency_is_refused():
    with pytest.raises(InvalidInput, match="by"):
        funding(startup(), [], gap(by=TODAY), Question(), TODAY)
    with pytest.raises(InvalidInput, match="currency"):
        funding(startup(), [], gap(currency="XAU"), Question(), TODAY)
    with pytest.raises(InvalidInput, match="valuation"):
        gap(valuation=5)
    with pytest.raises(InvalidInput, match="plans"):
        Question(plans=0)


def test_the_answer_tells_who_could_give_and_who_is_left_out():
    people = [
        prospect("bank", kind="银行贷款", ticket_min=1e6, ticket_max=1e7, annual_rate=4.0),
        prospect("fund", kind="基金", ticket_min=2e7),
        prospect("coach", kind="服务机构"),
    ]
    found = funding(startup(), people, gap(), Question(), TODAY)
    assert (found.sources, found.missing) == (1, 0)
    assert [(left.id, left.why.value) for left in found.left_out] == [("fund", "too_large")]
    assert funding(startup(), people[1:], gap(), Question(), TODAY).missing == 1000 * WAN


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Source], Gap, Question]:
    sources = []
    for n in range(draw(st.integers(1, 4))):
        least = draw(st.integers(1, 8))
        kind = draw(st.sampled_from(SourceKind))
        rate = draw(st.integers(0, 12)) if kind is SourceKind.LOAN else 0
        odds = draw(st.integers(1, 9)) / 10
        most = least + draw(st.integers(0, 6))
        sources.append(
            Source(id=f"x{n}", name=f"x{n}", kind=kind, least=least, most=most, odds=odds, rate=float(rate))
        )
    words = st.sampled_from((None, *Importance))
    weights = {measure: draw(words) for measure in Measure}
    valuation = draw(st.sampled_from((None, 100)))
    return sources, gap(draw(st.integers(1, 14)), valuation=valuation), Question(weights=weights, plans=3)


def check(plan: Plan, sources: list[Source], gap: Gap) -> None:
    assert plan.covered + plan.missing == gap.amount
    assert all(part.source.least <= part.amount <= part.source.most for part in plan.parts)
    assert plan.proved
    assert plan.bound <= plan.weight <= plan.bound + 1e-5


@settings(max_examples=80, deadline=None)
@given(questions())
def test_plans_are_the_best_of_all_that_there_are(asked: tuple[list[Source], Gap, Question]):
    sources, gap, question = asked
    options: list[Option] = options_of(sources, gap, question)
    if not options:
        assert all(source.least > gap.amount for source in sources)
        return
    target = options[0].plan.covered
    every = list(every_plan(sources, gap, question, target))
    larger = (amount for amount in range(target + 1, gap.amount + 1))
    assert not any(list(every_plan(sources, gap, question, amount)) for amount in larger)
    seen: list[frozenset[str]] = []
    for option in options:
        check(option.plan, sources, gap)
        left = [weights for who, weights, _ in every if not any(earlier <= who for earlier in seen)]
        first = min(weights[0] for weights in left)
        best = min(weights[-1] for weights in left if weights[0] <= first + 1e-6)
        assert option.plan.weight == pytest.approx(best, abs=1e-5)
        seen.append(frozenset(amounts(option.plan)))
    if len(options) < question.plans and not options[0].plan.missing:
        assert all(any(earlier <= who for earlier in seen) for who, _, _ in every)


@settings(max_examples=30, deadline=None)
@given(questions())
def test_what_a_refusal_would_do_is_the_answer_without_that_source(asked: tuple[list[Source], Gap, Question]):
    sources, gap, question = asked
    for refusal in (refusal for option in options_of(sources, gap, question) for refusal in option.refusals):
        without = [source for source in sources if source.id != refusal.source.id]
        best = options_of(without, gap, replace(question, plans=1))
        assert (refusal.instead is None) == (not best)
        if refusal.instead:
            check(refusal.instead, without, gap)
            assert refusal.instead.weight == pytest.approx(best[0].plan.weight)
            assert refusal.source.id not in amounts(refusal.instead)
