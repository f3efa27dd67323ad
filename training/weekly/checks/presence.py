"""Whether everybody is there whom the live model knew, and not ten times as many."""

from collections.abc import Iterator

from matcher.profiles import Role
from training.weekly.checks.evidence import Evidence
from training.weekly.checks.grading import graded, share
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity


def presence(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """profiles_none; or role_vanished, role_empty, role_inactive, profiles_dropped, profiles_jumped,
    interactions_dropped, else profiles_ok."""
    if not evidence.data.profiles:
        return [Finding("profiles_none", Severity.ERROR, {})]
    found = [finding for role in Role for finding in _role(role, evidence, settings)]
    found += _interactions(evidence, settings)
    return found or [Finding("profiles_ok", Severity.OK, {"counts": dict(evidence.now.profiles)})]


def _role(role: Role, evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    now, before = evidence.now.profiles[role], evidence.data.live.profiles.get(role, 0)
    facts = {"role": role.value, "before": before, "profiles": now}
    if not now:
        yield Finding("role_vanished", Severity.ERROR, facts) if before else _empty(role)
        return
    dropped = _dropped(before, now, settings) if before >= settings.least_profiles else Severity.OK
    if dropped is not Severity.OK:
        yield Finding("profiles_dropped", dropped, facts | {"share": share(before - now, before)})
    jumped = _jumped(before, now, settings)
    if jumped is not Severity.OK:
        yield Finding("profiles_jumped", jumped, facts)
    yield from _inactive(role, evidence, settings)


def _empty(role: Role) -> Finding:
    return Finding("role_empty", Severity.NOTE, {"role": role.value})


def _dropped(before: int, now: int, settings: CheckSettings) -> Severity:
    gone = share(before - now, before)
    return graded(gone, warning=settings.drop_warning_share, error=settings.drop_error_share)


def _jumped(before: int, now: int, settings: CheckSettings) -> Severity:
    if not before or now - before < settings.jump_least_profiles:
        return Severity.OK
    return graded(now / before, warning=settings.jump_warning_times, error=settings.jump_error_times)


def _inactive(role: Role, evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    """A status column that was read wrongly shows as a role that is suddenly paused or closed."""
    live = evidence.data.live
    before = share(live.active.get(role, 0), live.profiles.get(role, 0))
    active, profiles = evidence.now.active[role], evidence.now.profiles[role]
    lost = share(before - share(active, profiles), before)
    if profiles >= settings.least_profiles and lost >= settings.inactive_warning_share:
        facts = {"role": role.value, "profiles": profiles, "active": active, "before": before}
        yield Finding("role_inactive", Severity.WARNING, facts)


def _interactions(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """The store only ever adds interactions: fewer than before is another or an older database."""
    now, before = len(evidence.data.interactions), evidence.data.live.interactions or 0
    if before < settings.least_events or _dropped(before, now, settings) is Severity.OK:
        return []
    facts = {"before": before, "interactions": now, "share": share(before - now, before)}
    return [Finding("interactions_dropped", _dropped(before, now, settings), facts)]
