"""What a replay leaves in its folder: stages as they are done (JSON lines), a table, a picture, a summary."""

import csv
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.weekly.replay import FROZEN, METHODS, RETRAINED, Stage, gains
from training.weekly.report.lines import Line, lines

_COLOURS = {"candidate": "#0f6b5c", "live": "#b4531a", "popularity": "#6b7280"}
"""Of the lines, in the order of METHODS, by the kinds that the report's charts know."""
_DONE, _TABLE, _PICTURE = "stages.jsonl", "replay.csv", "replay.svg"


class ReplayFolder:
    """The folder of one replay. `key` names the data and the plan: stages of another one are begun anew."""

    def __init__(self, path: Path, key: str) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._stages = _read(path / _DONE, key)
        _write_done(path / _DONE, key, self._stages)

    @property
    def days(self) -> list[dt.date]:
        """The days that are done."""
        return [stage.day for stage in self._stages]

    def add(self, stage: Stage) -> None:
        """Keep a stage: it survives whatever comes."""
        self._stages.append(stage)
        with (self._path / _DONE).open("a", encoding="utf-8") as file:
            file.write(_line(stage))

    def line(self, stage: Stage) -> str:
        """One stage in a line."""
        figures = "  ".join(f"{name} {_mean(stage.ndcg[name]):.4f}" for name in METHODS)
        broken = "".join(f"  {way}: {'rejected' if no else 'PASSED'}" for way, no in stage.rejected.items())
        return f"{stage.day}  {stage.queries:4} queries  {figures}{broken}"

    def finish(self) -> str:
        """Write the table and the picture; the summary in words."""
        stages = sorted(self._stages, key=lambda stage: stage.day)
        _write_table(self._path / _TABLE, stages)
        (self._path / _PICTURE).write_text(_picture(stages), encoding="utf-8")
        return "\n".join([*_summary(stages), f"table and picture: {self._path}"])


def _read(path: Path, key: str) -> list[Stage]:
    """The stages that are whole; a last line that was cut off is left out."""
    if not path.exists():
        return []
    head, *rest = path.read_text(encoding="utf-8").split("\n")
    if _parsed(head) != {"key": key}:
        return []
    found = [facts for facts in map(_parsed, rest) if facts is not None]
    return [Stage(dt.date.fromisoformat(facts["day"]), facts["ndcg"], facts["rejected"]) for facts in found]


def _write_done(path: Path, key: str, stages: Sequence[Stage]) -> None:
    """The file anew: what follows a line that was cut off would be lost with it."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps({"key": key}) + "\n" + "".join(map(_line, stages)), encoding="utf-8")
    beside.replace(path)


def _line(stage: Stage) -> str:
    facts = {"day": stage.day.isoformat(), "ndcg": stage.ndcg, "rejected": stage.rejected}
    return json.dumps(facts) + "\n"


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _write_table(path: Path, stages: Sequence[Stage]) -> None:
    ways = sorted({way for stage in stages for way in stage.rejected})
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["day", "queries", *METHODS, *(f"rejected: {way}" for way in ways)])
        for stage in stages:
            figures = [f"{_mean(stage.ndcg[name]):.4f}" for name in METHODS]
            out.writerow([stage.day, stage.queries, *figures, *(stage.rejected.get(way) for way in ways)])


def _picture(stages: Sequence[Stage]) -> str:
    """nDCG@10 of each method over the stages."""
    drawn = [
        Line(kind, tuple((float(place), _mean(stage.ndcg[name])) for place, stage in enumerate(stages)))
        for kind, name in zip(("candidate", "live", "popularity"), METHODS, strict=True)
    ]
    told = "nDCG@10. " + "; ".join(f"{name}: {_mean_of(stages, name):.4f}" for name in METHODS)
    chart = str(lines(drawn, [stage.day.isoformat() for stage in stages], told, "{:.2f}".format))
    opening, shapes = chart.split(">", 1)
    return f'{opening} xmlns="http://www.w3.org/2000/svg">{_legend()}{shapes}'


def _legend() -> str:
    """A picture that stands alone brings its colours, and says which line is whose."""
    rules = "".join(
        f".line.{kind}{{stroke:{colour};fill:none;stroke-width:1.5}}.fill.{kind}{{fill:{colour}}}"
        for kind, colour in _COLOURS.items()
    )
    names = "".join(
        f'<text x="{60 + 95 * place}" y="10" fill="{colour}">{name}</text>'
        for place, (name, colour) in enumerate(zip(METHODS, _COLOURS.values(), strict=True))
    )
    return f"<style>text{{font:11px sans-serif}}{rules}</style>{names}"


def _summary(stages: Sequence[Stage]) -> list[str]:
    late = stages[len(stages) // 2 :]
    told = [
        f"{len(stages)} stages, {sum(stage.queries for stage in stages)} queries; nDCG@10 "
        + ", ".join(f"{name} {_mean_of(stages, name):.4f}" for name in METHODS),
        f"{RETRAINED} − {FROZEN}: {gains(stages)}; in the second half {gains(late)}",
    ]
    for way in sorted({way for stage in stages for way in stage.rejected}):
        asked = [stage.rejected[way] for stage in stages if way in stage.rejected]
        told.append(f"gate, {way}: rejected {sum(asked)} of {len(asked)}")
    return told


def _mean_of(stages: Sequence[Stage], name: str) -> float:
    return _mean([value for stage in stages for value in stage.ndcg[name]])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
