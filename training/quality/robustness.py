"""How much worse lists become when profiles arrive with gaps, with slips, or in another language.

The model stays as it was trained; only the profiles are imported anew, changed, into a copy of its home.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from matcher.taxonomy import industries
from training.measures.intervals import interval
from training.measures.lists import Lists
from training.measures.metrics import measures
from training.quality.commands import Shell
from training.quality.context import Context, Trial
from training.quality.lists import read_lists
from training.quality.perturbations import (
    Change,
    Row,
    blanked,
    changed,
    misspelt,
    parts,
    told_in_english,
    translated,
)
from training.quality.sections import Cell, Section
from training.quality.tables import read_rows, write_rows
from training.quality.tasks import INVENTED

STARTUPS, PARTNERS = "startups.csv", ("mentors.csv", "investors.csv")
_AT_ONCE = 2
_COLUMNS = ("task", "what is changed", "nDCG@10 before", "after", "drop", "drop, %", "other lists, %")
_NOTE = (
    "30 % of the filled fields of queries and partners blank; one slip in every industry of the queries; "
    "industries, stages, needs and regions of the queries in English, from the catalogues' own names (of the "
    "invented city also names and descriptions, which its maker has in both languages; those of real records "
    "have no translation here, and stay). Drop with its 95 % interval by a paired bootstrap over the queries."
)
_SLIPS = (
    "task",
    "labels known before",
    "read as the same",
    "as a broader or narrower one",
    "as another",
    "as none",
)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One way in which profiles arrive changed, and whether partners do as well."""

    name: str
    change: Change
    partners: bool = False


def robustness_sections(context: Context) -> list[Section]:
    """What changed profiles cost on the reported cold tasks and the invented city, and how slips are read."""
    trials = [t for t in context.trials.values() if t.reported or t.task is INVENTED]
    if not trials:
        return []
    work = [(trial, one) for trial in trials for one in disturbances(trial, _english(context, trial))]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        lists = list(pool.map(lambda each: _answered(context, *each), work))
    rows = tuple(_row(trial, one.name, after) for (trial, one), after in zip(work, lists, strict=True))
    slips = tuple(_slips_row(trial) for trial in trials)
    return [
        Section("Changed profiles", _COLUMNS, rows, _NOTE),
        Section("How misspelt industries are read", _SLIPS, slips, "Of the queries of the table above."),
    ]


def disturbances(trial: Trial, english: Change) -> list[Disturbance]:
    """What is done to a task's profiles; records in English are not translated into it."""
    startups = trial.records.startup_profiles
    found = [
        Disturbance("fields blanked", blanked, partners=True),
        Disturbance("industries misspelt", misspelt),
    ]
    if any(not row["industries"].isascii() for row in startups):
        found.append(Disturbance("in English", english))
    return found


def read_as(before: Sequence[Row], after: Sequence[Row]) -> Counter[str]:
    """How the industries of aligned rows are read after a change: "same", "near", "other" or "none".

    Labels that were unknown before are left out.
    """
    counts: Counter[str] = Counter()
    for old, new in zip(before, after, strict=True):
        labels = zip(parts(old["industries"]), parts(new["industries"]), strict=True)
        counts.update(_reading(code, label) for was, label in labels if (code := industries().resolve(was)))
    return counts


def _reading(code: str, label: str) -> str:
    read = industries().meant(label)
    if read is None:
        return "none"
    if read == code:
        return "same"
    related = read in industries().ancestors(code) or code in industries().ancestors(read)
    return "near" if related else "other"


def _english(context: Context, trial: Trial) -> Change:
    """The translation of a task's startups: the invented city's maker has their texts in English as well."""
    if trial.task is not INVENTED:
        return translated
    folder = context.work / "changed" / "english"
    command = [sys.executable, "-m", "fixtures", str(folder), "--plain", "--english"]
    Shell(folder.parent / "logs", context.say).run("make-english", command)
    return told_in_english(read_rows(folder / STARTUPS))


def _answered(context: Context, trial: Trial, one: Disturbance) -> Lists:
    folder = context.work / "changed" / f"{trial.task.name}-{one.name.replace(' ', '-')}"
    folder.mkdir(parents=True, exist_ok=True)
    home = trial.home.copy(folder / "home")
    files = [_queries_changed(trial, one, folder)]
    files += [_file_changed(trial.folder / name, one, folder) for name in PARTNERS if one.partners]
    home.take_in(files)
    home.match(trial.folder / "queries.csv", trial.task.role, folder / "lists.csv")
    return read_lists(folder / "lists.csv", trial.records)


def _queries_changed(trial: Trial, one: Disturbance, folder: Path) -> Path:
    return _written(folder / STARTUPS, changed(trial.records.query_profiles, one.change))


def _file_changed(file: Path, one: Disturbance, folder: Path) -> Path:
    return _written(folder / file.name, changed(read_rows(file), one.change))


def _written(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """The file of the rows; none is written where there are none."""
    if rows:
        write_rows(path, tuple(rows[0]), [tuple(row.values()) for row in rows])
    return path


def _row(trial: Trial, name: str, lists: Lists) -> tuple[Cell, ...]:
    before, after = (measures(found, trial.records.truth).ndcg for found in (trial.lists, lists))
    drop = interval(before - after)
    relative = 100 * drop.mean / max(float(before.mean()), 1e-12)
    others = 100 * float((trial.lists != lists).any(axis=1).mean())
    cells = (float(before.mean()), float(after.mean()), str(drop), f"{relative:.1f}", f"{others:.0f}")
    return (trial.task.name, name, *cells)


def _slips_row(trial: Trial) -> tuple[Cell, ...]:
    queries = trial.records.query_profiles
    counts = read_as(queries, changed(queries, misspelt))
    whole = max(counts.total(), 1)
    shares = (f"{100 * counts[name] / whole:.1f} %" for name in ("same", "near", "other", "none"))
    return (trial.task.name, counts.total(), *shares)
