"""Why a match run cannot be solved, as JSON."""

from dataclasses import asdict
from typing import Self

from pydantic import BaseModel

from api.schemas.common import Answer
from api.schemas.matches import Language
from matcher.cohorts.result import Clash, Impasse
from matcher.cohorts.wording import Names, clash_sentence, way_sentence
from matcher.profiles import Role


class MoveOut(BaseModel):
    """One kind of change: for `who` `by` how much, or for which `pairs`; `what` is the rule or the edit."""

    action: str
    who: list[str]
    by: list[int]
    pairs: list[tuple[str, str]]
    what: str


class WayOutOut(BaseModel):
    """What would mend it: so many of the missing meetings, so many are `left`."""

    moves: list[MoveOut]
    mends: int
    left: int
    sentence: str


class ClashOut(BaseModel):
    """Limits that cannot hold together: the `startups` ask for `demand` meetings with the `partners`, who
    can have `supply`."""

    limits: list[str]
    startups: list[str]
    partners: list[str]
    demand: int
    supply: int
    services: list[str]
    rules: list[str]
    ways_out: list[WayOutOut]
    sentence: str

    @classmethod
    def of(cls, clash: Clash, role: Role, names: Names, language: Language) -> Self:
        """The clash and its ways out in words."""
        ways = [
            WayOutOut(
                moves=[MoveOut(**asdict(move)) for move in way.moves],
                mends=way.mends,
                left=way.left,
                sentence=way_sentence(way, role, names, language),
            )
            for way in clash.ways_out
        ]
        plain = {
            name: getattr(clash, name) for name in cls.model_fields if name not in {"ways_out", "sentence"}
        }
        return cls(**plain, ways_out=ways, sentence=clash_sentence(clash, role, language))


class ImpasseAnswer(Answer):
    """Why a run cannot be solved; nothing where it can, or was not tried."""

    clashes: list[ClashOut]

    @classmethod
    def told(
        cls, impasse: Impasse | None, role: Role, names: Names, request_id: str, language: Language
    ) -> Self:
        """The bottlenecks in words."""
        clashes = impasse.clashes if impasse else ()
        told = [ClashOut.of(clash, role, names, language) for clash in clashes]
        return cls(request_id=request_id, clashes=told)
