"""What the holdout says of every role: figures for the record, findings for the gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.encoding.cache import VectorStore
from matcher.encoding.encoder import Encoder
from matcher.profiles import PARTNER_ROLES
from training.weekly.evaluating import Rivals, evaluated
from training.weekly.findings import Finding, Severity
from training.weekly.gate import judge_quality
from training.weekly.holdout import holdout_of
from training.weekly.quality import calibration_of, quality_of
from training.weekly.record import Quality, Said
from training.weekly.settings import GateSettings
from training.world import Data


@dataclass(frozen=True, slots=True)
class Judgement:
    """By role: the figures side by side, the reliability curves; and all findings."""

    findings: tuple[Finding, ...]
    quality: Mapping[str, Quality]
    calibration: Mapping[str, Mapping[str, tuple[Said, ...]]]


def judge(
    rivals: Rivals,
    data: Data,
    window: tuple[int, int],
    sources: tuple[VectorStore, Encoder],
    settings: GateSettings,
) -> Judgement:
    """Every role with partners on the holdout of `window` (first day, end)."""
    findings: list[Finding] = []
    quality, calibration = {}, {}
    if rivals.live is None:
        findings.append(Finding("no_rival", Severity.NOTE, {}))
    for role in PARTNER_ROLES:
        holdout = holdout_of(data, role, *window, settings.most_pairs)
        if not len(holdout.partners):
            continue
        by_name = evaluated(rivals, holdout, data, sources)
        findings += judge_quality(role, by_name, len(holdout), settings)
        if by_name:
            quality[role.value] = quality_of(by_name, holdout)
            calibration[role.value] = calibration_of(by_name)
    return Judgement(tuple(findings), quality, calibration)
