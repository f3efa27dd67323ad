"""What staff do to a run by hand, and what a model may learn from it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.errors import InvalidInput


class EditKind(StrEnum):
    """lock: the pair meets. ban: it does not. swap: the startup meets the partner in place of another.
    add: the pair meets, also where it was not chosen or not eligible."""

    LOCK = "lock"
    BAN = "ban"
    SWAP = "swap"
    ADD = "add"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit by hand. `instead_of` is the partner that a swap takes away, "" for the other kinds.

    `number` tells the edits of a run apart, `version` is the run's that it made. Ids are written as the
    run's organisation writes them.

    Raises:
        InvalidInput: no reason; a swap that names one partner twice or only one; another kind with two.
    """

    kind: EditKind
    startup_id: str
    partner_id: str
    instead_of: str = ""
    reason: str
    by: str
    at: dt.datetime
    number: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidInput(
                "reason", self.reason, "is needed", "say in a few words why, for those who ask later"
            )
        if (self.kind is EditKind.SWAP) != bool(self.instead_of):
            rule = "is needed by a swap, and by nothing else"
            raise InvalidInput("instead_of", self.instead_of, rule, "name the partner to be replaced")
        if self.instead_of == self.partner_id:
            raise InvalidInput("instead_of", self.instead_of, "is the same partner", "name two")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Staff preferred one partner for a startup `over` another: a label for training. All three are keys."""

    startup: str
    preferred: str
    over: str
    kind: EditKind
    at: dt.datetime
    by: str
    run: str
