"""What a request may be, and the headers that keep a browser from misusing an answer."""

from typing import Any

from apiflask import APIFlask
from flask import Request, Response, current_app, request
from flask.json.provider import DefaultJSONProvider

from api.access import declared_access
from api.problems import Fault, InvalidRequest
from api.settings import Settings

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

NO_SENSORS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
YEAR_SECONDS = 365 * 24 * 3600


class JSONRequest(Request):
    """A request whose JSON must say that it is JSON."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:  # noqa: ARG002
        """The body's value. `force` is ignored: whoever sends JSON has to say so.

        Raises:
            UnsupportedMediaType: the content type is none of JSON's.
            BadRequest: the body is no JSON.
        """
        return super().get_json(force=False, silent=silent, cache=cache)


class BoundedJSON(DefaultJSONProvider):
    """JSON of which nothing can exhaust the stack; answers keep Chinese readable and the order given."""

    ensure_ascii = False
    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of the text.

        Raises:
            ValueError: no JSON, or nested too deeply.
        """
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def register_limits(app: APIFlask, settings: Settings) -> None:
    """Keep requests to the settings' sizes and answers to what browsers may do with them."""
    app.request_class = JSONRequest
    app.json = BoundedJSON(app)
    app.extensions["bole-settings"] = settings
    app.before_request(_limit_body)
    app.before_request(_refuse_repeats)
    app.after_request(_secure)


def _limit_body() -> None:
    if request.endpoint is not None:
        settings: Settings = current_app.extensions["bole-settings"]
        large = declared_access(current_app, request.endpoint).large_body
        request.max_content_length = settings.import_limit_bytes if large else settings.body_limit_bytes


def _refuse_repeats() -> None:
    """A parameter given twice would count once, which the caller cannot have meant."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        rule = "is given more than once; write several labels with commas between"
        raise InvalidRequest([Fault(f"#/{name}", rule, "query") for name in repeated])


def _secure(response: Response) -> Response:
    headers = response.headers
    is_page = response.mimetype == "text/html"
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("X-Frame-Options", "DENY")
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = NO_SENSORS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else API_POLICY)
    if not (request.endpoint or "").endswith("static"):
        headers["Cache-Control"] = "no-store"
    return response
