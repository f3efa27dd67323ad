"""The OpenAPI document: valid, complete, and true about who may call what."""

from typing import Any

import pytest
from apiflask import APIFlask
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.test_access import ROUTES


@pytest.fixture
def document(app: APIFlask) -> dict[str, Any]:
    return app.test_client().get("/openapi.json").json


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]):
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_of_the_api_is_in_the_document_with_its_callers(document: dict[str, Any]):
    found = operations(document)
    for (method, rule), route in ROUTES.items():
        operation = found[f"{method} {rule.replace('<reference:', '{').replace('>', '}')}"]
        assert operation["x-roles"] == sorted(route.may)
        assert operation["security"] == [{"token": []}]
        assert operation["summary"]
        assert "4XX" in operation["responses"]


def test_what_is_public_says_so(document: dict[str, Any]):
    found = operations(document)
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert found[f"GET {path}"]["security"] == []
    assert len(found) == len(ROUTES) + 3  # the document itself, its page and its files are not in it


def test_what_ranks_says_that_its_headers_name_the_version(document: dict[str, Any]):
    told = {
        path: operation["responses"]["200"].get("headers", {}).keys()
        for path, operation in operations(document).items()
        if "200" in operation["responses"]
    }
    ranks = ("/matches", "/explanation", "/assignment", "/funding")
    ranking = {path for path in told if path.endswith(ranks)}
    assert len(ranking) == 5
    assert {path for path, headers in told.items() if "X-Model-Version" in headers} == ranking


def test_a_match_answer_is_described_to_its_last_member(document: dict[str, Any]):
    schemas = document["components"]["schemas"]
    answer = schemas["MatchAnswer"]["properties"]
    assert {"request_id", "model_version", "funnel", "matches"} <= answer.keys()
    [line] = [schema for name, schema in schemas.items() if name.endswith("MatchOut")]
    members = {
        "startup_id",
        "partner_id",
        "role",
        "rank",
        "name",
        "score",
        "p_startup",
        "p_partner",
        "reasons",
    }
    assert members <= line["properties"].keys()
