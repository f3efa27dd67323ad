"""Refusals and failures as pages."""

from urllib.parse import urlsplit

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from api.observing import log_unexpected
from api.pages.blueprint import pages
from api.pages.held import held, held_page
from api.pages.rendering import page
from api.problems import MEDIA_TYPE, UNEXPECTED, kind_of, problem
from api.sessions import CodesMissing, StaleForm, sign_out
from matcher.errors import BoleError, Unauthorised


@pages.errorhandler(Unauthorised)
def ask_to_sign_in(_error: Unauthorised) -> AnyResponse:
    """Send the reader to sign in and, where that makes sense, back to where they were; a form is held."""
    form = held()
    sign_out()
    if form is not None:
        return held_page(form)
    after = request.full_path.rstrip("?") if request.method == "GET" else None
    if "HX-Request" in request.headers:  # htmx would put the page of signing in into a part of this one
        whole = urlsplit(request.headers.get("HX-Current-URL", ""))
        after = f"{whole.path}?{whole.query}".rstrip("?") or None
        return Response(headers={"HX-Redirect": url_for("pages.signing_in", next=after)})
    return redirect(url_for("pages.signing_in", next=after), 303)


@pages.errorhandler(CodesMissing)
def ask_for_codes(_error: CodesMissing) -> AnyResponse:
    """Lead to switching codes on, the whole page where htmx wanted a part of one."""
    there = url_for("pages.setting_up_codes")
    if "HX-Request" in request.headers:
        return Response(headers={"HX-Redirect": there})
    return redirect(there, 303)


@pages.errorhandler(StaleForm)
def ask_to_send_again(error: StaleForm) -> Response:
    """Have a form of an earlier session sent again; refuse one of another site."""
    form = held()
    return refuse(error) if form is None else held_page(form)


@pages.errorhandler(BoleError)
def refuse(error: BoleError) -> Response:
    """Say what is wrong with the request."""
    kind = kind_of(error)
    return page("error.html", kind.status, kind=kind, error=error)


@pages.errorhandler(HTTPException)
def answer_http(error: HTTPException) -> AnyResponse:
    """Say what is wrong with the request; let redirects pass."""
    if error.code is None or error.code < 400:
        return error.get_response()
    kind = kind_of(error)
    if kind.status >= 500:
        return fail(error)
    return _with_headers(page("error.html", kind.status, kind=kind, error=error), error)


@pages.errorhandler(Exception)
def fail(error: Exception) -> Response:
    """Tell the log what happened, and the reader only that something did."""
    log_unexpected(error)
    return page("error.html", UNEXPECTED.status, kind=UNEXPECTED, error=error)


@pages.app_errorhandler(404)
@pages.app_errorhandler(405)
def answer_lost(error: HTTPException) -> AnyResponse:
    """An address that no route has: a page for browsers, the usual document for programs."""
    kind = kind_of(error)
    if _wants_page():
        response: AnyResponse = page("error.html", kind.status, kind=kind, error=error)
    else:
        response = problem(kind, str(error.description))
    return _with_headers(response, error)


def _with_headers(response: AnyResponse, error: HTTPException) -> AnyResponse:
    """The response with what the error says beside its text: which methods do, how long to wait."""
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _wants_page() -> bool:
    accepted = request.accept_mimetypes.best_match([MEDIA_TYPE, "application/json", "text/html"])
    return accepted == "text/html" and not request.path.startswith("/v1/")
