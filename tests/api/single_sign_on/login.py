"""A real OpenID provider, on Authlib's server side: HTTP on a port of this machine, RS256 with its own keys.

It signs in whoever it is told to. `break_by` says what is wrong with what it answers.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import grants as oidc
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID, CLIENT_SECRET = "bole", "distinctive-client-secret-7f3a9"


FIRST_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
SECOND_KEY = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})
FALSE_KEY = RSAKey.import_key({**SECOND_KEY.as_dict(private=True), "kid": "first"})


@dataclass
class Login:
    """The provider: whom it signs in next, what it is asked, and how it misbehaves."""

    now: int
    port: int = 0
    account: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    sign_with: str = "RS256"
    in_id_token: bool = True
    document: dict[str, Any] = field(default_factory=dict)
    redirects_from: str = ""
    codes: dict[str, "Code"] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    handed_out: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: FIRST_KEY)
    shown_key: RSAKey | None = None

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def sign_in(self, subject: str, email: str = "", *, verified: object = True, name: str = "") -> None:
        """Whom the browser that comes next belongs to."""
        told = {"email": email, "email_verified": verified} if email else {}
        self.account = {"sub": subject, "name": name, **told}

    def begin_anew(self) -> None:
        """As it was at first; the port stays."""
        self.__dict__.update(vars(Login(self.now, self.port)))


@dataclass
class Code:
    """An authorization code and what it was given for."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    account: dict[str, Any]

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Client:
    """Bole, as the provider knows it."""

    client_id = CLIENT_ID

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == "http://localhost/signin/north/return"

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


def provider_app(login: Login) -> Flask:
    """The provider's own pages."""
    app = Flask("login")
    server = AuthorizationServer(
        app, query_client=lambda id_: Client() if id_ == CLIENT_ID else None, save_token=_save(login)
    )
    server.register_grant(_grant(login), [CodeChallenge(required=True), _tokens(login)()])

    @app.before_request
    def note() -> Any:
        login.seen.append(request.path)
        if login.redirects_from == request.path:
            return "", 302, {"Location": "http://localhost/elsewhere"}
        return None

    @app.get("/.well-known/openid-configuration")
    def document() -> Any:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        names |= {"jwks_uri": "keys", "userinfo_endpoint": "userinfo"}
        found = {name: f"{login.issuer}/{path}" for name, path in names.items()}
        return jsonify({"issuer": login.issuer, **found, **login.document})

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(KeySet([login.shown_key or login.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user=login.account)
        return server.create_authorization_response(grant=grant, grant_user=login.account or None)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/userinfo")
    def userinfo() -> Any:
        held = request.headers["Authorization"].removeprefix("Bearer ")
        return jsonify(login.account) if held in login.handed_out else ("", 401)

    return app


@contextmanager
def running(login: Login) -> Iterator[Login]:
    """The provider on a port of this machine while the block lasts."""

    class Quiet(WSGIRequestHandler):
        def log_request(self, *_: object) -> None:
            pass

    server = make_server("localhost", 0, provider_app(login), threaded=True, request_handler=Quiet)
    login.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield login
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _save(login: Login) -> Any:
    def save_token(token: dict[str, Any], _request: object) -> None:
        login.handed_out.append(token["access_token"])
        login.handed_out.append(token.get("id_token", ""))

    return save_token


def _grant(login: Login) -> type:
    class CodeGrant(grants.AuthorizationCodeGrant):
        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload
            data = asked.data
            login.handed_out.append(code)
            login.codes[code] = Code(
                code,
                asked.redirect_uri,
                asked.scope,
                data.get("nonce", ""),
                data.get("code_challenge", ""),
                data.get("code_challenge_method", ""),
                dict(login.account),
            )

        def query_authorization_code(self, code: str, client: object) -> Code | None:
            return login.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del login.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
            return authorization_code.account

    return CodeGrant


def _tokens(login: Login) -> type:
    class Tokens(oidc.OpenIDCode):
        def exists_nonce(self, nonce: str, request: object) -> bool:
            return False

        def resolve_client_private_key(self, client: object) -> RSAKey:
            return login.key

        def get_encode_header(self, client: object) -> dict[str, str]:
            return {"alg": "RS256", "kid": login.key.kid or ""}

        def get_client_claims(self, client: object) -> dict[str, Any]:
            return {"iss": login.issuer, "aud": [CLIENT_ID], "iat": login.now, "exp": login.now + 300}

        def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
            told = user if login.in_id_token else {"sub": user["sub"]}
            return {**told, **login.claims}

        def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
            signed = super().encode_id_token(token, request)
            made = signed if login.sign_with == "RS256" else _badly(signed, login.sign_with)
            login.handed_out.append(made)
            return made

    return Tokens


def _badly(signed: str, sign_with: str) -> str:
    """The same claims, under no signature or one that anybody who has the client's secret could make."""
    payload = signed.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    if sign_with == "HS256":
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET), ["HS256"])
    if sign_with == "changed":
        forged = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "root"}).encode()).decode().rstrip("=")
        return ".".join([signed.split(".")[0], forged, signed.split(".")[2]])
    header = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    return f"{header}.{payload}."
