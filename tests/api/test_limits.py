"""Headers that keep browsers from misusing an answer."""

import pytest
from apiflask import APIFlask


@pytest.mark.parametrize("path", ["/health/live", "/v1/profiles", "/nowhere", "/docs", "/openapi.json"])
def test_every_answer_tells_browsers_to_keep_their_hands_off(app: APIFlask, path: str):
    headers = app.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_documentations_files_may_be_kept(app: APIFlask):
    with app.test_client().get("/static/docs.js") as answer:
        assert "no-store" not in answer.headers["Cache-Control"]


def test_who_came_by_https_is_to_come_so_again(app: APIFlask):
    for base, expected in (("https://localhost", "max-age=31536000"), ("http://localhost", None)):
        answer = app.test_client().get("/health/live", base_url=base)
        assert answer.headers.get("Strict-Transport-Security") == expected
