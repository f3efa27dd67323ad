"""Secrets that must be read again, at rest: sealed under the home's secret key, for one purpose each.

AES-256-GCM (SP 800-38D) with a random nonce; the key is derived by HKDF-SHA256 (RFC 5869) from the file that
signs sessions too. What is sealed names whose it is, so that nobody moves one row's secret to another.
"""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matcher.store import Store

VERSION = "v1:"
"""What was sealed begins so; a secret from before does not: the keys of codes are base32, without colons."""
_KEY_BYTES, _NONCE_BYTES = 32, 12
_INFO = b"bole: secrets at rest, v1"


class Unreadable(Exception):
    """The secret was sealed under another key: the key file was lost or replaced."""


class Vault:
    """Seals and opens under one key."""

    def __init__(self, key: bytes) -> None:
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_INFO).derive(key)
        self._cipher = AESGCM(derived)

    def seal(self, secret: str, whose: str) -> str:
        """What is kept of a secret; `whose` says what it is for and of whom, and opens it again."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, secret.encode(), whose.encode())
        return VERSION + base64.urlsafe_b64encode(nonce + sealed).decode("ascii")

    def open(self, kept: str, whose: str) -> str:
        """The secret; one that was never sealed as it is.

        Raises:
            Unreadable: sealed under another key, for another, or changed.
        """
        if not is_sealed(kept):
            return kept
        try:
            raw = base64.urlsafe_b64decode(kept.removeprefix(VERSION))
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], whose.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Unreadable(whose) from error


def is_sealed(kept: str) -> bool:
    """Whether it was sealed, under whatever key."""
    return kept.startswith(VERSION)


def of_codes(person_id: str) -> str:
    """Whose the key of somebody's codes is."""
    return f"codes of {person_id}"


def of_client(organisation: str) -> str:
    """Whose the client secret at an organisation's provider is."""
    return f"client of {organisation}"


def seal_codes(store: Store, vault: Vault) -> int:
    """Seal the keys of codes that were kept plainly before there was a vault; how many they were.

    It may be interrupted and done again, and several may do it at once.
    """
    plain = {id_: kept for id_, kept in store.people.secrets().items() if kept and not is_sealed(kept)}
    for person_id, kept in plain.items():
        store.people.reseal(person_id, kept, vault.seal(kept, of_codes(person_id)))
    return len(plain)
