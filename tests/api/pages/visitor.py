"""A visitor: a browser without a screen, which keeps its cookies and sends the forms of the pages it sees."""

import html
import re
from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.principals import Caller, Principal, issue_token
from matcher.store import Store
from tests.api.world import OWN_PROFILE


@dataclass(frozen=True)
class Visitor:
    """One browser; `token` is what it signs in with."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html"})

    def text(self, path: str) -> str:
        """What a reader sees at the path."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return shown(answer)

    def send(self, path: str, page: str = "/signin", **fields: str) -> TestResponse:
        """Post a form that stands on `page`, with the form token found there."""
        return self.client.post(path, data={"form_token": form_token(self.get(page)), **fields})

    def sign_in(self, **fields: str) -> TestResponse:
        return self.send("/signin", token=self.token, **fields)


def visitor(app: APIFlask, store: Store, role: Caller, organisation: str = "north") -> Visitor:
    """A visitor of the role; signed in where the pages are for it."""
    token = issue_token(store, Principal(organisation, role, OWN_PROFILE.get(role, "")))
    found = Visitor(app.test_client(), token)
    found.sign_in()
    return found


def form_token(answer: TestResponse) -> str:
    """The form token on a page, "" where there is none."""
    found = re.search(r'name="form_token" value="([^"]*)"', answer.text)
    return found[1] if found else ""


def shown(answer: TestResponse) -> str:
    """The text of a page's body, white space folded."""
    body: Any = answer.text.partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
