"""Profile references in paths. An id may hold any printable character, "/" and "%" too.

A WSGI server decodes the path before routing, which makes an id's "/" look like a step of the path.
So the path is taken from the raw request line with %2F and %25 left as they are, and the converter
decodes these two in the one step that is the id.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from werkzeug.routing import BaseConverter, ValidationError

from matcher.profiles import MAX_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_REFERENCE = MAX_ID + 64
"""An id, or a partner's organisation, a colon and its id."""

_KEPT = re.compile(r"%(2[fF5])")


class ReferenceConverter(BaseConverter):
    """`<reference:name>` in a route: one percent-encoded step of the path that may be an id."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The id as it was before encoding."""
        reference = unquote(value)
        if len(reference) > MAX_REFERENCE or not reference.isprintable():
            raise ValidationError
        return reference

    def to_url(self, value: str) -> str:
        """The id as one step of a path."""
        return quote(value, safe="")


def keep_encoded_slashes(application: "WSGIApplication") -> "WSGIApplication":
    """The same application, which sees %2F and %25 of the path undecoded."""

    def wrapped(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does."""
        return application({**environ, "PATH_INFO": half_decoded_path(environ)}, start_response)

    return wrapped


def half_decoded_path(environ: "WSGIEnvironment") -> str:
    """PATH_INFO in WSGI's latin-1 form, decoded but for %2F and %25.

    Without the raw request line (no server that we use omits it) the slashes are lost already and every
    "%" stands for itself.
    """
    raw = environ.get("RAW_URI")
    if raw is None:
        return str(environ.get("PATH_INFO", "")).replace("%", "%25")
    path = raw.split("?", 1)[0] if raw.startswith("/") else urlsplit(raw).path
    path = path.removeprefix(environ.get("SCRIPT_NAME", ""))
    return unquote_to_bytes(_KEPT.sub(r"%25\1", path)).decode("latin-1")
