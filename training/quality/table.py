"""The results for people (a Markdown table) and for machines (JSON)."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.quality.run import Result
from training.quality.scores import Score

_MEBIBYTE = 1024 * 1024
_HEADER = (
    "task",
    "measure",
    "Bole",
    "±",
    "profiles alone",
    "popularity",
    "needed",
    "reached",
    "goal",
    "import / train / match, s",
    "peak MiB",
    "other methods",
)


def markdown(results: Sequence[Result]) -> str:
    """One row for each task; "–" stands for what a task does not have."""
    rows = [_HEADER, ("---",) * len(_HEADER), *map(_row, results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def document(results: Sequence[Result]) -> dict[str, Any]:
    """The same as JSON-ready values; times in seconds, memory in bytes, null for what is not there."""
    return {"tasks": [_entry(result) for result in results]}


def _row(result: Result) -> tuple[str, ...]:
    task, score = result.task, result.score
    reached = {True: "yes", False: "**no**", None: "–"}[result.reached]
    return (
        task.name,
        task.measure,
        f"{score.value:.4f}",
        f"{score.error:.4f}",
        f"{result.alone.value:.4f}",
        f"{result.popularity.value:.4f}" if result.popularity else "–",
        _figure(task.threshold),
        reached,
        _figure(task.goal),
        " / ".join(f"{cost.seconds:.1f}" for cost in result.costs.values()),
        f"{max(cost.peak_bytes for cost in result.costs.values()) / _MEBIBYTE:.0f}",
        _references(task.references),
    )


def _entry(result: Result) -> dict[str, Any]:
    task = result.task
    return {
        "task": task.name,
        "measure": task.measure,
        "bole": _pair(result.score),
        "profiles_alone": _pair(result.alone),
        "popularity": _pair(result.popularity) if result.popularity else None,
        "references": dict(task.references),
        "threshold": task.threshold,
        "reached": result.reached,
        "goal": task.goal,
        "steps": {
            step: {"seconds": round(cost.seconds, 2), "peak_bytes": cost.peak_bytes}
            for step, cost in result.costs.items()
        },
    }


def _pair(score: Score) -> dict[str, float]:
    return {"value": round(score.value, 4), "standard_error": round(score.error, 4)}


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _references(references: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in references.items()) or "–"
