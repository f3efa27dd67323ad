"""Two real workers, a real registry: versions are swapped and profiles changed under them."""

import http.client
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

import pytest

from api.cli.workplace import today
from api.principals import Caller, Principal, issue_token
from api.settings import Settings
from matcher.encoding.encoder import Encoder
from matcher.matching.moment import Moment
from matcher.matching.snapshot import Sources, take_snapshot
from matcher.model.registry import Registry
from matcher.store import Store
from tests.bench.serving import Client, server
from tests.bench.swapping import SURE_OF_ALL, Expected, swap_under_load, true_lists
from tests.matcher.matching.city import city
from tests.matcher.model.swaps import go_live
from tests.matcher.worlds import ORGANISATION, mentor, trained_on

BOLE = (sys.executable, "-m", "api.cli")
SWAPS = 10


@dataclass(frozen=True)
class Served:
    """A running server, what it reads, and the true lists of its versions."""

    store: Store
    registry: Registry
    port: int
    expected: Expected
    token: str
    south: str
    """A token of the organisation whose profiles change."""

    def lists(self, startup: str) -> list[list[str]]:
        """A startup's mentors in the south as many askers get them, so that both workers are among those who
        answer."""
        return [self._list(startup) for _ in range(SURE_OF_ALL)]

    def send(self, method: str, path: str, body: object = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.south}", "Content-Type": "application/json"}
        connection.request(method, path, body=None if body is None else json.dumps(body), headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def _list(self, startup: str) -> list[str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        answer = Client(connection, self.south).get(f"/v1/startups/{quote(startup)}/matches?role=mentor&k=50")
        connection.close()
        return [match["partner_id"] for match in answer["matches"]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("swapping")
    store, registry, town = Store(Settings(home=home).store_url), Registry(str(home / "models")), city()
    store.migrate()
    for organisation in (ORGANISATION, "south"):
        store.add_organisation(organisation)
        store.put_profiles(replace(profile, organisation=organisation) for profile in town.people)
    store.add_interactions(town.events)
    expected = {}
    for number, events in enumerate((town.events, town.events[::2])):
        model = replace(trained_on(town.people, events), version=f"v{number}", encoder="")
        registry.add(model)
        moment = Moment(take_snapshot(Sources(store, real_encoder), model, today()))
        startups = [f"s{number}" for number in range(20)]
        expected[model.version] = true_lists(moment, ORGANISATION, startups)
    go_live(registry, "v1")
    tokens = [issue_token(store, Principal(each, Caller.STAFF)) for each in (ORGANISATION, "south")]
    with server(home, workers=2, bole=BOLE) as running:
        yield Served(store, registry, running.port, expected, *tokens)
    store.close()


def test_swaps_under_load_fail_no_request_and_mix_no_answer(served: Served):
    first, second = served.expected.values()
    assert sum(first[path] != second[path] for path in first) > len(first) / 2

    swapped = swap_under_load(
        served.port,
        served.token,
        served.expected,
        lambda version: go_live(served.registry, version),
        swaps=SWAPS,
        pauses=1,
        pause_seconds=0.5,
    )

    assert (swapped.swaps, swapped.errors, swapped.mixed) == (SWAPS, 0, 0)
    assert swapped.requests > SWAPS * SURE_OF_ALL


def test_every_worker_honours_what_is_written_with_the_next_answer(served: Served):
    everybody = served.lists("s0")[0]
    assert served.lists("s0") == [everybody] * SURE_OF_ALL
    deleted, dismissed, declined, full, paused = everybody[:5]
    left = set(everybody)

    def now_all_are_without(gone: str) -> None:
        left.discard(gone)
        assert [set(listed) for listed in served.lists("s0")] == [left] * SURE_OF_ALL

    assert served.send("DELETE", f"/v1/profiles/{deleted}") == 204
    now_all_are_without(deleted)
    for partner, type_ in ((dismissed, "dismissed"), (declined, "declined")):
        assert served.send("POST", "/v1/interactions", [said("s0", partner, type_)]) == 201
        now_all_are_without(partner)
    for partner, change in ((full, {"capacity": 0}), (paused, {"status": "paused"})):
        assert served.send("PATCH", f"/v1/profiles/{partner}", change) == 200
        now_all_are_without(partner)

    served.store.put_profiles([mentor(id_, organisation="south") for id_ in ("newcomer", full)])
    left |= {"newcomer", full}
    now_all_are_without("nobody")


def said(startup: str, partner: str, type_: str) -> dict[str, str]:
    return {"startup_id": startup, "partner_id": partner, "type": type_}
