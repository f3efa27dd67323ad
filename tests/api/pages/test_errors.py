"""Refusals and failures as pages; headers that every page has."""

import io
import re

import pytest
from apiflask import APIFlask

from api.pages.rendering import POLICY
from matcher.store import Store
from tests.api.pages.visitor import Visitor


@pytest.mark.parametrize("path", ["/nowhere", "/startups/none", "/partners/none", "/startups/lamp/matches"])
def test_what_is_not_there_is_told_as_a_page(staff: Visitor, path: str):
    answer = staff.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "没有这个页面或档案" in answer.text
    assert "There is no such page or profile" in staff.get(path + "?lang=en").text


@pytest.mark.parametrize(
    ("path", "accept"), [("/nowhere", "*/*"), ("/nowhere", "application/json"), ("/v1/nowhere", "text/html")]
)
def test_programs_still_get_problem_documents(app: APIFlask, path: str, accept: str):
    answer = app.test_client().get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_form_address_cannot_be_opened(staff: Visitor):
    answer = staff.get("/signout")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert "POST" in answer.headers["Allow"]


def test_an_error_names_the_value_and_the_request(staff: Visitor):
    answer = staff.get("/startups/lamp?k=many")
    assert "“清单长度”不能是“many”" in answer.text
    assert f"请求编号 {answer.headers['X-Request-ID']}" in answer.text
    assert "It must be a whole number from 1 to 50." in staff.get("/startups/lamp?k=many&lang=en").text


def test_text_that_no_database_keeps_is_refused(staff: Visitor):
    assert staff.get("/startups?q=a%00b").status_code == 422
    assert staff.get("/startups/lamp?ask=%00").status_code == 422


def test_a_failure_is_noted_and_not_told(
    staff: Visitor, store: Store, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(type(store), "page", fail)
    answer = staff.get("/startups")
    assert answer.status_code == 500
    assert "出了点问题" in answer.text
    assert "a secret" not in answer.text + log.getvalue()
    assert "RuntimeError" in log.getvalue()


@pytest.mark.parametrize(
    "path",
    ["/signin", "/startups", "/partners", "/startups/lamp?ask=far", "/partners/fund", "/models", "/nowhere"],
)
def test_a_page_may_load_only_what_is_ours_and_has_nothing_inline(staff: Visitor, path: str):
    answer = staff.get(path)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.findall(r"<style|<script(?! defer src=\"/)|\sstyle=|\son\w+=|javascript:", answer.text) == []
    assert re.findall(r"(?:src|href|action)=\"(?![/?#])[^\"]*", answer.text) == []


def test_what_a_page_loads_is_there(app: APIFlask, staff: Visitor):
    for path in set(re.findall(r'(?:src|href)="(/pages/[^"]+)"', staff.get("/startups").text)):
        with app.test_client().get(path) as answer:
            assert answer.status_code == 200, path


def test_the_address_with_a_token_is_not_logged(app: APIFlask, log: io.StringIO):
    app.test_client().get("/signin?token=bole_secret")
    assert "/signin" in log.getvalue()
    assert "bole_secret" not in log.getvalue()
