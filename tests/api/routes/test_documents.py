"""The documentation page works where there is no internet."""

import re

import pytest
from apiflask import APIFlask


def test_the_page_and_what_it_loads_are_all_ours(app: APIFlask):
    client = app.test_client()
    page = client.get("/docs")
    addresses = re.findall(r'(?:src|href|data-document)="([^"]+)"', page.text)
    assert len(addresses) == 5
    for address in addresses:
        assert address.startswith(("/", "data:,"))
        assert not address.startswith("//")
        if address.startswith("/"):
            with client.get(address) as loaded:
                assert loaded.status_code == 200, address


@pytest.mark.parametrize("name", ["swagger/swagger-ui.css", "docs.js"])
def test_style_and_script_name_no_other_host(app: APIFlask, name: str):
    with app.test_client().get(f"/static/{name}") as answer:
        text = answer.text
    namespaces = {"www.w3.org"}  # names of XML, not addresses
    assert set(re.findall(r"(?:https?:)?//([a-z0-9.-]+\.[a-z]{2,})", text)) <= namespaces


def test_the_page_may_talk_to_nobody_else(app: APIFlask):
    policy = app.test_client().get("/docs").headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
