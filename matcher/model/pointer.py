"""The pointer to the live version: what serves, what did before, and who put it there when and why.

All of it is one small file, so that one atomic write changes it all.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from matcher.errors import InvalidInput, NotFound, UnusableModel

POINTER = "live.json"
KEPT_PROMOTIONS = 100
"""How many promotions are remembered: two years of weekly ones."""
LONGEST_REASON = 500
"""How many characters a reason may have."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """One change of the live version: to which, when (ISO, UTC), by whom and why; a rollback is one too.

    `forced`: somebody answered for it with a reason where the gate had not passed it.
    """

    version: str
    at: str
    by: str
    reason: str = ""
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version serves (None before the first), those that rolling back returns to, the latest first,
    and the last promotions, the newest first."""

    version: str | None = None
    previous: tuple[str, ...] = ()
    promotions: tuple[Promotion, ...] = ()

    def served(self) -> list[str]:
        """Every version known to have been live, without repeats: the live one, those that rolling back
        returns to in its order, then the rest, the latest first."""
        live = [self.version] if self.version else []
        return list(dict.fromkeys([*live, *self.previous, *(each.version for each in self.promotions)]))

    def promoted(self, promotion: Promotion) -> "Pointer":
        """The pointer after this promotion; to what is live already it changes nothing."""
        if promotion.version == self.version:
            return self
        past = (self.version,) if self.version else ()
        return Pointer(promotion.version, past + self.previous, self._logged(promotion))

    def earlier(self) -> str:
        """The version that rolling back returns to.

        Raises:
            NotFound: none was live before.
        """
        if not self.previous:
            raise NotFound("no earlier live model to roll back to")
        return self.previous[0]

    def rolled_back(self, *, at: str, by: str) -> "Pointer":
        """The pointer after a rollback.

        Raises:
            NotFound: none was live before.
        """
        promotion = Promotion(self.earlier(), at, by, rolled_back_from(self.version))
        return Pointer(promotion.version, self.previous[1:], self._logged(promotion))

    def without(self, versions: Collection[str]) -> "Pointer":
        """The pointer once these versions, none of them live, are no more to be rolled back to."""
        return replace(self, previous=tuple(each for each in self.previous if each not in versions))

    def _logged(self, promotion: Promotion) -> tuple[Promotion, ...]:
        return (promotion, *self.promotions)[:KEPT_PROMOTIONS]


def rolled_back_from(version: str | None) -> str:
    """The reason that the log gives for a rollback."""
    return f"rolled back from {version}"


def taken_back(version: str, promotions: Iterable[Promotion]) -> Promotion | None:
    """The rollback that took a version out of service, where nobody has brought it back since (`promotions`
    newest first); None for any other."""
    about = (one for one in promotions if one.version == version or one.reason == rolled_back_from(version))
    latest = next(about, None)
    return latest if latest is not None and latest.version != version else None


def checked_reason(reason: str, *, needed: bool) -> str:
    """The reason on one line.

    Raises:
        InvalidInput: there is none where one is needed, or it is too long.
    """
    told = " ".join(reason.split())
    if needed and not told:
        raise InvalidInput("reason", reason, "must say why", "tell those who will ask next month")
    if len(told) > LONGEST_REASON:
        raise InvalidInput("reason", told, f"must have at most {LONGEST_REASON} characters")
    return told


def read_pointer(content: bytes | None) -> Pointer:
    """The pointer that a file holds; None, where there is no file, points to nothing.

    Files from before there was a log have none. What is no promotion in the log is left out: it is for
    people, and nobody stops serving over it.

    Raises:
        UnusableModel: the file is damaged.
    """
    if content is None:
        return Pointer()
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    match found:
        case {"version": str() | None as version, "previous": [*previous], **rest}:
            return Pointer(version, tuple(map(str, previous)), _promotions(rest.get("promotions")))
    raise UnusableModel(f"{POINTER} is damaged; `bole models promote VERSION` writes it anew")


def pointer_file(pointer: Pointer) -> bytes:
    """The content of the file: the inverse of `read_pointer`."""
    return json.dumps(asdict(pointer), ensure_ascii=False, indent=1).encode()


def _promotions(log: Any) -> tuple[Promotion, ...]:
    entries = log if isinstance(log, list) else []
    return tuple(found for entry in entries if (found := _promotion(entry)))


def _promotion(entry: Any) -> Promotion | None:
    match entry:
        case {"version": str() as version, "at": str() as at, "by": str() as by, **rest}:
            return Promotion(version, at, by, str(rest.get("reason", "")), rest.get("forced") is True)
    return None
