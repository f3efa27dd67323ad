"""The office's reports: who may read them, what they tell of a world that is known, and other periods."""

import datetime as dt

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from api.services import Services
from matcher.interactions import Interaction, InteractionType
from matcher.shown import ShownList
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.reports.paths import READ
from tests.api.pages.visitor import Visitor, visitor

DAY = dt.timedelta(days=1)


@pytest.fixture
def lived(services: Services, store: Store) -> None:
    """The startup "lamp" was shown near and far, asked near, and they met; south did the same."""

    def told(kind: str, days: int, **given: object) -> Interaction:
        return Interaction(
            organisation="north",
            startup_id="lamp",
            partner_id="near",
            type=InteractionType(kind),
            at=NOON - days * DAY,
            **given,  # type: ignore[arg-type]
        )

    def shown(organisation: str, query: str, *partners: str) -> ShownList:
        return ShownList(
            request_id=query,
            organisation=organisation,
            query_key=f"{organisation}:{query}",
            role="mentor",
            model_version="v1",
            at=NOON - 3 * DAY,
            partners=tuple(f"{organisation}:{each}" for each in partners),
            scores=(0.5,) * len(partners),
        )

    store.add_shown([shown("north", "lamp", "near", "far"), shown("south", "s9", "m9")])
    store.add_interactions([told("requested", 2), told("met", 1), told("rated", 1, value=5)])


@pytest.mark.parametrize("endpoint", READ)
def test_reports_are_the_offices(app: APIFlask, store: Store, endpoint: str):
    for role in Caller:
        answer = visitor(app, store, role).get(READ[endpoint])
        assert answer.status_code == (200 if role in OFFICE else 403), role


def test_an_empty_report_says_what_to_do(app: APIFlask, store: Store, staff: Visitor):
    assert "发布一个匹配批次" in staff.text("/reports?period=month")
    assert "没有展示过匹配清单" in staff.text("/reports/acceptance")
    assert "没有向企业展示过任何人" in staff.text("/reports/exposure")


@pytest.mark.usefixtures("lived")
def test_what_came_of_it_is_told_with_shares_and_who_was_shown(staff: Visitor):
    outcomes = staff.text("/reports?period=own&from=2020-01-01&to=2027-12-31")
    assert "平均评价 5.0" in outcomes
    assert "100.0%" in outcomes
    exposure = staff.text("/reports/exposure?period=own&from=2020-01-01&to=2027-12-31")
    assert "苏近" in exposure
    assert "Private Mentor" not in exposure
    accepted = staff.text("/reports/acceptance?period=own&from=2020-01-01&to=2027-12-31")
    assert "50.0%" in accepted  # one of two lines was asked for


def test_a_report_tells_what_has_happened_since_it_was_last_read(staff: Visitor, store: Store):
    page = "/reports?period=own&from=2020-01-01&to=2027-12-31"
    assert " 4.0" not in staff.text(page)
    pair = {"organisation": "north", "startup_id": "lamp", "partner_id": "near", "at": NOON - DAY}
    store.add_interactions([Interaction(type=InteractionType.RATED, value=4, **pair)])
    assert " 4.0" in staff.text(page)


def test_needs_stand_beside_who_gives_them(staff: Visitor):
    text = staff.text("/reports/supply?lang=en")
    assert "Equity" in text
    assert "Pilot" in text


@pytest.mark.parametrize(
    "asked",
    [
        "period=own",
        "period=own&from=2026-03-02&to=2026-03-01",
        "period=week",
        "period=own&from=1&to=" + "9" * 9999,
    ],
)
def test_what_is_no_period_is_told_and_the_quarter_shown(staff: Visitor, asked: str):
    answer = staff.get(f"/reports?{asked}")
    assert answer.status_code == 422
    assert "时间段有误" in answer.text


def test_links_are_of_fixed_days_and_lead_to_files(staff: Visitor):
    page = staff.get("/reports?period=quarter&on=2026-02-10").text
    assert "2026年1月1日 – 2026年3月31日" in page
    assert "from=2026-01-01&amp;to=2026-03-31" in page
    assert "on=2025-10-01" in page  # the quarter before
    answer = staff.get("/v1/reports/outcomes/table?from=2026-01-01&to=2026-03-31&format=csv")
    assert answer.status_code == 200
    assert answer.data.decode("utf-8-sig").startswith("by,name,offered,requested")
