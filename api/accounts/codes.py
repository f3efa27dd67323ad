"""One-time codes beside the password: TOTP (RFC 6238), and recovery codes for when the telephone is gone."""

import base64
import datetime as dt
import hashlib
import hmac
import io
import re
import secrets

import pyotp
import segno

from api.accounts.vault import Unreadable, Vault, is_sealed, of_codes
from matcher.errors import InvalidInput
from matcher.people import Person
from matcher.store import Store

ISSUER = "Bole"
STEP_SECONDS = 30
LEEWAY_STEPS = 1
"""Clocks may differ: the code before and the one after are taken too."""
RECOVERY_CODES = 8
_RECOVERY_BYTES = 15
"""120 random bits each: from 112 on a fast hash protects them (ASVS 6.5.2)."""


def new_secret() -> str:
    """The key of somebody's codes: 160 random bits, as apps take it."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """What an app reads: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """The address as a QR code: an SVG without a size of its own and without styles."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", nl=False
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")


def step_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """The thirty seconds that the code is of, counted since 1970; None where it is no code of about now."""
    typed = re.sub(r"[\s-]", "", code)
    now = int(at.timestamp()) // STEP_SECONDS
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    generator = pyotp.TOTP(secret)
    for step in (now, *(now + sign * each for each in range(1, LEEWAY_STEPS + 1) for sign in (-1, 1))):
        if hmac.compare_digest(generator.generate_otp(step), typed):
            return step
    return None


def enrol(
    store: Store, person: Person, secret: str, code: str, at: dt.datetime, *, vault: Vault
) -> list[str]:
    """Ask the person for codes from now on; gives the recovery codes, to be shown once.

    Raises:
        InvalidInput: the code is not one of `secret`: the app was not set up.
    """
    step = step_of(secret, code, at)
    if step is None:
        raise InvalidInput("code", code[:20], "is not the code of this moment", "check the telephone's clock")
    recovery = new_recovery_codes()
    hashes = [recovery_hash(person.id, each) for each in recovery]
    store.people.ask_for_codes(person.id, vault.seal(secret, of_codes(person.id)), hashes, step=step)
    return recovery


def accept(store: Store, person: Person, kept: str, code: str, at: dt.datetime, *, vault: Vault) -> bool:
    """Whether it is the person's code of about now, or a recovery code, not used before; now it is.

    `kept` is what the store has of the secret. Where its key was lost, recovery codes alone are good.
    """
    try:
        step = step_of(vault.open(kept, of_codes(person.id)), code, at)
    except Unreadable:
        step = None
    if not is_sealed(kept):  # it is from before there was a vault
        store.people.reseal(person.id, kept, vault.seal(kept, of_codes(person.id)))
    if step is not None:
        return store.people.use_step(person.id, step)
    return store.people.use_recovery(person.id, recovery_hash(person.id, code))


def new_recovery_codes() -> list[str]:
    """Codes that stand in for the telephone's, each once: ABCD-EFGH-IJKL-MNOP-QRST-UVWX."""
    texts = (
        base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode("ascii") for _ in range(RECOVERY_CODES)
    )
    return ["-".join(text[i : i + 4] for i in range(0, len(text), 4)) for text in texts]


def recovery_hash(person_id: str, code: str) -> str:
    """What is kept of a recovery code, however it is written."""
    typed = re.sub(r"[\s-]", "", code[:100]).upper()
    return hashlib.sha256(f"{person_id}:{typed}".encode("utf-8", "surrogatepass")).hexdigest()
