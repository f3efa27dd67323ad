"""The models: which one serves and why, what the weekly runs made of them, and the last report."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app

from api.access import allow, current_services
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.principals import OFFICE
from api.services import ModelVersion
from api.settings import Settings
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

RETRAIN = "retrain"
"""What the weekly run is called among runs and leases."""
MOST_RUNS = 26
_BY_RUN = re.compile(r"run \S+")
"""What a run gives as its reason when it puts a version live."""
QUIET_AFTER = dt.timedelta(minutes=2)
"""A run that was not heard of for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version and the run that made it, where that is known."""

    info: ModelVersion
    run: RunRecord | None

    @property
    def reason(self) -> str:
        """Why somebody made it live; "" where a run did so itself."""
        reason = self.info.promoted.reason if self.info.promoted else ""
        return "" if _BY_RUN.fullmatch(reason) else reason


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The run that goes on now: its lease, its last word, and whether it was not heard of for too long."""

    lease: Lease
    run: RunRecord | None
    quiet: bool


@pages.get("/models")
@allow(*OFFICE, cookie=True)
def models() -> Response:
    """The live version, the run that goes on, the last report, and the history of both."""
    services, settings = current_services(), _settings()
    now, runs = services.clock(), services.store.runs(RETRAIN, limit=MOST_RUNS)
    versions = _versions(services.registry.versions(), runs)
    return page(
        "models.html",
        live=next((each for each in versions if each.info.status == "live"), None),
        versions=versions,
        runs=runs,
        under_way=_under_way(services.store.lease(RETRAIN), runs, now),
        reports=list(services.registry.reports())[:MOST_RUNS],
        now=now,
        zone=settings.retraining.zone,
        next_run=settings.retraining.following(now),
    )


def _versions(infos: Sequence[ModelVersion], runs: Sequence[RunRecord]) -> list[Version]:
    return [Version(info, _run_of(info, runs)) for info in infos]


def _run_of(info: ModelVersion, runs: Sequence[RunRecord]) -> RunRecord | None:
    """The run that made the version live, else the latest that had it as its candidate."""
    promoting = [run for run in runs if info.promoted and info.promoted.reason == f"run {run.id}"]
    judging = [run for run in runs if run.summary.get("candidate") == info.version]
    return next(iter([*promoting, *judging]), None)


def _under_way(lease: Lease | None, runs: Sequence[RunRecord], now: dt.datetime) -> UnderWay | None:
    if lease is None:
        return None
    run = next((each for each in runs if each.status is RunStatus.RUNNING), None)
    return UnderWay(lease, run, now - lease.heartbeat_at > QUIET_AFTER)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["bole-settings"]
    return settings
