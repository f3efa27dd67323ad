"""A snapshot under another model, or with its fresh pools folded in, answers as a new one would."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from matcher.encoding.encoder import Encoder
from matcher.errors import UnusableModel
from matcher.interactions import InteractionType
from matcher.matching.answers import PairScore
from matcher.matching.moment import Moment
from matcher.matching.rebuilding import rebuilt
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.parameters import Model, untrained
from matcher.profiles import Role, Status
from matcher.store import Store
from tests.matcher.matching.city import City, city
from tests.matcher.matching.large import large_world
from tests.matcher.worlds import (
    ORGANISATION,
    TODAY,
    WordEncoder,
    event,
    mentor,
    snapshot_of,
    startup,
    trained_on,
)


class SilentEncoder:
    """Says what it is called, and encodes nothing."""

    def name(self) -> str:
        return WordEncoder().name()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError(f"{texts} are encoded already")


SILENT: Encoder = SilentEncoder()


@pytest.fixture(scope="module")
def town() -> City:
    return city()


@pytest.fixture(scope="module")
def learned(town: City) -> Model:
    return trained_on(town.people, town.events)


@pytest.fixture(scope="module")
def younger(town: City) -> Model:
    """Trained on half of the people and of what happened: it knows other attributes, in another order."""
    known = {profile.key for profile in town.people[::2]}
    events = [one for one in town.events if {one.startup_key, one.partner_key} <= known]
    return trained_on(town.people[::2], events)


@pytest.fixture
def sources(new_store, town: City) -> Sources:
    store: Store = new_store()
    store.add_organisation(ORGANISATION)
    store.put_profiles(town.people)
    store.add_interactions(town.events)
    return Sources(store, WordEncoder())


def lists(snapshot: Snapshot, k: int = 30) -> dict[str, list[tuple[str, str, float]]]:
    """The lists of one in seven of all: both ids and the score of each line."""
    everybody = sorted(
        (profile.id, profile.role)
        for pools in snapshot.pools.values()
        for pool in pools
        for profile, here in zip(pool.profiles, pool.present, strict=True)
        if here
    )
    moment = Moment(snapshot)
    return {
        id_: [
            (match.pair.startup_id, match.pair.partner_id, round(match.pair.score, 5))
            for match in moment.match(
                ORGANISATION, [id_], role=None if role is Role.STARTUP else Role.STARTUP, k=k
            )[0].matches
        ]
        for id_, role in everybody[::7]
    }


def everything(snapshot: Snapshot, town: City) -> list[PairScore]:
    return Moment(snapshot).score(ORGANISATION, town.pairs)


@pytest.mark.parametrize("after", ["learned", "younger", "untrained"])
@pytest.mark.parametrize("before", ["learned", "younger", "untrained"])
def test_under_another_model_it_answers_as_one_taken_under_that_model(
    town: City, learned: Model, younger: Model, before: str, after: str
):
    models = {"learned": learned, "younger": younger, "untrained": untrained()}

    changed = rebuilt(snapshot_of(town.people, town.events, models[before]), models[after], SILENT)

    new = snapshot_of(town.people, town.events, models[after])
    assert changed.model is models[after]
    assert lists(changed) == lists(new)
    for mine, theirs in zip(everything(changed, town), everything(new, town), strict=True):
        assert mine.score == pytest.approx(theirs.score, abs=1e-6)
        assert [reason.signal for reason in mine.reasons] == [reason.signal for reason in theirs.reasons]
        assert [reason.facts for reason in mine.reasons] == [reason.facts for reason in theirs.reasons]


def test_with_many_partners_the_index_finds_whom_a_new_one_finds():
    people, events = large_world(startups=20)
    model = trained_on(people, events)

    changed = rebuilt(snapshot_of(people, events), model, SILENT)

    assert changed.pools[Role.INVESTOR][0].search
    asked = [profile.id for profile in people if profile.role is Role.STARTUP]
    one, other = (
        Moment(snapshot).match(ORGANISATION, asked, role=Role.INVESTOR)
        for snapshot in (changed, snapshot_of(people, events, model))
    )
    assert one == other


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_and_models_it_answers_as_a_new_one(
    sources: Sources, learned: Model, younger: Model, seed: int
):
    draw, model, store = random.Random(seed), learned, sources.store
    assert isinstance(store, Store)
    snapshot = take_snapshot(sources, model, TODAY)

    for step in range(12):
        who = f"{draw.choice(('s', 'm', 'i'))}{draw.randrange(28)}"
        match draw.randrange(5):
            case 0:
                store.put_profiles(
                    [mentor(f"new{draw.randrange(4)}", name=f"Mentor {step}", tags=(str(step),))]
                )
            case 1:
                store.put_profiles(
                    [startup(f"s{step}", industries=("人工智能", f"field {step}"), exclude=(who,))]
                )
            case 2 if who in {profile.id for profile in store.profiles()}:
                store.delete_profile(ORGANISATION, who)
            case 3:
                store.put_profiles([mentor("m1", capacity=1, status=draw.choice(list(Status)))])
                store.add_interactions([event("s1", "m1", InteractionType.ACCEPTED, days_ago=step)])
            case 4:
                model = draw.choice((learned, younger, model))
                snapshot = rebuilt(refreshed(snapshot, sources, TODAY), model, SILENT)
        snapshot = refreshed(snapshot, sources, TODAY)

    new = take_snapshot(sources, model, TODAY)
    assert lists(snapshot) == lists(new)
    folded = rebuilt(snapshot, model, SILENT)
    assert lists(folded) == lists(new)
    assert [len(pools) for pools in folded.pools.values()] == [1, 1, 1]
    for role, (pool,) in folded.pools.items():
        assert list(pool.keys.terms) == list(new.pools[role][0].keys.terms)
        assert {name: list(rows) for name, rows in pool.names.items()} == new.pools[role][0].names
        assert {name: list(rows) for name, rows in pool.refusals.items()} == new.pools[role][0].refusals


def test_what_profiles_say_is_not_copied(town: City, learned: Model):
    before = snapshot_of(town.people, town.events)

    after = rebuilt(before, learned, SILENT)

    for role, (pool,) in before.pools.items():
        assert after.pools[role][0].table.texts is pool.table.texts
        assert after.pools[role][0].table.terms is pool.table.terms
        assert after.pools[role][0].profiles is pool.profiles
    assert after.context.relations is before.context.relations


def test_the_snapshot_there_was_goes_on_answering_as_before(town: City, learned: Model):
    snapshot = snapshot_of(town.people, town.events)
    before = lists(snapshot)

    rebuilt(snapshot, learned, SILENT)

    assert lists(snapshot) == before


def test_attributes_that_nobody_has_any_more_are_forgotten(sources: Sources, learned: Model):
    store = sources.store
    assert isinstance(store, Store)
    store.put_profiles([mentor("passing", tags=("zeta",)), mentor("staying", tags=("eta",))])
    snapshot = take_snapshot(sources, learned, TODAY)
    store.delete_profile(ORGANISATION, "passing")

    folded = rebuilt(refreshed(snapshot, sources, TODAY), learned, SILENT)

    assert "tag:zeta" in snapshot.attributes
    assert "tag:zeta" not in folded.attributes
    assert "tag:eta" in folded.attributes
    assert tuple(folded.attributes.terms[: len(learned.attributes)]) == learned.attributes


def test_those_who_wait_go_on_waiting(sources: Sources, learned: Model):
    snapshot = replace(take_snapshot(sources, untrained(), TODAY), waiting={"north:x": mentor("x")})

    assert rebuilt(snapshot, learned, SILENT).waiting == snapshot.waiting


def test_nobody_under_another_model_is_still_nobody(learned: Model):
    empty = rebuilt(snapshot_of([]), learned, SILENT)

    assert lists(empty) == {}
    assert empty.model is learned


def test_a_model_of_another_encoder_is_refused_by_name():
    with pytest.raises(UnusableModel, match="elsewhere-1"):
        rebuilt(snapshot_of([]), replace(untrained(), encoder="elsewhere-1"), SILENT)
