"""How often one caller may call."""

from dataclasses import replace

import pytest
from apiflask import APIFlask

from api import rates
from api.access import declared_access
from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.principals import Caller
from api.rates import HEAVY, Rate
from api.services import Services
from api.settings import Settings
from matcher.store import Store
from tests.api.pages.visitor import visitor
from tests.api.world import Client, caller

FEW = 40


@pytest.fixture
def limited(services: Services, settings: Settings, log) -> APIFlask:
    """An application that takes 40 calls at once, then one a second."""
    few = replace(settings, calls_per_second=1, calls_at_once=FEW)
    return create_app(services, few, pages=[pages], records=observer(None, log))


def statuses(client: Client, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_a_burst_then_a_steady_rate():
    rate = Rate(per_second=2, at_once=3)
    assert [rate.take("a", 1, 10.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert rate.take("a", 1, 10.4) == pytest.approx(0.1)
    assert rate.take("a", 1, 10.5) == 0
    assert rate.take("b", 1, 10.5) == 0  # another caller has its own
    assert [rate.take("a", 1, 100.0) for _ in range(4)] == [0, 0, 0, 0.5]  # rest counts for no more than that


def test_a_heavy_call_counts_as_several_and_a_refused_one_as_none():
    rate = Rate(per_second=1, at_once=10)
    assert rate.take("a", 8, 0.0) == 0
    assert rate.take("a", 8, 0.0) == 6
    assert rate.take("a", 2, 0.0) == 0


def test_callers_who_rested_are_forgotten_and_the_busy_ones_are_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rates, "MOST_CALLERS", 10)
    rate = Rate(per_second=1, at_once=5)
    for caller_ in range(9):
        rate.take(f"early {caller_}", 1, 0.0)
    rate.take("busy", 5, 2.0)
    for caller_ in range(100):
        rate.take(f"late {caller_}", 1, 2.0 + caller_ / 1000)
        assert len(rate._full_at) <= 10
    assert rate.take("busy", 1, 2.2) > 0


def test_who_calls_too_often_is_told_how_long_to_wait(limited: APIFlask, store: Store):
    busy, other = caller(limited, store, Caller.STAFF), caller(limited, store, Caller.MENTOR)
    assert set(statuses(busy, "/v1/profiles?limit=1", FEW)) == {200}
    answer = busy.get("/v1/profiles?limit=1")
    assert answer.status_code == 429
    assert answer.json["type"] == "urn:bole:problem:too-many-requests"
    assert answer.headers["Retry-After"] == "1"
    assert other.get("/v1/profiles/m1").status_code == 200


def test_made_up_tokens_count_as_one_place(limited: APIFlask, store: Store):
    """And a good token from the same place is not held up by them."""
    calls = [
        Client(limited.test_client(), f"bole_{n}").get("/v1/profiles").status_code for n in range(FEW + 2)
    ]
    assert calls == [401] * FEW + [429] * 2
    assert limited.test_client().get("/nowhere").status_code == 429
    assert limited.test_client().get("/signin").status_code == 429
    assert limited.test_client().get("/signin", headers={"X-Forwarded-For": "8.8.8.8"}).status_code == 200
    assert caller(limited, store, Caller.STAFF).get("/v1/profiles?limit=1").status_code == 200


def test_addresses_of_one_ipv6_network_are_one_place(limited: APIFlask):
    heads = [{"X-Forwarded-For": f"2001:db8::{n:x}"} for n in range(1, FEW + 2)]
    client = limited.test_client()
    answers = [client.get("/nowhere", headers=head).status_code for head in heads]
    assert answers == [404] * FEW + [429]
    assert client.get("/nowhere", headers={"X-Forwarded-For": "2001:db8:0:1::1"}).status_code == 404


def test_health_and_files_are_not_counted(limited: APIFlask):
    client = limited.test_client()
    for path in ("/health/live", "/metrics", "/static/docs.js", "/pages/site.css"):
        for _ in range(FEW + 1):
            with client.get(path) as answer:
                assert answer.status_code in {200, 503}, path


def test_a_page_says_it_as_a_page(limited: APIFlask, store: Store):
    browser = visitor(limited, store, Caller.STAFF)
    answers = [browser.get("/account") for _ in range(FEW + 1)]
    last = answers[-1]
    assert (last.status_code, last.mimetype, last.headers["Retry-After"]) == (429, "text/html", "1")
    assert "请稍等几秒" in last.text


def test_what_takes_long_costs_more(app: APIFlask):
    costs = {end: declared_access(app, end).cost for end in app.view_functions}
    for end in ("match_runs.solve", "run_sheets.export_xlsx", "imports.import_file"):
        assert costs.get(end, HEAVY) == HEAVY, end
    assert {end for end, cost in costs.items() if cost == HEAVY} >= {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith(("/solve", "/export.xlsx"))
    }


def test_without_a_limit_one_calls_as_often_as_one_likes(
    services: Services, settings: Settings, store: Store
):
    free = create_app(services, replace(settings, calls_per_second=0, calls_at_once=HEAVY))
    assert set(statuses(caller(free, store, Caller.STAFF), "/v1/profiles?limit=1", HEAVY + 5)) == {200}
