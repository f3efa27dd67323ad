"""What came of an introduction: said by either side or the office, taken back, then on record."""

import datetime as dt
from collections.abc import Callable

import pytest

from api.principals import Caller
from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.interactions import TYPES
from matcher.remarks import WHILE
from matcher.store import Store
from tests.api.pages.members.conftest import Enter
from tests.api.pages.visitor import Visitor
from tests.api.world import introduction_of

OFFICE = Change(by="staff")


@pytest.fixture
def offered(store: Store) -> str:
    """The introduction of s1 and m1."""
    return introduction_of(store, "published")


@pytest.fixture
def agreed(store: Store, offered: str) -> str:
    """The same, to which both have agreed."""
    store.introductions.accept("north", offered, list(Side), OFFICE)
    return offered


@pytest.fixture
def later(store: Store) -> Callable[[], None]:
    """What puts on record whatever can no longer be taken back."""

    def record() -> None:
        now = store.remarks._clock()
        store.remarks._clock = lambda: now + WHILE + dt.timedelta(days=1)
        store.remarks.record()
        store.remarks._clock = lambda: now

    return record


def known(store: Store, id_: str) -> list[str]:
    return [each.kind.value for each in store.introductions.outcomes([id_]).get(id_, ())]


def html(who: Visitor, path: str) -> str:
    return who.client.get(path).text


def on_record(store: Store) -> list[str]:
    return [TYPES[code].value for code in store.interactions().types if TYPES[code].value == "met"]


def test_a_startup_says_that_the_two_met_and_takes_it_back(s1: Visitor, store: Store, agreed: str):
    assert s1.send(f"/my/introductions/{agreed}/outcome", "/my/requests", kind="met").status_code == 303
    assert known(store, agreed) == ["met"]
    [outcome] = store.introductions.outcomes([agreed])[agreed]
    assert f"/my/outcomes/{outcome.number}/undo" in html(s1, "/my/requests")
    for _ in range(2):  # pressed twice
        assert s1.send(f"/my/outcomes/{outcome.number}/undo", "/my/requests").status_code == 303
    assert known(store, agreed) == []


def test_what_both_sides_and_the_office_say_of_one_day_is_one_event(
    s1: Visitor, m1: Visitor, staff: Visitor, store: Store, agreed: str, later: Callable[[], None]
):
    for who, path, page in (
        (s1, f"/my/introductions/{agreed}/outcome", "/my/requests"),
        (m1, f"/my/introductions/{agreed}/outcome", "/my"),
        (staff, f"/introductions/{agreed}/outcome", f"/introductions/{agreed}/outcome"),
    ):
        assert who.send(path, page, kind="met").status_code == 303
    assert known(store, agreed) == ["met"]
    before = on_record(store).count("met")
    later()
    assert on_record(store).count("met") == before + 1
    assert known(store, agreed) == ["met"]


def test_an_investment_is_recorded_with_its_context(staff: Visitor, store: Store, agreed: str, later):
    path = f"/introductions/{agreed}/outcome"
    given = {"kind": "invested", "day": "2026-03-01", "amount": "500万", "currency": "USD", "stage": "angel"}
    assert staff.send(path, path, **given).status_code == 303
    assert "500万" in staff.text(path)
    later()
    [outcome] = store.introductions.outcomes([agreed])[agreed]
    assert (outcome.kind, outcome.amount, outcome.stage, outcome.number) == ("invested", 5e6, "angel", 0)
    assert outcome.at == dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    [again] = [each for each in store.past("north", "north:s1", offset=0, limit=50).events if each.amount]
    assert again.currency == "USD"


@pytest.mark.parametrize(
    ("field", "text"), [("day", "2026-03-09"), ("day", "tomorrow"), ("kind", "dreamt"), ("amount", "a lot")]
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    staff: Visitor, store: Store, agreed: str, field: str, text: str
):
    path = f"/introductions/{agreed}/outcome"
    given = {"kind": "invested", "day": "", "amount": "", "currency": "CNY", "stage": "", field: text}
    answer = staff.send(path, path, **given)
    assert answer.status_code == 422
    assert text in answer.text or field == "kind"
    assert known(store, agreed) == []


def test_nothing_came_of_what_nobody_agreed_to(s1: Visitor, staff: Visitor, store: Store, offered: str):
    assert s1.send(f"/my/introductions/{offered}/outcome", "/my/requests", kind="met").status_code == 409
    path = f"/introductions/{offered}/outcome"
    assert staff.send(path, path, kind="met").status_code == 409
    assert known(store, offered) == []


def test_a_startup_does_not_say_that_somebody_invested(s1: Visitor, store: Store, agreed: str):
    answer = s1.send(f"/my/introductions/{agreed}/outcome", "/my/requests", kind="invested")
    assert answer.status_code == 403
    assert known(store, agreed) == []


def test_nobody_takes_back_what_another_said(
    s1: Visitor, m1: Visitor, staff: Visitor, store: Store, agreed: str
):
    m1.send(f"/my/introductions/{agreed}/outcome", "/my", kind="mentored")
    [outcome] = store.introductions.outcomes([agreed])[agreed]
    s1.send(f"/my/outcomes/{outcome.number}/undo", "/my/requests")
    page = f"/introductions/{agreed}/outcome"
    staff.send(f"/introductions/{agreed}/outcomes/{outcome.number}/undo", page)
    assert known(store, agreed) == ["mentored"]
    m1.send(f"/my/outcomes/{outcome.number}/undo", "/my")
    assert known(store, agreed) == []


def test_another_organisation_knows_nothing_of_it(enter: Enter, agreed: str):
    stranger = enter(Caller.STAFF, "", organisation="south")
    assert stranger.client.get(f"/introductions/{agreed}/outcome").status_code == 404


def test_home_and_the_list_ask_for_what_is_a_week_old_and_unknown(
    staff: Visitor, store: Store, agreed: str, monkeypatch: pytest.MonkeyPatch
):
    assert 'href="/introductions"' not in html(staff, "/")
    monkeypatch.setattr("api.pages.cohorts.outcomes.WAIT", dt.timedelta(days=-4000))
    monkeypatch.setattr("api.pages.home.views.WAIT", dt.timedelta(days=-4000))
    assert 'href="/introductions"' in html(staff, "/")
    assert f"/introductions/{agreed}/outcome" in html(staff, "/introductions")
    path = f"/introductions/{agreed}/outcome"
    staff.send(path, path, kind="met")
    assert f"/introductions/{agreed}/outcome" not in html(staff, "/introductions")


def test_the_run_shows_what_came_of_it_and_narrows_to_it(staff: Visitor, store: Store, agreed: str):
    run = f"/runs/{store.introductions.get('north', agreed).run}"
    assert f"/introductions/{agreed}/outcome" in html(staff, f"{run}?state=agreed")
    path = f"/introductions/{agreed}/outcome"
    staff.send(path, path, kind="met")
    assert f'id="{agreed}"' in html(staff, f"{run}?state=outcome")
    assert f'id="{agreed}"' not in html(staff, f"{run}?state=offered")
    assert f'id="{agreed}"' in html(staff, f"{run}?introductions=all")
    for wrong in ("state=dreamt", "introductions=99", "introductions=x"):
        assert staff.client.get(f"{run}?{wrong}").status_code == 422
