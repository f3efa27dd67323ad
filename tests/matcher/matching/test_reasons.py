"""What the reasons of 200 pairs claim is true: they add up; without the fact they name the score falls."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from matcher.features.attributes import attributes_of
from matcher.interactions import Interaction
from matcher.matching.answering import SHOWN_REASONS
from matcher.matching.answers import PairScore, Reason
from matcher.matching.eligibility import Request
from matcher.matching.moment import NO_FILTERS
from matcher.matching.past_facts import PAST_FACTS
from matcher.matching.ranking import candidate_at, question
from matcher.matching.scoring import log_odds, two_sided
from matcher.matching.wording import sentence
from matcher.model.combination import SIGNAL_OF, SIGNALS
from matcher.model.parameters import Model
from matcher.profiles import PARTNER_ROLES, Profile
from matcher.store import Store
from tests.matcher.matching.city import City, city
from tests.matcher.matching.serving import Serving, serving
from tests.matcher.worlds import snapshot_of, trained_on
from tests.training.toys import DAY, SMALL, world
from training.roles import role_on

TEXT = {"description": ""}
FIELD_NAMED = {
    "needs": {"offers": (), "kind": ""},
    "industry": {"industries": ()},
    "region": {"region": ""},
    "stage": {"stages": ()},
    "ticket": {"ticket_min": None, "ticket_max": None},
    "semantic": TEXT,
    "lexical": TEXT,
}
"""What the partner no longer says once the fact is taken out."""


@pytest.fixture(scope="module")
def town() -> City:
    return city()


@pytest.fixture(scope="module")
def model(town: City) -> Model:
    return trained_on(town.people, town.events)


@pytest.fixture(scope="module")
def served(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory, town: City, model: Model
) -> Iterator[Serving]:
    """The city under its model, once for all: who is changed is put back."""
    folder = tmp_path_factory.mktemp("city")
    store = Store(f"sqlite:///{shutil.copy(migrated, folder / 'store.db')}")
    made = serving(store, folder / "models", town.people, town.events)
    made.go_live(model)
    yield made
    store.close()


@pytest.fixture(scope="module")
def pairs(served: Serving, town: City) -> list[PairScore]:
    return served.service.score("north", town.pairs)


def shown(pair: PairScore) -> list[Reason]:
    return [reason for reason in pair.reasons if reason.signal != "other"]


def best(pair: PairScore) -> Reason | None:
    """The strongest reason for the pair."""
    return next((reason for reason in shown(pair) if reason.points > 0), None)


def test_the_base_and_the_terms_are_the_score(pairs: list[PairScore]):
    for pair in pairs:
        total = pair.base + sum(reason.points for reason in pair.reasons)
        assert total == pytest.approx(pair.score, abs=1e-12)


def test_at_most_five_are_shown_strongest_first_and_none_of_no_weight(pairs: list[PairScore]):
    for pair in pairs:
        sizes = [abs(reason.points) for reason in shown(pair)]
        assert len(sizes) <= SHOWN_REASONS
        assert sizes == sorted(sizes, reverse=True)
        assert all(reason.points for reason in pair.reasons)
        assert [reason.signal for reason in pair.reasons].count("other") <= 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_can_be_said(pairs: list[PairScore], language: str):
    said = [sentence(reason, language) for pair in pairs for reason in pair.reasons]

    assert len(set(said)) > 100
    assert not [words for words in said if "{" in words or "None" in words or " 0 家" in words]


def test_without_what_the_best_declared_reason_names_the_score_falls(
    served: Serving, town: City, pairs: list[PairScore]
):
    people = {person.id: person for person in town.people}
    tried = [(pair, reason) for pair in pairs if (reason := best(pair)) and reason.signal in FIELD_NAMED]

    assert len(tried) > 40
    for pair, reason in tried:
        partner = people[pair.partner_id]
        served.put(dataclasses.replace(partner, **FIELD_NAMED[reason.signal]))
        [without] = served.service.score("north", [(pair.startup_id, pair.partner_id)])
        served.put(partner)
        assert without.score < pair.score, (pair.startup_id, pair.partner_id, reason)


def test_without_the_signal_behind_the_best_reason_the_score_falls(
    served: Serving, model: Model, pairs: list[PairScore]
):
    for pair, candidate_columns in columns_of(served, pairs):
        reason = best(pair)
        if reason:
            combination = model.roles[pair.role].combination
            less = candidate_columns.copy()
            less[np.equal(SIGNAL_OF, SIGNALS.index(reason.signal))] = np.nan
            assert float(two_sided(log_odds(less, combination))) < pair.score


def columns_of(served: Serving, pairs: list[PairScore]) -> Iterator[tuple[PairScore, np.ndarray]]:
    """Each pair with its columns."""
    snapshot = served.service.refresh()
    for pair in pairs:
        startup = snapshot.profile(f"north:{pair.startup_id}", "north")
        asked = question(snapshot, Request("north", startup, 1.0, NO_FILTERS), pair.role)
        pool, row = snapshot.find(f"north:{pair.partner_id}", pair.partner_id)
        yield pair, candidate_at(asked, pool, row).signals


def test_without_the_past_startups_that_a_reason_counts_the_score_falls(
    served: Serving, town: City, model: Model, pairs: list[PairScore]
):
    """Nearly always: a partner that loses half of its past is also less broad, or less often with others,
    which may count for it by more."""
    people = {person.id: person for person in town.people}
    tried = [
        (pair, reason)
        for pair in pairs
        for reason in shown(pair)[:2]
        if reason.points > 0 and reason.signal in BY_ATTRIBUTE and not reason.uncertain
    ]

    assert len(tried) > 5
    fell = []
    for pair, reason in tried:
        terms = set(reason.facts["wanted"])
        past = [
            e for e in town.events if e.partner_id != pair.partner_id or not has(people[e.startup_id], terms)
        ]
        before, after = (relearned(model, town, events, pair) for events in (town.events, past))
        fell.append(after < before)
    assert sum(fell) >= 0.8 * len(fell), f"{sum(fell)} of {len(fell)}"


BY_ATTRIBUTE = ("affinity_industry", "affinity_region", "affinity_stage", "affinity_needs")


def has(startup: Profile, terms: set[str]) -> bool:
    return bool(terms & set(attributes_of(startup)))


def relearned(model: Model, town: City, events: list[Interaction], pair: PairScore) -> float:
    """The score by the same combination over what would be known had only these events happened."""
    known = role_on(DAY, pair.role, world(town.people, events), SMALL)
    known = dataclasses.replace(known, combination=model.roles[pair.role].combination)
    told = dataclasses.replace(model, roles=MappingProxyType({**model.roles, pair.role: known}))
    snapshot = snapshot_of(town.people, events, told)
    startup = snapshot.profile(f"north:{pair.startup_id}", "north")
    asked = question(snapshot, Request("north", startup, 1.0, NO_FILTERS), pair.role)
    return candidate_at(asked, *snapshot.find(f"north:{pair.partner_id}", pair.partner_id)).score


def test_of_a_shared_partner_reasons_tell_no_count_and_no_day_of_its_past_and_add_up_as_before(
    migrated: Path, tmp_path: Path, town: City, model: Model, pairs: list[PairScore]
):
    store = Store(f"sqlite:///{shutil.copy(migrated, tmp_path / 'store.db')}")
    shared = [dataclasses.replace(each, shared=each.role in PARTNER_ROLES) for each in town.people]
    made = serving(store, tmp_path / "models", shared, town.events)
    made.go_live(model)
    told: list[Reason] = []
    for before, after in zip(pairs, made.service.score("north", town.pairs), strict=True):
        assert (after.score, after.base) == (before.score, before.base)
        points = [sum(reason.points for reason in pair.reasons) for pair in (before, after)]
        assert points[1] == pytest.approx(points[0], abs=1e-9)
        told += [reason for reason in after.reasons if reason.signal in PAST_FACTS and reason.facts]
    store.close()
    assert all(
        reason.facts.keys() <= {"network", "wanted", "role"} and not reason.uncertain for reason in told
    )
    said = {sentence(reason, "en") for reason in told}
    assert any("is active in the network with startups in " in each for each in said)
    assert not any(character.isdigit() for each in said for character in each)
