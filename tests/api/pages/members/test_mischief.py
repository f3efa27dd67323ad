"""Forms sent by hand: bytes that are no text, texts beyond all bounds, several at once."""

import threading
from urllib.parse import quote

import pytest

from matcher.store import Store
from tests.api.pages.visitor import Visitor, form_token

FORMS = {
    "/my/partners/near/request": "note",
    "/my/partners/near/dismiss": "words",
    "/my/remarks/1/undo": "x",
    "/my/introductions/none/rating": "value",
    "/my/introductions/none/decline": "words",
    "/my/matching": "out",
    "/my/profile": "name",
    "/my/profile/undo": "change",
}
BYTES = {
    "half a surrogate": b"%ED%A0%80",
    "no UTF-8": b"%FF%FE",
    "NUL": b"a%00b",
    "long": b"x" * 10_000,
    "right to left": quote("\u202eevil").encode(),
}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("given", BYTES)
def test_no_bytes_break_a_form(lamp: Visitor, path: str, given: str):
    token = form_token(lamp.get("/my/profile"))
    body = f"form_token={token}&list=a%00&reason=other&{FORMS[path]}=".encode() + BYTES[given]
    answer = lamp.client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500, (path, given)
    for page in ("/my", "/my/requests", "/my/profile"):
        assert lamp.get(page).status_code == 200


@pytest.mark.parametrize("given", BYTES)
def test_no_address_breaks_a_page(lamp: Visitor, near: Visitor, given: str):
    text = BYTES[given].decode()
    for path in (
        f"/my/partners/{text[:200]}",
        f"/my?regions={text}",
        f"/my?role={text}",
        f"/my/partners/near?list={text}",
    ):
        assert lamp.get(path).status_code in {200, 404, 414, 422}, path
    assert near.get(f"/my/history?offset={text}").status_code == 422


def test_several_presses_at_once_make_one_request_and_one_remark(lamp: Visitor, store: Store):
    token, answers = form_token(lamp.get("/my/profile")), list[int]()
    cookie = lamp.client.get_cookie("bole_session")
    assert cookie

    def press(path: str) -> None:
        client = lamp.client.application.test_client()
        client.set_cookie("bole_session", cookie.value)
        answers.append(client.post(path, data={"form_token": token, "reason": "later"}).status_code)

    paths = ["/my/partners/near/request", "/my/partners/far/dismiss"] * 4
    threads = [threading.Thread(target=press, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 8
    assert len(store.introductions.all("north", member="lamp")) == 1
    assert len(store.remarks.of("north", "lamp")) == 1
