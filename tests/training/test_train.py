"""Training as a whole: how little it works with, what it must not see, and that it can be repeated."""

import datetime as dt
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.model.bundle import model_hash
from matcher.model.parameters import Model
from matcher.profiles import PARTNER_ROLES, Profile, Role
from tests.matcher.worlds import (
    TODAY,
    VectorMemory,
    WordEncoder,
    checkerboard,
    event,
    investor,
    mentor,
    ordered,
    snapshot_of,
    startup,
    trained_on,
)
from training.factors import FactorSettings
from training.train import train
from training.world import read_data


def test_it_works_without_any_interaction():
    model = trained_on(checkerboard()[0], [])

    assert set(model.roles) == set(PARTNER_ROLES)
    assert model.startups == frozenset()
    assert not any(part.record.deals.any() for part in model.roles.values())
    assert len(model.roles[Role.INVESTOR].partners) == 11
    assert snapshot_of(checkerboard()[0], [], model)


def test_it_works_with_ten():
    people, events = checkerboard()

    model = trained_on(people, events[:10])

    assert (model.roles[Role.INVESTOR].record.deals > 0).sum() == 5
    assert model.facts["data"]["deals"] == {"mentor": 0, "investor": 10}


def test_it_works_with_thousands():
    people, events = checkerboard(each=250)

    model = trained_on(people, events)

    assert model.facts["data"]["interactions"] == 2500
    assert len(model.startups) == 500
    assert model.roles[Role.INVESTOR].crowd.segments.shape[0] == 2


def test_it_works_with_nobody():
    assert trained_on([], []).attributes == ()


@pytest.mark.parametrize("people", [[startup("s")], [mentor("m")], [investor("i"), mentor("m")]])
def test_it_works_where_a_side_is_missing(people: list[Profile]):
    assert snapshot_of(people, [], trained_on(people, []))


def test_the_version_is_the_last_day_that_counts_and_the_content():
    model = trained_on(*checkerboard())

    assert model.version == f"20260228-{model_hash(model)[:10]}"


# nothing of the future


@pytest.mark.parametrize("days_ahead", [0, 1, 400])
def test_what_happens_on_the_day_or_later_changes_nothing(days_ahead: int):
    people, events = checkerboard()
    leak = event("cold-alpha", "i-new", days_ago=-days_ahead, stage="some-round", amount=1e6, currency="EUR")

    assert hash_of(people, [*events, leak]) == hash_of(people, events)


def test_what_happened_the_day_before_counts():
    people, events = checkerboard()

    assert hash_of(people, [*events, event("cold-alpha", "i-new", days_ago=1)]) != hash_of(people, events)


def test_an_earlier_date_sees_less():
    people, events = checkerboard()
    before = TODAY - dt.timedelta(days=30)

    model = trained_on(people, events, as_of=before)

    assert model.facts["data"]["interactions"] == 0
    assert (
        trained_on(people, events, as_of=before + dt.timedelta(days=1)).facts["data"]["interactions"] == 100
    )


@pytest.mark.parametrize("type_", [InteractionType.DECLINED, InteractionType.DISMISSED])
def test_a_refusal_is_no_deal(type_: InteractionType):
    people, events = checkerboard()

    model = trained_on(people, [*events, event("alpha0", "i9", type_)])

    assert model.facts["data"]["deals"]["investor"] == 100
    assert factors_hash(model) == factors_hash(trained_on(people, events))


# repeatable


def hash_of(people: Sequence[Profile], events: Sequence[Interaction]) -> str:
    return model_hash(trained_on(people, events))


def factors_hash(model: Model) -> bytes:
    return model.roles[Role.INVESTOR].partner_factors.own.tobytes()


def test_the_same_data_give_the_same_hash():
    assert hash_of(*checkerboard()) == hash_of(*checkerboard())


def test_the_order_in_which_events_were_written_does_not_matter():
    people, events = checkerboard()
    shuffled = random.Random(0).sample(events, len(events))

    assert hash_of(people, shuffled) == hash_of(people, events)


def test_other_data_or_another_seed_give_another_hash():
    people, events = checkerboard()
    known = hash_of(people, events)

    assert hash_of(people, events[1:]) != known
    assert hash_of([*people, startup("zz", industries=("gamma",))], events) != known
    assert model_hash(trained_on(people, events, seeds=2)) != known


@pytest.mark.parametrize("seed", ["1", "77"])
def test_a_fresh_process_with_another_hash_seed_gives_the_same_hash(seed: str):
    code = (
        "from tests.matcher.worlds import checkerboard, trained_on\n"
        "from matcher.model.bundle import model_hash\n"
        "print(model_hash(trained_on(*checkerboard())))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}

    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == hash_of(*checkerboard())


# what it reads and tells


def test_steps_are_told_as_they_begin():
    people, events = checkerboard()
    data = read_data(people, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)
    heard: list[str] = []

    train(data, TODAY, FactorSettings(seeds=(0,), epochs=1), heard.append)

    assert heard[0] == "featurise"
    assert any("investor" in step and "100 deals" in step for step in heard)


def test_facts_tell_the_data_and_the_settings():
    facts = trained_on(*checkerboard()).facts

    assert facts["data"]["profiles"] == {"startup": 22, "mentor": 0, "investor": 11}
    assert facts["settings"]["as_of"] == "2026-03-01"
    assert facts["data"]["first_day"] == facts["data"]["last_day"]
    assert facts["data"]["deals"] == {"mentor": 0, "investor": 100}
    assert set(facts["learned"]) == {"mentor", "investor"}
    assert facts["learned"]["investor"]["combination"] == "prior"


def test_a_partner_whose_profile_is_gone_leaves_no_history():
    people, events = checkerboard()
    remaining = [profile for profile in people if profile.id != "i0"]

    model = trained_on(remaining, events)

    assert "north:i0" not in model.roles[Role.INVESTOR].partners
    assert len(model.roles[Role.INVESTOR].partners) == 10
    assert (model.roles[Role.INVESTOR].record.deals > 0).sum() == 9
