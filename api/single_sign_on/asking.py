"""Asking a provider who is there: authorization code with PKCE, state and nonce; its answer is checked."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.single_sign_on.discovery import Directory, Endpoints
from api.single_sign_on.refusals import NotSignedOn, Why
from api.single_sign_on.wire import Wire
from matcher.single_sign_on import MAX_SUBJECT, Provider

SCOPE = "openid email profile"
LEEWAY_SECONDS = 60
"""Clocks may differ by so much."""
ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split()
"""Signatures by a key pair. Neither `none` nor HMAC: whoever has the client secret could make those."""


@dataclass(frozen=True, slots=True)
class Question:
    """What one browser asked and must hear again: the state of its request, and the secrets of this try."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> "Question":
        """One that nobody can guess: 256 random bits each."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Told:
    """Who the provider says is there: `email` "" where it tells none, `name` what it calls them."""

    subject: str
    email: str
    verified: bool
    name: str


@dataclass(frozen=True, slots=True)
class Client:
    """Bole as the client of one provider; `secret` is open, `address` where answers are to come to."""

    provider: Provider
    secret: str = field(repr=False)
    address: str
    directory: Directory
    wire: Wire

    def question_url(self, question: Question, hint: str = "") -> str:
        """Where to send the browser; `hint` is the address that was typed before, "" for none.

        Raises:
            NotSignedOn: the provider does not answer.
        """
        endpoints = self.directory.endpoints(self.provider.issuer)
        more = {"login_hint": hint} if hint else {}
        url, _ = self._oauth(endpoints).create_authorization_url(
            endpoints.authorization,
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
            **more,
        )
        return str(url)

    def told(self, question: Question, answer: Mapping[str, str], at: dt.datetime) -> Told:
        """Who the provider says is there, in answer to this question.

        Raises:
            NotSignedOn: it refuses, does not answer, or what it says does not prove anything.
        """
        endpoints = self.directory.endpoints(self.provider.issuer)
        _check_answer(endpoints, answer)
        token = self._exchanged(endpoints, answer["code"], question.verifier)
        claims = self._proven(token, question.nonce, at)
        if "email" not in claims and endpoints.userinfo:
            claims = {**self._userinfo(endpoints, token, claims["sub"]), **claims}
        return _told(claims)

    def _oauth(self, endpoints: Endpoints) -> OAuth2Client:
        return OAuth2Client(
            _Session(self.wire),
            client_id=self.provider.client_id,
            client_secret=self.secret,
            token_endpoint_auth_method="client_secret_post"
            if endpoints.secret_in_body
            else "client_secret_basic",
            scope=SCOPE,
            redirect_uri=self.address,
            code_challenge_method="S256",
        )

    def _exchanged(self, endpoints: Endpoints, code: str, verifier: str) -> dict[str, Any]:
        try:
            token: dict[str, Any] = self._oauth(endpoints).fetch_token(
                endpoints.token, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except OAuth2Error as error:
            why = Why.MISCONFIGURED if error.error == "invalid_client" else Why.REFUSED
            raise NotSignedOn(why, f"the code is answered by {str(error.error)[:60]!r}") from error
        except ValueError as error:
            raise NotSignedOn(Why.UNREACHABLE, "the code is answered by no JSON") from error
        return token

    def _proven(self, token: Mapping[str, Any], nonce: str, at: dt.datetime) -> dict[str, Any]:
        """The claims of the id token, signed by the provider, for us, for this question, and not over."""
        issuer, client_id = self.provider.issuer, self.provider.client_id
        told = token.get("id_token")
        if not isinstance(told, str):
            raise NotSignedOn(Why.UNPROVEN, "no id_token")
        try:
            decoded = self._decoded(told)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}},
                {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
            )
            claims.validate(now=int(at.timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotSignedOn(Why.UNPROVEN, f"the id_token: {type(error).__name__}") from error
        return dict(claims)

    def _decoded(self, told: str) -> jwt.Token:
        try:
            return _signed(told, self.directory.keys(self.provider.issuer))
        except InvalidKeyIdError:  # the provider may have changed its keys
            return _signed(told, self.directory.keys(self.provider.issuer, anew=True))

    def _userinfo(self, endpoints: Endpoints, token: Mapping[str, Any], subject: object) -> dict[str, Any]:
        bearer = {"Authorization": f"Bearer {token.get('access_token', '')}"}
        found = self.wire.get(endpoints.userinfo, bearer)
        if found.get("sub") != subject:
            raise NotSignedOn(Why.UNPROVEN, "the userinfo is of somebody else")
        return found


class _Session:
    """What Authlib's client sends by: an answer has a status and JSON, and nothing else is asked of it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> "_Answer":
        """Send a form."""
        uri, sent, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Answer(*self._wire.call("POST", uri, headers=sent, body=body))


@dataclass(frozen=True, slots=True)
class _Answer:
    status_code: int
    found: dict[str, Any]

    def json(self) -> dict[str, Any]:
        """The object in the answer."""
        return self.found

    def raise_for_status(self) -> None:
        """Refuse what is no answer to a client.

        Raises:
            ValueError: the server failed.
        """
        if self.status_code >= 400:
            raise ValueError(f"the answer is {self.status_code}")


def _signed(told: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(told, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def _check_answer(endpoints: Endpoints, answer: Mapping[str, str]) -> None:
    """Refuse an answer that is an error, of another provider (RFC 9207), or has no code."""
    named = answer.get("iss", "")
    if (named or endpoints.names_itself) and named != endpoints.issuer:
        raise NotSignedOn(Why.UNPROVEN, "the answer is of another issuer")
    if error := answer.get("error", ""):
        why = Why.CANCELLED if error == "access_denied" else Why.REFUSED
        raise NotSignedOn(why, f"the provider says {error[:60]!r}")
    if not answer.get("code"):
        raise NotSignedOn(Why.REFUSED, "the answer has no code")


def _told(claims: Mapping[str, Any]) -> Told:
    subject, email, name = claims.get("sub"), claims.get("email"), claims.get("name")
    if not isinstance(subject, str) or not 0 < len(subject) <= MAX_SUBJECT or not subject.isprintable():
        raise NotSignedOn(Why.UNPROVEN, "the id_token has no good subject")
    return Told(
        subject=subject,
        email=email if isinstance(email, str) else "",
        verified=claims.get("email_verified") is True,
        name=name if isinstance(name, str) else "",
    )
