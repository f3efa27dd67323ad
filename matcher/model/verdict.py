"""What the gate said of a version, kept in a small file beside its bundle."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.errors import Conflict, UnusableModel

VERDICT = "verdict.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the gate passed a version, in which run and when (ISO, UTC); its findings as JSON objects."""

    passed: bool
    run: str
    at: str
    findings: tuple[Mapping[str, object], ...] = ()


def refuse_unless_passed(version: str, verdict: Verdict | None) -> None:
    """The rule that keeps what the gate did not pass from going live.

    Raises:
        Conflict: the gate did not pass the version, or was not asked.
    """
    if verdict is None or not verdict.passed:
        said = f"was rejected by run {verdict.run}" if verdict else "was judged by no run"
        raise Conflict(
            f"model version {version} {said}, and only what the gate passed goes live; `bole retrain` makes"
            f" and judges one, `bole models promote {version} --force --reason TEXT` answers for this one"
        )


def read_verdict(version: str, content: bytes | None) -> Verdict | None:
    """The verdict that a file holds; None, where there is no file, says that nobody judged.

    Raises:
        UnusableModel: the file is damaged.
    """
    if content is None:
        return None
    match _parsed(content):
        case {"passed": bool() as passed, "run": str() as run, "at": str() as at, "findings": [*findings]}:
            return Verdict(passed, run, at, tuple(findings))
    raise UnusableModel(f"model version {version}: its {VERDICT} is damaged; `bole retrain` judges again")


def verdict_file(verdict: Verdict) -> bytes:
    """The content of the file: the inverse of `read_verdict`."""
    said = {
        "passed": verdict.passed,
        "run": verdict.run,
        "at": verdict.at,
        "findings": [dict(each) for each in verdict.findings],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
