import numpy as np
import pytest

from matcher.model.combination import EXPERT_PRIOR, SIGNALS
from matcher.model.parameters import Model
from matcher.profiles import Role
from tests.matcher.worlds import checkerboard, event, investor, startup, trained_on
from training.scaling import HALF_DECLARED_DEALS, HALF_TRUST_DEALS, LEAST_KNOWN


def term(model: Model, name: str) -> tuple[float, float, float, float]:
    combination = model.roles[Role.INVESTOR].combination
    at = SIGNALS.index(name)
    return tuple(
        float(column[at])
        for column in (combination.centre, combination.scale, combination.startup, combination.partner)
    )


def prior(name: str) -> tuple[float, float, float, float]:
    given = EXPERT_PRIOR[name]
    return (given.centre, given.scale, given.startup, given.partner)


def test_without_deals_the_weights_are_the_expert_prior_s_but_for_the_factors():
    model = trained_on(checkerboard()[0], [])

    for name in set(SIGNALS) - {"factors"}:
        assert term(model, name) == prior(name)
    assert term(model, "factors")[2:] == (0, 0)


def test_factors_are_trusted_the_more_they_were_learned_from():
    people, events = checkerboard()

    trust = [term(trained_on(people, events[:n]), "factors")[2] / prior("factors")[2] for n in (10, 100)]

    assert trust == pytest.approx([n / (n + HALF_TRUST_DEALS) for n in (10, 100)])


@pytest.mark.parametrize("name", ["industry", "region", "stage"])
def test_what_is_declared_fades_as_what_is_done_becomes_known(name: str):
    people, events = checkerboard()

    faded = term(trained_on(people, events), name)[2] / prior(name)[2]

    each = 100 / 11
    assert faded == pytest.approx(HALF_DECLARED_DEALS / (each + HALF_DECLARED_DEALS))


def test_needs_and_tickets_do_not_fade():
    model = trained_on(*checkerboard())

    assert term(model, "needs") == prior("needs")
    assert term(model, "ticket") == prior("ticket")


def test_with_enough_texts_their_centre_and_scale_are_measured():
    words = ["laser optics", "laser dentist", "chair", "optics chair lamp"]
    startups = [startup(f"s{n}", description=words[n % 4]) for n in range(60)]
    investors = [investor(f"i{n}", description=words[n % 3]) for n in range(60)]
    assert len(startups) * len(investors) > LEAST_KNOWN["semantic"]

    centre, scale, *weights = term(trained_on([*investors, *startups], []), "semantic")

    similar = {("laser optics", "laser dentist"): 0.5, ("chair", "optics chair lamp"): 3**-0.5}
    similar |= {("laser optics", "optics chair lamp"): 6**-0.5}
    known = [
        1.0 if a == b else similar.get((a, b), similar.get((b, a), 0.0)) for a in words for b in words[:3]
    ]
    assert centre == pytest.approx(np.mean(known), abs=1e-3)
    assert scale == pytest.approx(np.std(known), abs=1e-3)
    assert tuple(weights) == prior("semantic")[2:]


def test_with_few_texts_the_prior_s_centre_and_scale_stay():
    model = trained_on([startup("s", description="laser"), investor("i", description="dentist")], [])

    assert term(model, "semantic") == prior("semantic")


def test_one_role_s_deals_do_not_fade_the_other_s():
    people, events = checkerboard()
    combination = trained_on(people, [*events, event("alpha0", "i9")]).roles[Role.MENTOR].combination

    at = SIGNALS.index("industry")
    assert (combination.startup[at], combination.partner[at]) == prior("industry")[2:]
