"""Training on a past long enough to learn how columns are combined."""

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from matcher.interactions import Interaction
from matcher.model.bundle import model_hash
from matcher.model.parameters import Model
from matcher.profiles import Profile, Role
from tests.matcher.worlds import (
    ALPHA_INVESTORS,
    BETA_INVESTORS,
    TODAY,
    VectorMemory,
    WordEncoder,
    event,
    investor,
    ordered,
    startup,
    trained_on,
)
from tests.training.toys import columns
from training.factors import FactorSettings
from training.scaling import prior_on
from training.slices import SLICES
from training.train import LEAST_DEALS, train
from training.world import read_data


def steady(startups: int = 240) -> tuple[list[Profile], list[Interaction]]:
    """A checkerboard in which a new startup of either field comes every third day."""
    people = [investor(id_) for id_ in (*ALPHA_INVESTORS, *BETA_INVESTORS, "i-new")]
    events = []
    for n in range(startups):
        field, chosen = (("alpha", ALPHA_INVESTORS), ("beta", BETA_INVESTORS))[n % 2]
        people.append(startup(f"s{n:03}", industries=(field,)))
        events += [event(f"s{n:03}", partner, days_ago=3 * n + 2) for partner in chosen]
    return sorted(people, key=lambda profile: profile.key), events


@pytest.fixture(scope="module")
def learned() -> Model:
    return trained_on(*steady())


def test_with_a_long_past_the_combination_is_learned_and_calibrated(learned: Model):
    found = learned.facts["learned"]["investor"]

    assert (found["combination"], found["calibrated"]) == ("learned", True)
    assert found["queries"] > 100


def test_a_past_without_a_pattern_is_not_foretold():
    """Every startup has a field of its own, and whoever chose three of ten at random: a slice that knew its
    own window would put the chosen first."""
    rng, partners = np.random.default_rng(0), [*ALPHA_INVESTORS, *BETA_INVESTORS]
    people = [investor(id_) for id_ in partners]
    people += [startup(f"s{n:03}", industries=(f"field {n}",)) for n in range(200)]
    events = [
        event(f"s{n:03}", partner, days_ago=3 * n + 2)
        for n in range(200)
        for partner in rng.choice(partners, size=3, replace=False)
    ]

    found = trained_on(sorted(people, key=lambda profile: profile.key), events).facts["learned"]["investor"]

    assert max(found["ndcg_prior"], found["ndcg_learned"]) < 0.75


def test_one_role_learns_while_the_other_keeps_its_prior(learned: Model):
    assert learned.facts["learned"]["mentor"]["combination"] == "prior"
    assert learned.roles[Role.MENTOR].combination.startup.tolist() == pytest.approx(
        prior_on(columns((0, 0)), 0, 0).startup.tolist()
    )


def test_what_is_learned_is_the_same_each_time(learned: Model):
    assert model_hash(trained_on(*steady())) == model_hash(learned)


def test_what_comes_does_not_change_what_is_learned(learned: Model):
    people, events = steady()
    turned = [event(f"s{n:03}", "i-new", days_ago=-n) for n in range(40)]

    assert model_hash(trained_on(people, [*events, *turned])) == model_hash(learned)


def test_with_few_deals_no_slices_are_made():
    people, events = steady(startups=(LEAST_DEALS - 1) // 5)

    assert steps_of(people, events)["slices"] == 0
    assert trained_on(people, events).facts["learned"]["investor"]["combination"] == "prior"


def test_every_slice_is_told_as_it_begins():
    assert steps_of(*steady(startups=LEAST_DEALS // 5))["slices"] == SLICES


def steps_of(people: Sequence[Profile], events: Sequence[Interaction]) -> Counter[str]:
    data = read_data(people, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)
    heard: list[str] = []
    train(data, TODAY, FactorSettings(seeds=(0,), epochs=1), heard.append)
    return Counter("slices" if "days from" in step else "steps" for step in heard)


def test_facts_can_be_written_as_json(learned: Model):
    assert json.loads(json.dumps(dict(learned.facts)))["learned"] == learned.facts["learned"]
