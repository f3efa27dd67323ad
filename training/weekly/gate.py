"""The gate: may the candidate go live? Each rule is a finding; one of severity error turns it down."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass

import numpy as np

from matcher.model.parameters import Model
from matcher.model.pointer import Promotion, taken_back
from matcher.profiles import PARTNER_ROLES, Role
from training.measures.intervals import Interval
from training.weekly.findings import Finding, Severity
from training.weekly.quality import CANDIDATE, LIVE, PROFILES, Judged, difference
from training.weekly.settings import GateSettings, WhenUnsure


@dataclass(frozen=True, slots=True)
class Cost:
    """What a model takes: the median time of a list, and the size of its bundle."""

    milliseconds: float
    mebibytes: float


def passes(findings: Iterable[Finding]) -> bool:
    """Whether nothing speaks against going live."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def judge_quality(
    role: Role, by_name: Mapping[str, Judged], queries: int, settings: GateSettings
) -> list[Finding]:
    """What the holdout of one role says of the candidate beside the live model.

    Where none is live it stands beside profiles alone, which spread exposure wider than anything that was
    learned: that is no measure of it.
    """
    if queries < settings.least_queries:
        return [_too_few(role, queries, settings)]
    candidate, live = by_name[CANDIDATE], by_name.get(LIVE)
    between, against = difference(candidate, live or by_name[PROFILES]), LIVE if live else PROFILES
    compared = _compared({"role": role.value, "queries": queries, "against": against}, between, settings)
    if live is None:
        return [compared]
    found = [*_exposure(role, candidate, live, settings), *_calibration(role, candidate, live, settings)]
    return [compared, *found]


def judge_roles(candidate: Model, live: Model, partners: Mapping[Role, Sized]) -> list[Finding]:
    """A role with partners whose model knows none of them, while the live one did, is lost."""
    lost = [
        role
        for role in PARTNER_ROLES
        if partners[role] and not len(_known(candidate, role)) and len(_known(live, role))
    ]
    return [Finding("role_missing", Severity.ERROR, {"role": role.value}) for role in lost]


def judge_cost(candidate: Cost, live: Cost | None, settings: GateSettings) -> list[Finding]:
    """Whether lists stay quick and the bundle small, beside the live model's where there is one."""
    slow = max(settings.slow_milliseconds, settings.slower_most * live.milliseconds if live else 0.0)
    large = max(settings.large_mebibytes, settings.larger_most * live.mebibytes if live else 0.0)
    found = []
    if candidate.milliseconds > slow:
        facts = {"milliseconds": candidate.milliseconds, "most": slow}
        found.append(Finding("slow", Severity.ERROR, facts | _of(live, "milliseconds")))
    if candidate.mebibytes > large:
        facts = {"mebibytes": candidate.mebibytes, "most": large}
        found.append(Finding("large", Severity.ERROR, facts | _of(live, "mebibytes")))
    return found or [
        Finding(
            "bounds_ok",
            Severity.OK,
            {"milliseconds": candidate.milliseconds, "mebibytes": candidate.mebibytes},
        )
    ]


def judge_resemblance(role: Role, overlap: float, settings: GateSettings) -> list[Finding]:
    """Whether what would serve gives about the lists of what was judged."""
    if overlap >= settings.overlap_least:
        return []
    facts = {"role": role.value, "overlap": overlap, "least": settings.overlap_least}
    return [Finding("differs_from_rehearsal", Severity.ERROR, facts)]


def judge_past(version: str, promotions: Sequence[Promotion]) -> list[Finding]:
    """What people rolled back is not brought back by a run that finds the same version again."""
    rollback = taken_back(version, promotions)
    if rollback is None:
        return []
    facts = {"version": version, "by": rollback.by, "at": rollback.at}
    return [Finding("rolled_back", Severity.ERROR, facts)]


def _known(model: Model, role: Role) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The deals of each partner that the role's model has heard of, those with none left out."""
    deals = model.roles[role].record.deals
    return np.asarray(deals[deals > 0])


def _too_few(role: Role, queries: int, settings: GateSettings) -> Finding:
    keep = settings.when_unsure is WhenUnsure.KEEP
    facts = {
        "role": role.value,
        "queries": queries,
        "least": settings.least_queries,
        "rule": settings.when_unsure.value,
    }
    return Finding("quality_unknown", Severity.ERROR if keep else Severity.NOTE, facts)


def _compared(about: Mapping[str, object], between: Interval, settings: GateSettings) -> Finding:
    facts = {
        **about,
        "mean": between.mean,
        "low": between.low,
        "high": between.high,
        "margin": settings.margin,
    }
    if between.low > 0:
        return Finding("quality_better", Severity.OK, facts)
    if between.low >= -settings.margin:
        return Finding("quality_same", Severity.OK, facts)
    if between.high < 0 or between.mean + between.standard_error < -settings.margin:
        return Finding("quality_worse", Severity.ERROR, facts)
    keep = settings.when_unsure is WhenUnsure.KEEP
    severity = Severity.ERROR if keep else Severity.NOTE
    return Finding("quality_unclear", severity, facts | {"rule": settings.when_unsure.value})


def _exposure(role: Role, candidate: Judged, live: Judged, settings: GateSettings) -> list[Finding]:
    found = []
    mine, theirs = candidate.measures, live.measures
    least, most = settings.coverage_least * theirs.coverage, theirs.gini + settings.gini_more_most
    if mine.coverage < least:
        facts = {"role": role.value, "coverage": mine.coverage, "live": theirs.coverage, "least": least}
        found.append(Finding("coverage_low", Severity.ERROR, facts))
    if mine.gini > most:
        facts = {"role": role.value, "gini": mine.gini, "live": theirs.gini, "most": most}
        found.append(Finding("exposure_high", Severity.ERROR, facts))
    return found


def _calibration(role: Role, candidate: Judged, live: Judged, settings: GateSettings) -> list[Finding]:
    """Where probabilities are of each side's answers, both models are far from deals: then the live one is
    the measure."""
    most = max(settings.ece_most, settings.ece_more_most * (live.ece or 0.0))
    if candidate.ece is None or candidate.ece <= most:
        return []
    facts = {"role": role.value, "ece": candidate.ece, "most": most}
    return [Finding("calibration_off", Severity.ERROR, facts)]


def _of(live: Cost | None, figure: str) -> dict[str, float]:
    """The live model's figure beside; nothing where there is no live model."""
    return {"live": live.milliseconds if figure == "milliseconds" else live.mebibytes} if live else {}
