"""The models: which one serves and why, what the weekly runs made of them, and the last report."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app

from api.access import allow, current_services
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.principals import Caller
from api.services import ModelVersion
from api.settings import Settings
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

RETRAIN = "retrain"
"""What the weekly run is called among runs and leases."""
MOST_RUNS = 26
QUIET_AFTER = dt.timedelta(minutes=2)
"""A run that was not heard of for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version and the run that made it, where that is known."""

    info: ModelVersion
    run: RunRecord | None

    @property
    def reason(self) -> str:
        """Why somebody made it live; "" where the run that made it did so itself."""
        promoted, verdict = self.info.promoted, self.info.verdict
        by_its_run = promoted and verdict and promoted.reason == f"run {verdict.run}"
        return promoted.reason if promoted and not by_its_run else ""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The run that goes on now: its lease, its last word, and whether it was not heard of for too long."""

    lease: Lease
    run: RunRecord | None
    quiet: bool


@pages.get("/models")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
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
    made: Mapping[object, RunRecord] = {run.summary.get("candidate"): run for run in reversed(runs)}
    return [Version(info, made.get(info.version)) for info in infos]


def _under_way(lease: Lease | None, runs: Sequence[RunRecord], now: dt.datetime) -> UnderWay | None:
    if lease is None:
        return None
    run = next((each for each in runs if each.status is RunStatus.RUNNING), None)
    return UnderWay(lease, run, now - lease.heartbeat_at > QUIET_AFTER)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["bole-settings"]
    return settings
