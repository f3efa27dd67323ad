"""Whether a model version still holds somebody: told by digests, as nobody knows the key any more."""

import hashlib
from collections.abc import Iterable, Iterator

from matcher.model.parameters import Model

SIZE = 16
"""Bytes of a salt, and of a digest."""


def digests_of(salt: bytes, texts: Iterable[str]) -> bytes:
    """The digests of these texts one after the other."""
    return b"".join(_digest(salt, text) for text in texts)


def holds(model: Model, salt: bytes, digests: bytes) -> bool:
    """Whether a key or an attribute of the model is one of those of the digests."""
    wanted = {digests[start : start + SIZE] for start in range(0, len(digests), SIZE)}
    return any(_digest(salt, text) in wanted for text in texts_of(model))


def texts_of(model: Model) -> Iterator[str]:
    """Everything in a model that profiles wrote: their keys, and what they declare."""
    yield from model.startups
    yield from model.attributes
    for part in model.roles.values():
        yield from part.partners.terms
        yield from part.companions.startups.terms


def _digest(salt: bytes, text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=SIZE, salt=salt).digest()
