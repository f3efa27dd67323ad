"""Making a version live in tests that are about something else."""

from matcher.model.registry import Registry, Verdict

BY = {"at": "2026-03-08T03:00:00+00:00", "by": "wei@north"}
PASSED = Verdict(True, "20260308T030000Z-ab12", "2026-03-08T03:10:00+00:00")
REJECTED = Verdict(False, "20260315T030000Z-cd34", "2026-03-15T03:10:00+00:00", ({"code": "quality_worse"},))


def go_live(registry: Registry, version: str) -> None:
    """Promote a version, whatever was said of it."""
    registry.promote(version, **BY, reason="a test", forced=True)
