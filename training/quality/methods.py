"""Every method that answers a list task, on the same candidates: Bole, its peers, and each of its signals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.encoding.encoder import UniversalSentenceEncoder
from training.measures.lists import Lists, best
from training.quality import collaborative, hybrid, live, tuning
from training.quality.collaborative import Loss
from training.quality.context import Context, Trial
from training.quality.popularity import industries, popularity, popularity_within, region
from training.quality.wordings import meanings, words

Scores = npt.NDArray[np.floating]

BOLE, ALONE = "Bole", "profiles alone"
POPULARITY, LIGHTFM, TUNED = "popularity", "LightFM as installed", "LightFM tuned"
UNLEARNED = "unlearned sum"


class Group(StrEnum):
    """What kind of method it is."""

    OWN = "Bole"
    PEER = "peer"
    SIGNAL = "signal alone"


@dataclass(frozen=True, slots=True)
class Method:
    """One method's lists for a task."""

    name: str
    group: Group
    lists: Lists


def methods(context: Context, trial: Trial) -> list[Method]:
    """Bole first, then the peers, then Bole's signals alone."""
    records = trial.records
    snapshot = live.snapshot_of(trial.home.path, context.today)
    prior = telling(live.prior_scores(snapshot, records))
    alone = telling(live.signal_scores(snapshot, records))
    scored = [
        *((Group.PEER, name, scores) for name, scores in peers(context, trial)),
        (Group.PEER, UNLEARNED, unlearned(prior.values())),
        *((Group.SIGNAL, name, scores) for name, scores in alone.items()),
    ]
    return [
        Method(BOLE, Group.OWN, trial.lists),
        Method(ALONE, Group.OWN, trial.alone),
        *(Method(name, group, best(scores, records.allowed)) for group, name, scores in scored),
    ]


def peers(context: Context, trial: Trial) -> Iterator[tuple[str, Scores]]:
    """What a user could run instead, with scores [q, c]."""
    records = trial.records
    yield POPULARITY, popularity(records)
    yield "popularity within industry", popularity_within(records, industries)
    yield "popularity within region", popularity_within(records, region)
    yield LIGHTFM, hybrid.hybrid(records, hybrid.INSTALLED, records.asked)
    if trial.task.earlier:
        earlier = context.folders[trial.task.earlier]
        setting = tuning.hybrid_setting(earlier, warm_queries=trial.task.warm)
        context.say(f"{trial.task.name}: LightFM tuned on {trial.task.earlier}: {setting}")
        yield TUNED, hybrid.hybrid(records, setting, records.asked)
    if trial.task.warm:
        yield from _collaborative(context, trial)
    yield "TF-IDF", words(records)
    with live.opened(trial.home.path) as store:
        yield "encoder", meanings(records, UniversalSentenceEncoder(), store)


def _collaborative(context: Context, trial: Trial) -> Iterator[tuple[str, Scores]]:
    for loss in Loss:
        yield (
            f"{loss} as installed",
            collaborative.collaborative(trial.records, loss, collaborative.INSTALLED),
        )
        if trial.task.earlier:
            setting = tuning.collaborative_setting(context.folders[trial.task.earlier], loss)
            context.say(f"{trial.task.name}: {loss} tuned on {trial.task.earlier}: {setting}")
            yield (
                f"{loss} tuned",
                collaborative.collaborative(trial.records, loss, setting),
            )


def telling(signals: Mapping[str, Scores]) -> dict[str, Scores]:
    """Those signals that have at least two different values."""
    return {name: scores for name, scores in signals.items() if np.unique(scores[~np.isnan(scores)]).size > 1}


def unlearned(signals: Iterable[Scores]) -> Scores:
    """The sum of signals [q, c], each standardised within the query; what is unknown stands at the mean."""
    return np.asarray(np.sum([_standardised(scores) for scores in signals], axis=0))


def _standardised(scores: Scores) -> Scores:
    known = ~np.isnan(scores)
    counts = np.maximum(known.sum(axis=1, keepdims=True), 1)
    means = np.where(known, scores, 0.0).sum(axis=1, keepdims=True) / counts
    away = np.where(known, scores - means, 0.0)
    spread = np.sqrt((away**2).sum(axis=1, keepdims=True) / counts)
    return np.asarray(away / np.where(spread > 0, spread, 1.0))
