"""Erasures: the receipts of what is gone for good, and who asks for it."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ANSWER_WITHIN = dt.timedelta(days=30)
"""Whoever asks to be erased is to be by then."""
PSEUDONYM = "erased-"


def new_pseudonym() -> str:
    """A name that nobody else has and that tells nothing."""
    return PSEUDONYM + secrets.token_hex(8)


def is_pseudonym(key: str) -> bool:
    """Whether a profile's key is that of one that was erased."""
    return key.partition(":")[2].startswith(PSEUDONYM)


class ErasureKind(StrEnum):
    """What was erased: a profile of one of the roles, or a person's account alone."""

    STARTUP = "startup"
    MENTOR = "mentor"
    INVESTOR = "investor"
    PERSON = "person"


class Waits(StrEnum):
    """What a receipt may wait for: model versions (a list of their names, or True before anybody looked),
    cached vectors, the free space of the database's files."""

    MODELS = "models"
    VECTORS = "vectors"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an export or erasure is about: a profile with its accounts, by id, or an account alone, by the id
    of its person. With both it is the profile as that account may see it."""

    organisation: str
    profile_id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Everything that is held of somebody at a moment: rows (JSON values by name) by place, a place without
    any left out."""

    kind: ErasureKind
    organisation: str
    name: str
    at: dt.datetime
    places: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was erased, without any text of whom. `pseudonym` is what the row is called since.

    `asked_by` is a role and the id of a person, or "command line"; `counts` how much went, by place; `waits`
    says what still holds something (see `Waits`). `finished_at` is when nothing did any more, None before.
    """

    id: str
    organisation: str
    kind: ErasureKind
    pseudonym: str
    asked_by: str
    asked_at: dt.datetime
    done_at: dt.datetime
    counts: Mapping[str, int]
    waits: Mapping[str, Any]
    finished_at: dt.datetime | None = None

    @property
    def versions(self) -> tuple[str, ...]:
        """The model versions that are known to hold them still, newest first."""
        found = self.waits.get(Waits.MODELS)
        return tuple(found) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """A person (by id) asks to be erased: the account alone or, `whole`, also the profile it acts for.

    `ended_at` is when it was done (`receipt` is the receipt's id) or taken back (""); None before.
    """

    id: str
    organisation: str
    person: str
    whole: bool
    asked_at: dt.datetime
    ended_at: dt.datetime | None = None
    receipt: str = ""

    @property
    def due_at(self) -> dt.datetime:
        """Until when it is to be done."""
        return self.asked_at + ANSWER_WITHIN
