"""Browsers' sessions: a signed cookie that names a token by its hash, and the form token of our own pages."""

import datetime as dt
import hmac
import os
import secrets
import stat
import tempfile
from pathlib import Path

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface

from matcher.errors import Forbidden, InvalidInput

COOKIE = "bole_session"
LIFETIME = dt.timedelta(hours=12)
"""A session ends with the browser, and after this time at the latest."""

SESSION_LABEL = "browser session"
"""What the tokens are called that stand for a session alone."""
FORM_FIELD = "form_token"
KEY_FILE = "secret_key"
KEY_BYTES = 32
LEAST_DIFFERENT_BYTES = 16
"""Random bytes have more, but for one key in 10¹⁶; zeros and words again and again have fewer."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SIGNED_IN = "token_hash"


class StaleForm(Forbidden):
    """A form without the token of the session that it came with."""


class CodesMissing(Forbidden):
    """Somebody who has to switch codes on before anything else, and wants something else."""


class Cookies(SecureCookieSessionInterface):
    """Session cookies that a browser sends back only over HTTPS where they were given over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        """Whether this request came over HTTPS, perhaps to a proxy in front of us."""
        return request.is_secure


def register_sessions(app: Flask, home: Path) -> None:
    """Let the pages of `app` keep sessions, signed with the secret key of `home`."""
    app.secret_key = secret_key(home)
    app.session_interface = Cookies()
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFETIME,
    )


def secret_key(home: Path) -> bytes:
    """The key of this home directory: made at random the first time, readable by its owner alone.

    Of several processes that start at once one makes the key, and all get that one.

    Raises:
        InvalidInput: others may read the key, or it is too short to be ours: whoever knows it can sign in as
            anybody.
    """
    path = home / KEY_FILE
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        _make_key(path)
    if path.stat().st_mode & OTHERS:
        raise InvalidInput("secret_key", path, "can be read by others", f"delete it, or: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) < KEY_BYTES or len(set(key)) < LEAST_DIFFERENT_BYTES:
        rule = f"is shorter than {KEY_BYTES} random bytes, or not random"
        raise InvalidInput("secret_key", path, rule, "delete it, and Bole makes another")
    return key


def signed_in() -> str:
    """The hash of the token that the browser signed in with, "" where it did not."""
    return str(session.get(_SIGNED_IN, ""))


def sign_in(token_hash: str) -> None:
    """Begin a session for the holder of the token; nothing of an earlier session is left."""
    session.clear()
    session[_SIGNED_IN] = token_hash


def sign_out() -> None:
    """End the session."""
    session.clear()


def form_token() -> str:
    """What the forms of this session's pages send along, so that other sites' forms can be told from them."""
    token: str = session.setdefault(FORM_FIELD, secrets.token_urlsafe(16))
    return token


def check_form_token() -> None:
    """Refuse a form that is not from a page of this session.

    Raises:
        StaleForm: no form token, or another one.
    """
    given, known = request.form.get(FORM_FIELD, ""), str(session.get(FORM_FIELD, ""))
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        raise StaleForm(
            "the form is out of date or of another site: open its page again (cookies must be allowed)"
        )


def _make_key(path: Path) -> None:
    """Write the whole key beside its place, then link it there: who comes second finds the first one's."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(part)
