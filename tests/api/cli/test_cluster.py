"""Lists from a real cluster of two processes are the ones from here, also where one of them dies."""

import datetime as dt
import logging
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import LocalCluster

from api.bulk.chunks import Basis, Chunk, Order, chunks_of, opened, rows_of_chunk
from api.bulk.cluster import answered_on
from api.cli.workplace import open_workplace
from api.settings import Settings
from matcher.errors import NotReady
from matcher.matching.answers import Filters
from tests.api.cli.conftest import run_bole

ORDER = Order(None, 5, Filters(), spread=False, language="zh", named=True)
TODAY = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, processes of one thread each. A worker that is killed is told of in the log: no news."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as made:
        yield made


@pytest.fixture(scope="module")
def here(demo_home: Path) -> tuple[Basis, list[tuple[Chunk, list[object]]]]:
    """What lists rest on, and what they are when they are made in this process."""
    place = open_workplace(Settings(home=demo_home))
    moment = opened(place.store, place.registry, place.registry.live(), TODAY)
    place.store.close()
    basis = Basis(
        place.settings.store_url,
        place.settings.models_url,
        moment.model_version,
        moment.snapshot.revision,
        TODAY,
    )
    chunks = chunks_of(moment.snapshot, ["demo"], 3)
    return basis, [(chunk, rows_of_chunk(moment, chunk, ORDER)) for chunk in chunks]


def test_a_cluster_of_which_a_worker_is_killed_gives_every_list_as_it_is_here(cluster: LocalCluster, here):
    basis, wanted = here
    victim = next(iter(cluster.workers.values())).pid
    found = {}
    for chunk, rows in answered_on(cluster.scheduler_address, basis, ORDER, [chunk for chunk, _ in wanted]):
        found[chunk] = rows
        if len(found) == 5:
            os.kill(victim, signal.SIGKILL)

    assert len(wanted) > 30
    assert found == dict(wanted)


def test_the_command_writes_the_same_file_with_a_cluster(
    cluster: LocalCluster, demo_home: Path, tmp_path: Path
):
    asked = ("match", "--org", "demo", "--all", "--role", "mentor", "--chunk", "40", "--out")
    apart = run_bole(demo_home, *asked, tmp_path / "apart.csv", "--scheduler", cluster.scheduler_address)
    run_bole(demo_home, *asked, tmp_path / "here.csv")

    assert apart.exit_code == 0
    assert (tmp_path / "apart.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"store_url": "sqlite:////nowhere/bole.db"}, "sees no database '/nowhere/bole.db'"),
        ({"models_url": "/nowhere/models"}, "'/nowhere/models'"),
        ({"version": "20200101-0000000000"}, "20200101-0000000000"),
        ({"revision": 1}, "not 1: it changed"),
    ],
)
def test_a_worker_that_stands_on_something_else_is_refused_before_it_answers(
    cluster: LocalCluster, here, other: dict[str, object], told: str
):
    basis, [(chunk, _), *_] = here

    with pytest.raises(NotReady, match="worker tcp://") as refused:
        list(answered_on(cluster.scheduler_address, replace(basis, **other), ORDER, [chunk]))

    assert told in str(refused.value)


def test_where_no_cluster_is_the_error_says_so(here, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.bulk.cluster.CONNECT_SECONDS", 1)
    basis, [(chunk, _), *_] = here

    with pytest.raises(NotReady, match="no Dask scheduler at"):
        list(answered_on("tcp://127.0.0.1:9", basis, ORDER, [chunk]))
