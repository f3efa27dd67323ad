"""All figures of one size of world, in a process of its own."""

import dataclasses
import http.client
import json
import os
import time
from pathlib import Path
from typing import Any

import click
import numpy as np

from api.cli.workplace import Workplace, open_workplace
from api.settings import settings_from
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Request
from matcher.matching.pool import Pool
from matcher.matching.ranking import Question, Ranking, question, rank
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Role
from tests.bench.baselines import Search, bare_search, lightfm_predict
from tests.bench.bulk import bulk_figures
from tests.bench.serving import Client, new_token, server
from tests.bench.timing import in_turns
from tests.bench.worlds import World, import_cost, prepare
from training.quality.commands import Cost, Shell

ORGANISATION = "default"
REQUESTS = 200
WARM = 20
LIGHTFM_CALLS = 20
RECALL_QUERIES = 50
ENCODED = 400
K = 10


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("mentors", type=click.IntRange(min=K))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def main(folder: Path, mentors: int, out: Path) -> None:
    """Measure a world of so many mentors and write the figures as JSON."""
    world = World(folder, mentors)
    shell = Shell(folder / "logs", lambda line: click.echo(line, err=True))
    trained = prepare(world, shell)
    imported = import_cost(world, shell)
    figures = {
        "partners": mentors,
        "import": _cost(imported) | {"rows_per_second": round(mentors / imported.seconds)},
        "train": _cost(trained),
        **_requests(world),
    }
    out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _requests(world: World) -> dict[str, Any]:
    """The server's figures. It starts before anything is loaded here, so that its memory is its own."""
    token = new_token(world.home)
    with server(world.home) as running:
        client = Client(http.client.HTTPConnection("127.0.0.1", running.port), token)
        figures = _side_by_side(world, client)
    return figures | {
        "ready_seconds": round(running.ready_seconds, 2),
        "server_peak_bytes": running.peak_bytes,
    }


def _side_by_side(world: World, client: Client) -> dict[str, Any]:
    place = open_workplace(settings_from({}, home=world.home))
    snapshot = place.matches().refresh()
    asked = _questions(snapshot)
    faiss_search, dimensions = bare_search(snapshot, asked)
    every = np.arange(len(asked))
    request = _request(client, asked)
    busy = os.getloadavg()[0]
    timings = in_turns({"request": request, "faiss": faiss_search}, every, WARM)
    return {
        "load_average": round(busy, 2),
        **{name: dataclasses.asdict(timing) for name, timing in timings.items()},
        "dimensions": dimensions,
        **_lightfm(place, snapshot, asked),
        **bulk_figures(snapshot, ORGANISATION),
        "recall_at_10": _recall(snapshot, asked[:RECALL_QUERIES]),
        "texts_per_second": _encoding_rate(place, snapshot),
    }


def _request(client: Client, asked: list[Question]) -> Search:
    def request(number: int) -> object:
        answer = client.get(f"/v1/startups/{asked[number].request.query.id}/matches?role=mentor&k={K}")
        if len(answer["matches"]) != K or not answer["matches"][0]["reasons"]:
            raise RuntimeError(f"not a full list with reasons: {answer}")
        return answer

    return request


def _questions(snapshot: Snapshot) -> list[Question]:
    """One question for each of a fixed choice of active startups."""
    pool = snapshot.pools[Role.STARTUP][0]
    active = np.flatnonzero(pool.active)
    rows = np.random.default_rng(0).choice(active, size=WARM + REQUESTS, replace=False)
    requests = [Request(ORGANISATION, pool.profiles[row], np.inf, Filters()) for row in rows]
    return [question(snapshot, request, Role.MENTOR) for request in requests]


def _lightfm(place: Workplace, snapshot: Snapshot, asked: list[Question]) -> dict[str, Any]:
    keys = snapshot.pools[Role.STARTUP][0].keys
    rows = [keys.row(one.request.query.key) for one in asked[:LIGHTFM_CALLS]]
    hybrid, bare = lightfm_predict(snapshot, place.store.interactions(), rows)
    timings = in_turns({"lightfm": hybrid, "lightfm_bare": bare}, np.arange(len(rows)), 2)
    return {name: dataclasses.asdict(timing) for name, timing in timings.items()}


def _recall(snapshot: Snapshot, asked: list[Question]) -> float:
    """The share of the ten best of full scoring that the lists hold."""
    pools = {role: tuple(_unsearched(pool) for pool in pools) for role, pools in snapshot.pools.items()}
    exhaustive = dataclasses.replace(snapshot, pools=pools)
    shares = [_shared(rank(one, K), rank(dataclasses.replace(one, snapshot=exhaustive), K)) for one in asked]
    return round(float(np.mean(shares)), 4)


def _unsearched(pool: Pool) -> Pool:
    return dataclasses.replace(pool, search={})


def _shared(found: Ranking, wanted: Ranking) -> float:
    best = {candidate.key for candidate in wanted.best}
    return len(best & {candidate.key for candidate in found.best}) / len(best)


def _encoding_rate(place: Workplace, snapshot: Snapshot) -> int:
    texts = [profile.text for profile in snapshot.pools[Role.MENTOR][0].profiles[:ENCODED]]
    place.encoder.encode(texts[:1])  # loads the weights
    began = time.perf_counter()
    place.encoder.encode(texts)
    return round(len(texts) / (time.perf_counter() - began))


def _cost(cost: Cost) -> dict[str, Any]:
    return {"seconds": round(cost.seconds, 2), "peak_bytes": cost.peak_bytes}


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.measure")
