"""Figures: read from the given scorer's output, or counted here where it is not at hand."""

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InvalidInput

DEPTH = 10
_LISTS = re.compile(r"nDCG@\d+ ([\d.]+) ±([\d.]+)")
_PAIRS = re.compile(r"pairs (\d+)\s+accuracy ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Score:
    """A mean in 0…1 and its standard error."""

    value: float
    error: float


def score_in(output: str) -> Score:
    """The score in the given scorer's output for lists or for pairs (whose error is the binomial one).

    Raises:
        InvalidInput: the output holds neither.
    """
    if found := _LISTS.search(output):
        return Score(float(found[1]), float(found[2]))
    if found := _PAIRS.search(output):
        share = float(found[2])
        return Score(share, math.sqrt(share * (1 - share) / int(found[1])))
    raise InvalidInput("score", output[:200], "is not what the scorer prints", "use the scorer of the tasks")


def ndcg(lists: Mapping[str, Sequence[str]], truth: Mapping[str, set[str]]) -> Score:
    """Mean nDCG@10 over the startups of `truth`, binary relevance (Järvelin & Kekäläinen 2002).

    A startup without a list scores 0. No startups give a score of 0.
    """
    values = [_ndcg(lists.get(startup, ()), wanted) for startup, wanted in truth.items()]
    if not values:
        return Score(0.0, 0.0)
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / max(len(values) - 1, 1)
    return Score(mean, math.sqrt(variance / len(values)))


def _ndcg(listed: Sequence[str], wanted: set[str]) -> float:
    discount = [1 / math.log2(place + 1) for place in range(1, DEPTH + 1)]
    found = sum(d for d, partner in zip(discount, listed, strict=False) if partner in wanted)
    return found / sum(discount[: len(wanted)])


def read_lists(path: Path) -> dict[str, list[str]]:
    """The partners of each startup, best first, of a file in the format of match lists."""
    rows = sorted(read_rows(path), key=lambda row: int(row["rank"]))
    lists: dict[str, list[str]] = {}
    for row in rows:
        lists.setdefault(row["startup_id"], []).append(row["partner_id"])
    return lists


def read_truth(path: Path) -> dict[str, set[str]]:
    """The right partners of each startup."""
    truth: dict[str, set[str]] = {}
    for row in read_rows(path):
        truth.setdefault(row["startup_id"], set()).add(row["partner_id"])
    return truth


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
