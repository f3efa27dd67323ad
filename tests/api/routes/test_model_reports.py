"""Reports of the weekly runs: who reads what of them, and what browsers let them do."""

import pytest

from matcher.store import Store
from tests.api.world import Client

PATH = "/v1/models/reports/r1"


@pytest.fixture
def alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no organisation but north."""
    monkeypatch.setattr(Store, "organisations", lambda _store: ["north"])


def test_a_report_is_a_page_that_may_do_nothing(staff: Client):
    answer = staff.get(PATH)
    assert answer.mimetype == "text/html"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "form-action 'none'", "frame-ancestors 'self'"} <= set(policy)
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_staff_who_share_the_service_read_it_without_names(staff: Client):
    assert "周报" in staff.get(PATH).text
    assert "Lin Mu" not in staff.get(PATH).text


def test_an_admin_reads_it_whole(admin: Client):
    assert "Lin Mu" in admin.get(PATH).text
    assert "Lin Mu" in admin.get(f"{PATH}?organisation=south").text


@pytest.mark.usefixtures("alone")
def test_staff_of_the_only_organisation_read_it_whole(staff: Client):
    assert "Lin Mu" in staff.get(PATH).text
    assert staff.get(f"{PATH}?format=json").json == {"run": "r1"}


def test_the_record_is_for_those_who_may_read_every_name(staff: Client, admin: Client):
    assert admin.get(f"{PATH}?format=json").json == {"run": "r1"}
    assert staff.get(f"{PATH}?format=json").status_code == 403


def test_another_format_or_run_is_none(staff: Client):
    assert staff.get(f"{PATH}?format=pdf").status_code == 422
    assert staff.get("/v1/models/reports/r2").status_code == 404
