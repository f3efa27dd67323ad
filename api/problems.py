"""Errors as RFC 9457 problem documents. `TABLE` is the only place where an error gets its HTTP status."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, current_app, g, json, request
from pydantic import ValidationError
from werkzeug import exceptions as http
from werkzeug.exceptions import HTTPException

from api.observing import log_unexpected
from matcher.cohorts.run import Changed, Happening
from matcher.errors import (
    BoleError,
    Conflict,
    Forbidden,
    Infeasible,
    InvalidInput,
    NotFound,
    NotReady,
    Unauthorised,
    UnreadableFile,
    UnusableModel,
)

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its HTTP status, the end of its type URI, and its title."""

    status: int
    slug: str
    title: str

    @property
    def type(self) -> str:
        """The type URI, which names the kind and is not fetched."""
        return f"urn:bole:problem:{self.slug}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: a JSON pointer into its `part` ("body", "query") and what must hold."""

    pointer: str
    detail: str
    part: str = "body"


class InvalidRequest(BoleError):
    """Several things are wrong with a request; `faults` lists them."""

    def __init__(self, faults: Sequence[Fault], extra: Mapping[str, Any] | None = None) -> None:
        self.faults = tuple(faults)
        self.extra = dict(extra or {})
        super().__init__(f"the request has {len(self.faults)} faults")


class InvalidBatch(BoleError):
    """Some items of a batch are refused, so none was kept. `refused` has their positions and errors."""

    def __init__(self, refused: Sequence[tuple[int, BoleError]]) -> None:
        self.refused = tuple(refused)
        super().__init__(f"{len(self.refused)} items are refused, so none was kept")


INVALID = Kind(422, "invalid-input", "A value breaks a rule")
UNEXPECTED = Kind(500, "unexpected", "Something went wrong here")

TABLE: dict[type[Exception], Kind] = {
    InvalidInput: INVALID,
    InvalidRequest: INVALID,
    HTTPError: INVALID,
    UnreadableFile: Kind(422, "unreadable-file", "A file is refused"),
    NotFound: Kind(404, "not-found", "There is no such thing"),
    Conflict: Kind(409, "conflict", "The thing exists already or has changed"),
    Infeasible: Kind(422, "infeasible", "It cannot be done within the limits"),
    Unauthorised: Kind(401, "unauthorised", "A valid token is needed"),
    Forbidden: Kind(403, "forbidden", "The caller may not do this"),
    UnusableModel: Kind(503, "unusable-model", "The model cannot be used"),
    NotReady: Kind(503, "not-ready", "The service cannot answer yet"),
    http.BadRequest: Kind(400, "bad-request", "The request cannot be read"),
    http.NotFound: Kind(404, "not-found", "There is no such thing"),
    http.MethodNotAllowed: Kind(405, "method-not-allowed", "The address does not take this method"),
    http.PreconditionFailed: Kind(412, "precondition-failed", "The thing has changed since it was read"),
    http.RequestEntityTooLarge: Kind(413, "too-large", "The request is too large"),
    http.UnsupportedMediaType: Kind(
        415, "unsupported-media-type", "The body is of another type than expected"
    ),
    http.TooManyRequests: Kind(429, "too-many-requests", "Too many requests"),
    Exception: UNEXPECTED,
}


def kind_of(error: Exception) -> Kind:
    """The kind of the error's class or its nearest ancestor in the table; a batch's is its first item's."""
    if isinstance(error, InvalidBatch):
        return kind_of(error.refused[0][1])
    known = next(TABLE[cls] for cls in type(error).__mro__ if cls in TABLE)
    if known is UNEXPECTED and isinstance(error, HTTPException) and error.code:
        return Kind(error.code, "http", error.name)
    return known


def problem(kind: Kind, detail: str, *, extra: Mapping[str, Any] | None = None) -> Response:
    """The problem document of this request, as a response with the kind's status."""
    body = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "request_id": g.get("request_id", ""),
        **(extra or {}),
    }
    return current_app.response_class(json.dumps(body), status=kind.status, content_type=MEDIA_TYPE)


def faults_of(error: ValidationError, part: str) -> tuple[Fault, ...]:
    """The faults that pydantic found, in its order."""
    return tuple(
        Fault("#" + "".join(f"/{_escaped(step)}" for step in each["loc"]), each["msg"], part)
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    )


def register_problems(app: APIFlask) -> None:
    """Answer every error of `app` with a problem document."""
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(HTTPError, _answer_validation)
    app.register_error_handler(BoleError, _answer_refusal)
    app.register_error_handler(Exception, _answer_unexpected)


def _answer_http(error: HTTPException) -> Response:
    response = problem(kind_of(error), str(error.description))
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _answer_validation(error: HTTPError) -> Response:
    """APIFlask found a part of the request against its schema; the cause tells where."""
    assert isinstance(error.__cause__, ValidationError), "only validation raises HTTPError here"
    part = "query" if "query" in error.detail else "body"
    return _answer_refusal(InvalidRequest(faults_of(error.__cause__, part)))


def _answer_refusal(error: BoleError) -> Response:
    kind = kind_of(error)
    response = problem(kind, str(error), extra=_members(error))
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="bole"'
    if kind.status == 503:
        response.headers["Retry-After"] = "1"
    return response


def _answer_unexpected(error: Exception) -> Response:
    """Tell the log what happened and the caller only that something did."""
    log_unexpected(error)
    return problem(
        UNEXPECTED, "The request could not be answered; the log has the cause under this request_id."
    )


def _members(error: BoleError) -> dict[str, Any]:
    """The members that a problem document carries beyond the standard ones."""
    match error:
        case InvalidInput():
            part = "body" if request.method in {"POST", "PUT", "PATCH"} else "query"
            return {"errors": _listed([Fault(f"#/{_escaped(error.field)}", _rule(error), part)])}
        case Changed():
            return {"version": error.version, "since": [_told(event) for event in error.since]}
        case InvalidRequest():
            return {"errors": _listed(error.faults), **error.extra}
        case InvalidBatch():
            return {
                "errors": _listed(Fault(f"#/{position}", str(cause)) for position, cause in error.refused)
            }
    return {}


def _told(event: Happening) -> dict[str, Any]:
    """A change that the caller has not seen."""
    told = {"version": event.version, "at": event.at.isoformat(), "by": event.by}
    return told | {"kind": event.kind, "why": event.why}


def _rule(error: InvalidInput) -> str:
    return f"{error.rule}; {error.remedy}" if error.remedy else error.rule


def _listed(faults: Iterable[Fault]) -> list[dict[str, str]]:
    shown = [{"in": fault.part, "pointer": fault.pointer, "detail": fault.detail} for fault in faults]
    return shown[:MOST_ERRORS]


def _escaped(step: object) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")
