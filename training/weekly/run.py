"""The weekly run: check → encode → rehearse → evaluate → fit → compare → gate → promote → report.

Every step can be repeated: vectors are cached by content, equal data give an equal version, a promotion is
one swap. A run that finds the candidate of an earlier one, killed on the very same data, goes on from there.
"""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from matcher.encoding.cache import Progress
from matcher.encoding.encoder import Encoder
from matcher.erasing.finishing import finish
from matcher.errors import BoleError, NotReady, UnusableModel
from matcher.interactions import day_number
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.model.verdict import Verdict
from matcher.runs import RunRecord
from matcher.store import Store
from training.weekly.book import KIND, Entry, close_killed
from training.weekly.checks import CheckedData, check, portrait_from
from training.weekly.comparing import Compared, Versions, compared
from training.weekly.describing import described
from training.weekly.evaluating import Rivals
from training.weekly.findings import Finding, Severity, worst
from training.weekly.gate import judge_past, passes
from training.weekly.history import history_of
from training.weekly.judging import Judgement, judge
from training.weekly.keeping import kept, taken
from training.weekly.learning import Learned, learned, resumable
from training.weekly.order import Order
from training.weekly.probes import latest_deals
from training.weekly.record import Outcome, WeeklyRecord
from training.weekly.report import files, without_names
from training.weekly.serving import Serving, pointed, serving
from training.world import Data, read_data

LEASE = "retrain"


@dataclass(frozen=True, slots=True)
class Place:
    """What a run works with."""

    store: Store
    registry: Registry
    encoder: Encoder


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told: `step` hears what begins, `progress` how many texts were encoded; `clock` is aware."""

    clock: Callable[[], dt.datetime]
    step: Callable[[str], None] = lambda _: None
    progress: Progress = lambda _: None


def weekly_run(place: Place, order: Order, watch: Watch) -> WeeklyRecord:
    """Do the whole run, alone, and tell what became of it; the report is in the registry.

    Raises:
        Conflict: another run holds the lease, or took it over as this one was not heard of for too long.
        NotReady: the database cannot be used. UnusableModel: what was just put away cannot be read.
    """
    lease = taken(place.store, LEASE, order.by)
    with kept(place.store, lease) as mine:
        began = watch.clock()
        close_killed(place.store, began)
        run = RunRecord(id=_run_id(began), kind=KIND, started_at=began)
        entry = Entry(place.store, run, watch.clock, watch.step)
        try:
            return _Run(place, order, watch, entry, mine).whole()
        except BoleError as error:
            entry.failed(str(error))
            raise
        finally:
            entry.abandoned()


@dataclass(frozen=True, slots=True)
class _Run:
    """One run on its way. `mine` raises Conflict where the lease is somebody else's by now."""

    place: Place
    order: Order
    watch: Watch
    entry: Entry
    mine: Callable[[], object]

    def whole(self) -> WeeklyRecord:
        """From the checks to the report."""
        live = serving(self.place.registry)
        empty = WeeklyRecord(
            self.entry.run.id,
            self._now(),
            self._now(),
            "stopped",
            live_before=live.version,
            live_after=live.version,
        )
        with self.entry.steps.step("check"):
            findings = [*live.findings, *self._checked(live)]
        record = dataclasses.replace(empty, checks=tuple(findings), history=history_of(self.place.registry))
        if worst(findings) is Severity.ERROR:
            return self._reported(record)
        with self.entry.steps.step("encode"):
            revision = self.place.store.revision()  # before the data: what comes between is learned next time
            data = self._read()
        with self.entry.steps.step("rehearse and fit"):
            models = self._learned(data, revision)
        with self.entry.steps.step("evaluate"):
            judgement = self._judged(data, models, live)
        with self.entry.steps.step("compare"):
            comparison = self._compared(data, models, live)
        with self.entry.steps.step("promote"):
            record = self._decided(record, models, judgement, comparison)
        return self._reported(described(record, data, judgement, comparison, self.order))

    def _now(self) -> str:
        return self.watch.clock().isoformat(timespec="seconds")

    def _checked(self, live: Serving) -> list[Finding]:
        facts = live.model.facts.get("data", {}) if live.model else {}
        data = CheckedData(
            list(self.place.store.profiles()),
            self.place.store.interactions(),
            day_number(self.order.today),
            portrait_from(facts),
        )
        return check(data, self.order.settings.checks)

    def _read(self) -> Data:
        store = self.place.store
        return read_data(
            list(store.profiles()),
            store.interactions(),
            self.place.encoder,
            store,
            self.watch.progress,
            preferences=store.preferences(),
        )

    def _learned(self, data: Data, revision: int) -> Learned:
        key = f"{revision} {data.encoder} {self.order.as_of} {self.order.factors} {self._holdout_days}"
        self.entry.note(data=key)
        found = resumable(self.place.store, self.place.registry, key)
        models = found or learned(
            data, self.order.as_of, self._holdout_days, self.order.factors, self.watch.step
        )
        if found is None:
            self.place.registry.add(models.candidate)
            self.place.registry.add_rehearsal(models.candidate.version, models.rehearsal)
        self.entry.note(candidate=models.candidate.version)
        return models

    @property
    def _holdout_days(self) -> int:
        return self.order.settings.gate.holdout_days

    def _judged(self, data: Data, models: Learned, live: Serving) -> Judgement:
        first = day_number(self.order.as_of) - self._holdout_days
        rivals = Rivals(models.rehearsal, live.unaware_from(first))
        window, sources = (first, day_number(self.order.as_of)), (self.place.store, self.place.encoder)
        return judge(rivals, data, window, sources, self.order.settings.gate)

    def _compared(self, data: Data, models: Learned, live: Serving) -> Compared:
        versions = Versions(models.candidate, live.model, models.rehearsal)
        probes = [*self.order.probes, *latest_deals(data.interactions)]
        sources = Sources(self.place.store, self.place.encoder)
        return compared(versions, sources, self.order.today, probes, self.order.settings.gate)

    def _decided(
        self, record: WeeklyRecord, models: Learned, judgement: Judgement, comparison: Compared
    ) -> WeeklyRecord:
        """The verdict, and the promotion where it is good: only while the lease is still this run's.

        Staff of every organisation may read a verdict: it names nobody.
        """
        version, registry = models.candidate.version, self.place.registry
        serves, promotions = pointed(registry)
        past = () if version == serves else judge_past(version, promotions)
        gate = (*past, *judgement.findings, *comparison.findings)
        passed = passes(gate)
        told = tuple(without_names(finding).to_dict() for finding in gate)
        self.mine()
        registry.judge(version, Verdict(passed, self.entry.run.id, self._now(), told))
        if passed:
            registry.promote(version, at=self._now(), by=self.order.by, reason=f"run {self.entry.run.id}")
        outcome: Outcome = "promoted" if passed else "rejected"
        return dataclasses.replace(
            record,
            outcome="kept" if passed and version == record.live_before else outcome,
            candidate=version,
            live_after=pointed(registry)[0],
            gate=gate,
        )

    def _reported(self, record: WeeklyRecord) -> WeeklyRecord:
        whole = dataclasses.replace(record, finished_at=self._now(), steps=self.entry.steps.done)
        for name, content in files(whole).items():
            self.place.registry.put_report(self.entry.run.id, name, content)
        self.entry.finished(whole)
        if whole.outcome != "stopped":
            self._tidied()
        return whole

    def _tidied(self) -> None:
        """Old versions and old records of what was shown go, and versions that hold who was erased."""
        settings = self.order.settings
        self.place.store.forget_shown(self.watch.clock() - dt.timedelta(days=settings.keep_shown_days))
        with suppress(UnusableModel):  # a damaged pointer, and nobody knows what serves: all may stay
            self.place.registry.prune(settings.keep)
        with suppress(NotReady, UnusableModel):  # the next run, or the worker, does it
            finish(self.place.store, self.place.registry)


def _run_id(began: dt.datetime) -> str:
    """Run ids sort by time."""
    return f"{began.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
