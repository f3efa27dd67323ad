"""Judging on the holdout: the candidate's rehearsal beside the live model's and the peers, for one role."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.encoding.cache import VectorStore
from matcher.encoding.encoder import Encoder
from matcher.model.parameters import Model, untrained
from training.weekly.answering import answers
from training.weekly.holdout import Holdout
from training.weekly.peers import lightfm, popularity
from training.weekly.quality import (
    CANDIDATE,
    LIGHTFM,
    LIVE,
    POPULARITY,
    PROFILES,
    Judged,
    judged,
    judged_scores,
)
from training.world import Data, world_of


@dataclass(frozen=True, slots=True)
class Rivals:
    """Who is judged: neither has seen the holdout. `live` is None where no such model is there."""

    candidate: Model
    live: Model | None


def evaluated(
    rivals: Rivals, holdout: Holdout, data: Data, sources: tuple[VectorStore, Encoder]
) -> Mapping[str, Judged]:
    """Every model and peer on one role's holdout, by name; nothing where nobody asked in it."""
    if not len(holdout):
        return {}
    candidate = answers(rivals.candidate, holdout, data, sources)
    found = {
        CANDIDATE: judged(candidate, holdout),
        PROFILES: judged(answers(untrained(), holdout, data, sources), holdout),
    }
    if rivals.live is not None:
        found[LIVE] = judged(answers(rivals.live, holdout, data, sources), holdout)
    world, allowed = world_of(data, holdout.first), candidate.allowed
    found[LIGHTFM] = judged_scores(lightfm(holdout, world), allowed, holdout)
    found[POPULARITY] = judged_scores(popularity(holdout, world), allowed, holdout)
    return found
