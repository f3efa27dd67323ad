"""Train, save, load, serve: what HTTP answers is what the model in memory answers."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.observing import observer
from api.principals import Caller, Principal, issue_token
from api.services import Services
from api.settings import Settings
from matcher.encoding.encoder import UniversalSentenceEncoder
from matcher.interactions import InteractionType
from matcher.matching.answers import MatchList, PairScore
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.parameters import Model
from matcher.model.registry import Registry
from matcher.profiles import Role
from matcher.store import Store
from tests.matcher.model.swaps import go_live
from tests.matcher.worlds import TODAY, checkerboard, event, mentor, startup
from training.factors import FactorSettings
from training.train import train
from training.world import read_data

TEXTS = ("手术机器人与医学影像", "robots for surgery", "农产品冷链物流", "cold chain for vegetables", "")


@dataclass(frozen=True)
class InMemory:
    """A registry that hands out the model as training left it: never saved, never loaded."""

    model: Model

    def live(self) -> str:
        return self.model.version

    def live_model(self) -> Model:
        return self.model


@dataclass(frozen=True)
class Served:
    """The web service over a model that was saved and loaded, and the model as it was in memory."""

    get: Callable[[str], dict[str, Any]]
    post: Callable[[str, dict[str, Any]], Any]
    memory: MatchService


@pytest.fixture
def served(new_store: Callable[[], Store], tmp_path: Path, real_encoder: UniversalSentenceEncoder) -> Served:
    store, registry = new_store(), Registry(str(tmp_path / "models"))
    fill(store)
    model = trained(store, real_encoder)
    registry.add(model)
    go_live(registry, model.version)
    sources, clock = Sources(store, real_encoder), Clock(lambda: TODAY, lambda: 0.0)
    services = Services(store, MatchService(sources, registry, clock), registry, lambda: NOON)
    app = create_app(services, Settings(home=tmp_path), records=observer(None))
    token = issue_token(store, Principal("north", Caller.STAFF, ""))
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    return Served(
        get=lambda path: json.loads(client.get(path, headers=headers).data),
        post=lambda path, body: client.post(path, json=body, headers=headers),
        memory=MatchService(sources, InMemory(model), clock),
    )


NOON = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)


def fill(store: Store) -> None:
    people, events = checkerboard(each=4)
    people += [mentor(f"m{n}", description=text, region="深圳") for n, text in enumerate(TEXTS)]
    people += [startup(f"s{n}", description=text, stage="angel") for n, text in enumerate(TEXTS)]
    people.append(mentor("full", capacity=0))
    store.add_organisation("north")
    store.put_profiles(people)
    store.add_interactions(
        [*events, event("s0", "m3", InteractionType.MET), event("s1", "m2", InteractionType.DECLINED)]
    )


def trained(store: Store, encoder: UniversalSentenceEncoder) -> Model:
    profiles = list(store.profiles())
    data = read_data(profiles, store.interactions(), encoder, store, lambda _: None)
    return train(data, TODAY, FactorSettings(dimensions=8, epochs=5, seeds=(0, 1)))


def as_json(pair: PairScore) -> dict[str, Any]:
    """What must be the same to the last digit; sentences are the API's own."""
    return {
        "startup_id": pair.startup_id,
        "partner_id": pair.partner_id,
        "score": pair.score,
        "p_startup": pair.p_startup,
        "p_partner": pair.p_partner,
        "base": pair.base,
        "reasons": [(reason.signal, reason.points) for reason in pair.reasons],
        "warmth": pair.warmth,
    }


def numbers(line: dict[str, Any]) -> dict[str, Any]:
    kept = {
        name: line[name] for name in ("startup_id", "partner_id", "score", "p_startup", "p_partner", "base")
    }
    return kept | {
        "reasons": [(reason["signal"], reason["points"]) for reason in line["reasons"]],
        "warmth": line["warmth"],
    }


def assert_equal(answer: dict[str, Any], listed: MatchList) -> None:
    assert [numbers(line) for line in answer["matches"]] == [as_json(match.pair) for match in listed.matches]
    assert [(line["rank"], line["name"]) for line in answer["matches"]] == [
        (m.rank, m.name) for m in listed.matches
    ]
    assert answer["model_version"] == listed.model_version
    assert answer["funnel"]["pool"] == listed.funnel.pool
    assert answer["funnel"]["removed"] == dict(listed.funnel.removed)


@pytest.mark.parametrize("query", ["s0", "s1", "s4", "cold-alpha", "beta3"])
@pytest.mark.parametrize("role", ["mentor", "investor", "partner"])
def test_a_startup_s_list_over_http_is_the_one_in_memory(served: Served, query: str, role: str):
    wanted = None if role == "partner" else Role(role)

    answer = served.get(f"/v1/startups/{query}/matches?role={role}&k=20")

    [listed] = served.memory.match("north", [query], role=wanted, k=20)
    assert listed.matches
    assert_equal(answer, listed)


@pytest.mark.parametrize("query", ["m0", "m4", "i0", "i-new"])
def test_a_partner_s_list_over_http_is_the_one_in_memory(served: Served, query: str):
    answer = served.get(f"/v1/partners/{query}/matches?k=20")

    [listed] = served.memory.match("north", [query], role=Role.STARTUP, k=20)
    assert listed.matches
    assert_equal(answer, listed)


@pytest.mark.parametrize(
    "pair", [("s0", "m0"), ("m0", "s0"), ("s0", "m3"), ("s1", "m2"), ("s0", "full"), ("i3", "s4")]
)
def test_an_explanation_over_http_is_the_one_in_memory(served: Served, pair: tuple[str, str]):
    answer = served.get("/v1/pairs/{}/{}/explanation?k=3".format(*pair))

    expected = served.memory.explain("north", *pair, k=3)
    assert numbers(answer["pair"]) == as_json(expected.pair)
    assert [rule["signal"] for rule in answer["removed_by"]] == [rule.signal for rule in expected.removed_by]
    for name in ("rank", "eligible", "listed_score", "lacking"):
        assert answer[name] == getattr(expected, name)


def test_the_checkerboard_is_learned_all_the_way(served: Served):
    answer = served.get("/v1/startups/cold-alpha/matches?role=investor&k=5")

    assert {line["partner_id"] for line in answer["matches"]} == {f"i{n}" for n in range(5)}
    assert answer["model_version"].startswith("20260228-")


def test_what_is_posted_counts_in_the_next_list(served: Served):
    before = served.get("/v1/startups/s4/matches?role=mentor&k=20")["matches"]
    first = before[0]["partner_id"]

    posted = served.post("/v1/interactions", {"startup_id": "s4", "partner_id": first, "type": "dismissed"})

    assert posted.status_code < 300, posted.text
    after = served.get("/v1/startups/s4/matches?role=mentor&k=20")["matches"]
    assert [line["partner_id"] for line in after] == [line["partner_id"] for line in before[1:]]
