"""Versions swapped under load: no request may fail or mix two versions, and hardly one should notice.

Clients ask the running server for lists without a pause, each time on a new connection, so that every
worker is asked; meanwhile one version after another is made live. Each list is held against the one that its
version gives where nothing is ever swapped.
"""

import http.client
import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matcher.matching.answers import MatchList
from matcher.matching.moment import Moment
from matcher.profiles import Role

CLIENTS = 4
SURE_OF_ALL = 16
"""So many answers in a row of one version are from all of two workers."""
PATIENCE_SECONDS = 60.0
Lines = tuple[tuple[str, float], ...]
Expected = Mapping[str, Mapping[str, Lines]]
"""The true lists: by version, then by path."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: when it began and ended (seconds of the monotonic clock), and what is wrong with it."""

    began: float
    ended: float
    version: str
    error: str = ""
    mixed: bool = False

    @property
    def milliseconds(self) -> float:
        """How long it took."""
        return (self.ended - self.began) * 1000


@dataclass(frozen=True, slots=True)
class Swapped:
    """What came of it. Milliseconds are of requests while versions were swapped beside those in the pauses of
    the same run; `pickup_seconds` are from a promotion to the last answer of another version."""

    swaps: int
    requests: int
    errors: int
    mixed: int
    swapping_p50: float
    swapping_p99: float
    quiet_p50: float
    quiet_p99: float
    pickup_seconds_median: float
    pickup_seconds_most: float


@dataclass(slots=True)
class Load:
    """What the clients were answered so far, in the order of its coming."""

    answers: list[Answered] = field(default_factory=list)

    def all_answer_with(self, version: str, since: float) -> bool:
        """Whether the last requests of all that began after a moment were answered by the version."""
        last = [answer.version for answer in self.answers[-SURE_OF_ALL:] if answer.began > since]
        return last == [version] * SURE_OF_ALL


def swap_under_load(
    port: int,
    token: str,
    expected: Expected,
    promote: Callable[[str], None],
    *,
    swaps: int,
    pauses: int,
    pause_seconds: float,
) -> Swapped:
    """Promote the versions of `expected` in turn, so many times, each as soon as all workers answer with the
    one before. The pauses, in which nothing is swapped, are spread over the run."""
    versions, pickups, quiet = itertools.cycle(expected), list[float](), list[tuple[float, float]]()
    with loaded(port, token, expected) as load:
        for number in range(swaps):
            if number % max(1, swaps // pauses) == 0:
                began = time.monotonic()
                time.sleep(pause_seconds)
                quiet.append((began, time.monotonic()))
            pickups.append(_swapped(load, next(versions), promote))
    return _summary(load.answers, pickups, quiet)


def _swapped(load: Load, version: str, promote: Callable[[str], None]) -> float:
    """Promote and wait; seconds until the last answer of another version."""
    promote(version)
    promoted = time.monotonic()
    while not load.all_answer_with(version, promoted):
        if time.monotonic() > promoted + PATIENCE_SECONDS:
            raise RuntimeError(f"{version} does not answer {PATIENCE_SECONDS:.0f} s after its promotion")
        time.sleep(0.01)
    late = [answer.ended for answer in load.answers if answer.ended > promoted and answer.version != version]
    return max((ended - promoted for ended in late), default=0.0)


@contextmanager
def loaded(port: int, token: str, expected: Expected) -> Iterator[Load]:
    """Clients ask for the lists of `expected` until the block ends."""
    load, over = Load(), threading.Event()
    paths = list(next(iter(expected.values())))

    def ask(seed: int) -> None:
        draw = random.Random(seed)
        while not over.is_set():
            load.answers.append(_answered(port, token, draw.choice(paths), expected))

    with ThreadPoolExecutor(CLIENTS, thread_name_prefix="client") as threads:
        done = [threads.submit(ask, seed) for seed in range(CLIENTS)]
        try:
            yield load
        finally:
            over.set()
    for one in done:
        one.result()


def _answered(port: int, token: str, path: str, expected: Expected) -> Answered:
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        body, ended = response.read(), time.monotonic()
    except (OSError, http.client.HTTPException) as error:
        return Answered(began, time.monotonic(), "", repr(error))
    finally:
        connection.close()
    if response.status != http.client.OK:
        return Answered(began, ended, "", f"{response.status} {body[:200]!r}")
    answer = json.loads(body)
    version = answer["model_version"]
    told = [version, response.getheader("X-Model-Version")]
    true = version in expected and is_same(lines_of(answer["matches"]), expected[version][path])
    return Answered(began, ended, version, mixed=not true or told != [version] * 2)


def lines_of(matches: Sequence[Mapping[str, object]]) -> Lines:
    """The partners of an answer's list with their scores, best first."""
    return tuple((str(match["partner_id"]), float(str(match["score"]))) for match in matches)


def is_same(one: Lines, other: Lines) -> bool:
    """Whether they are the same partners in the same order, with the same scores to a millionth."""
    ids = [[partner for partner, _ in lines] for lines in (one, other)]
    scores = [[score for _, score in lines] for lines in (one, other)]
    return ids[0] == ids[1] and bool(np.allclose(*scores, rtol=0, atol=1e-6))


def true_lists(moment: Moment, organisation: str, startups: Sequence[str], k: int = 10) -> dict[str, Lines]:
    """What `GET /v1/startups/{id}/matches` should answer, by path."""
    lists = moment.match(organisation, startups, role=Role.MENTOR, k=k)
    return {f"/v1/startups/{found.query_id}/matches?role=mentor&k={k}": _lines(found) for found in lists}


def _lines(found: MatchList) -> Lines:
    return tuple((match.pair.partner_id, match.pair.score) for match in found.matches)


def _p50_and_p99(taken: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """NaN where nothing was answered: a pause may be too short for a busy machine."""
    return np.percentile(taken, [50, 99]) if len(taken) else np.full(2, np.nan)


def _summary(
    answers: Sequence[Answered], pickups: Sequence[float], quiet: Sequence[tuple[float, float]]
) -> Swapped:
    calm = [any(begin <= a.began and a.ended <= end for begin, end in quiet) for a in answers]
    taken = np.array([answer.milliseconds for answer in answers])
    swapping, pauses = (_p50_and_p99(taken[np.array(calm) == is_calm]) for is_calm in (False, True))
    return Swapped(
        len(pickups),
        len(answers),
        sum(bool(answer.error) for answer in answers),
        sum(answer.mixed for answer in answers),
        *(round(float(value), 2) for value in (*swapping, *pauses)),
        pickup_seconds_median=round(float(np.median(pickups)), 2),
        pickup_seconds_most=round(max(pickups), 2),
    )
