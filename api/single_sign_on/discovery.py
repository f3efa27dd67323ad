"""What a provider says of itself: its addresses and its keys (OpenID Connect Discovery 1.0)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.single_sign_on.refusals import NotSignedOn, Why
from api.single_sign_on.wire import Wire
from matcher.errors import InvalidInput
from matcher.single_sign_on import issuer_of

DOCUMENT = "/.well-known/openid-configuration"
KEPT_SECONDS = 3600.0
FAILURE_KEPT_SECONDS = 20.0
"""A provider that does not answer is not asked again at once: anybody may open the page that asks."""
KEYS_ANEW_SECONDS = 10.0
"""Keys are fetched anew for a token of an unknown one, but no more often than this."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked what. `userinfo` is "" where there is none; with `names_itself` it says in
    its answers who it is (RFC 9207); with `secret_in_body` it takes the client's secret nowhere else."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    names_itself: bool
    secret_in_body: bool


@dataclass(slots=True)
class _Found:
    at: float
    endpoints: Endpoints | None
    failure: NotSignedOn | None = None
    keys: KeySet | None = None
    keys_at: float = 0.0


class Directory:
    """Finds providers, and remembers what they said for a while. Several threads may ask at once."""

    def __init__(self, wire: Wire, seconds: Callable[[], float] = time.monotonic) -> None:
        self._wire = wire
        self._seconds = seconds
        self._found: dict[str, _Found] = {}

    def endpoints(self, issuer: str) -> Endpoints:
        """The provider's addresses.

        Raises:
            NotSignedOn: it does not answer, or not as the provider of this name.
        """
        return self._known(issuer)[1]

    def keys(self, issuer: str, *, anew: bool = False) -> KeySet:
        """The keys that the provider signs with; `anew` where a token names one that is not among them.

        Raises:
            NotSignedOn: they cannot be had.
        """
        known, endpoints = self._known(issuer)
        now = self._seconds()
        fresh = now - known.keys_at < (KEYS_ANEW_SECONDS if anew else KEPT_SECONDS)
        if known.keys is None or not fresh:
            known.keys, known.keys_at = _key_set(self._wire.get(endpoints.keys)), now
        return known.keys

    def forget(self, issuer: str) -> None:
        """Ask again the next time."""
        self._found.pop(issuer, None)

    def _known(self, issuer: str) -> tuple[_Found, Endpoints]:
        known, now = self._found.get(issuer), self._seconds()
        kept = FAILURE_KEPT_SECONDS if known and known.failure else KEPT_SECONDS
        if known is None or now - known.at >= kept:
            known = self._found[issuer] = self._ask(issuer, now)
        if known.endpoints is None:
            raise known.failure or NotSignedOn(Why.UNREACHABLE)
        return known, known.endpoints

    def _ask(self, issuer: str, now: float) -> _Found:
        try:
            return _Found(now, _endpoints(issuer, self._wire.get(issuer.rstrip("/") + DOCUMENT)))
        except NotSignedOn as failure:
            return _Found(now, None, failure)


def _endpoints(issuer: str, told: dict[str, Any]) -> Endpoints:
    if told.get("issuer") != issuer:
        raise NotSignedOn(Why.MISCONFIGURED, "the discovery document is of another issuer")
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Endpoints(
        issuer=issuer,
        authorization=_address(told, "authorization_endpoint"),
        token=_address(told, "token_endpoint"),
        keys=_address(told, "jwks_uri"),
        userinfo=_address(told, "userinfo_endpoint") if told.get("userinfo_endpoint") else "",
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        secret_in_body="client_secret_post" in ways and "client_secret_basic" not in ways,
    )


def _address(told: dict[str, Any], name: str) -> str:
    """An address of the document, which may have a query, and must be as safe as the issuer's own."""
    given = told.get(name)
    try:
        if isinstance(given, str):
            issuer_of(given.partition("?")[0])
            return given
    except InvalidInput:
        pass
    raise NotSignedOn(Why.MISCONFIGURED, f"the discovery document has no good {name}")


def _key_set(told: dict[str, Any]) -> KeySet:
    """The keys that we know how to use; others may be of kinds to come."""
    given = told.get("keys")
    usable = [_usable(each) for each in given] if isinstance(given, list) else []
    kept = [key for keys in usable for key in keys]
    if not kept:
        raise NotSignedOn(Why.MISCONFIGURED, "the provider shows no keys")
    return KeySet(kept)


def _usable(key: object) -> list[Any]:
    """The key as a list of one; of none where it is of a kind that signs nothing for us."""
    if not isinstance(key, dict) or key.get("kty") not in {"RSA", "EC", "OKP"} or key.get("use") == "enc":
        return []
    try:
        return list(KeySet.import_key_set({"keys": [key]}).keys)
    except (JoseError, ValueError, TypeError, KeyError):
        return []
