"""A form that is sent after its session ended is not lost."""

import html
import re

import pytest
from apiflask import APIFlask

from matcher.store import Store
from tests.api.pages.visitor import Visitor, form_token, shown

OURS = {"Sec-Fetch-Site": "same-origin"}


def kept(page: str) -> dict[str, str]:
    """The fields that a page holds."""
    found = re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def test_what_was_typed_survives_until_it_is_sent_again(staff: Visitor, later: APIFlask, store: Store):
    old = form_token(staff.get("/settings"))
    typed = {"form_token": old, "name": '  北岸 <b>"孵化"</b>\n\n器 '}
    after = Visitor(later.test_client(), staff.token)
    answer = after.client.post("/settings/name", data=typed, headers=OURS)
    assert answer.status_code == 401
    assert "您的会话已结束" in shown(answer)
    assert kept(answer.text) == {"name": typed["name"]}

    after.sign_in()
    stale = {"form_token": form_token(answer), "name": "北岸孵化器"}
    again = after.client.post("/settings/name", data=stale, headers=OURS)
    assert "您已重新登录" in shown(again)
    assert store.organisation_name("north") == "north"
    sent = {"form_token": form_token(again), **kept(again.text)}
    assert after.client.post("/settings/name", data=sent, headers=OURS).status_code == 303
    assert store.organisation_name("north") == "北岸孵化器"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_a_form_of_another_site_is_not_held(app: APIFlask, site: str | None):
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = app.test_client().post("/settings/name", data={"name": "evil"}, headers=headers)
    assert answer.status_code == 303
    assert "evil" not in answer.text


def test_secrets_are_never_held(app: APIFlask):
    answer = app.test_client().post("/account/password", data={"password": "a1"}, headers=OURS)
    assert answer.status_code == 303


def test_a_form_without_token_is_refused_also_from_our_own_pages(staff: Visitor, store: Store):
    answer = staff.client.post("/settings/name", data={"name": "evil"}, headers=OURS)
    assert answer.status_code == 401
    assert store.organisation_name("north") == "north"


def test_a_part_of_a_page_leads_to_signing_in_as_a_whole(app: APIFlask):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/startups?q=a"}
    answer = app.test_client().get("/startups?q=ab", headers=headers)
    assert answer.headers["HX-Redirect"] == "/signin?next=/startups?q%3Da"
    posted = app.test_client().post("/settings/name", data={"name": "x"}, headers={**headers, **OURS})
    assert (posted.status_code, posted.headers["HX-Retarget"]) == (200, "body")
