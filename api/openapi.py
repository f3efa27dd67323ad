"""What the OpenAPI document says beyond each route's own schemas: who may call it, and how it fails."""

import re
from typing import Any, cast

from apiflask import APIFlask
from flask import Flask

from api.access import Access, declared_access
from api.problems import MEDIA_TYPE

BEARER = {"type": "http", "scheme": "bearer", "description": "an API token: bole_…"}
FAILURES = {
    "4XX": "The request is refused; `type` and `detail` say why, `errors` where",
    "5XX": "The service cannot answer",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem details",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "pointer", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query"]},
                    "pointer": {"type": "string", "description": "JSON pointer, as #/items/3/at"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def register_openapi(app: APIFlask) -> None:
    """Complete the document of `app` when it is asked for."""
    app.config.update(
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_OPERATION_ID=True,
        AUTO_SERVERS=False,
        SECURITY_SCHEMES={"token": BEARER},
    )
    app.info = {"description": "Which mentors and investors fit which startup, and why.", "license": LICENSE}
    app.spec_processor(lambda document: _completed(app, cast("dict[str, Any]", document)))


LICENSE = {"name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}


def _completed(app: Flask, document: dict[str, Any]) -> dict[str, Any]:
    document["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)
        for method, operation in document["paths"].get(path, {}).items():
            if method.upper() in (rule.methods or ()):
                _complete(operation, declared_access(app, rule.endpoint))
    return document


def _complete(operation: dict[str, Any], access: Access) -> None:
    operation["security"] = [] if access.public else [{"token": []}]
    if not access.public:
        operation["x-roles"] = sorted(access.roles)
    schema = {"$ref": "#/components/schemas/Problem"}
    for status, description in FAILURES.items():
        content = {MEDIA_TYPE: {"schema": schema}}
        operation["responses"][status] = {"description": description, "content": content}
