"""The given scorer, asked about Bole's own lists: it must count as the scoreboard does."""

import re
import subprocess
import sys

from matcher.errors import InvalidInput
from training.measures.metrics import measures
from training.quality.context import Context, Trial
from training.quality.sections import Requirement, Section

_LISTS = re.compile(r"nDCG@10 ([\d.]+)")
_HALF_A_DIGIT = 0.5001e-4


def scorer_agrees(context: Context) -> list[Section]:
    """One section that sets nDCG@10 as counted here beside the given scorer's; none where that is missing."""
    trials = list(context.trials.values())
    if context.given.missing() or not trials:
        return []
    rows = [(trial.task.name, *_both(context, trial)) for trial in trials]
    note = "nDCG@10 of Bole's lists, counted here and by the given scorer: the same to four digits."
    worst = max(abs(here - there) for _, here, there in rows)
    wanted = Requirement("largest difference from the given scorer", worst, _HALF_A_DIGIT, most=True)
    columns = ("task", "counted here", "the given scorer")
    return [Section("The given scorer", columns, tuple(rows), note, required=(wanted,))]


def scored(output: str) -> float:
    """nDCG@10 in the given scorer's output.

    Raises:
        InvalidInput: there is none.
    """
    if found := _LISTS.search(output):
        return float(found[1])
    raise InvalidInput("score", output[:200], "is not what the scorer prints", "use the scorer of the tasks")


def _both(context: Context, trial: Trial) -> tuple[float, float]:
    tool, files = str(context.given.tools / "score_matches.py"), [str(trial.answers), str(trial.truth)]
    command = [sys.executable, tool, "lists", *files]  # of the benchmark's own
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # nosec B603
    return float(measures(trial.lists, trial.records.truth).ndcg.mean()), scored(done.stdout)
