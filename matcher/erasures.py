"""Erasures: the receipts of what is gone for good, and who asks for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ANSWER_WITHIN = dt.timedelta(days=30)
"""Whoever asks to be erased is to be by then."""
PSEUDONYM = "erased-"


class ErasureKind(StrEnum):
    """What was erased: a profile of one of the roles, or a person's account alone."""

    STARTUP = "startup"
    MENTOR = "mentor"
    INVESTOR = "investor"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was erased, without any text of whom. `pseudonym` is what the row is called since.

    `asked_by` is a role and the id of a person, or "command line"; `counts` how much went, by place; `waits`
    says what still holds something: model versions by name, and places by name. `finished_at` is when nothing
    did any more, None before.
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
