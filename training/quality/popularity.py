"""The plainest baseline: everyone gets the partners that most startups have had."""

from collections import Counter
from pathlib import Path

from training.quality.scores import DEPTH, read_rows, write_rows


def write_popular_lists(interactions: Path, queries: Path, out: Path) -> None:
    """The ten most popular partners as every query's list, ties by id; no interactions give empty lists."""
    pairs = {(row["startup_id"], row["partner_id"]) for row in read_rows(interactions)}
    startups = Counter(partner for _, partner in pairs)
    best = sorted(startups, key=lambda partner: (-startups[partner], partner))[:DEPTH]
    asked = [row["startup_id"] for row in read_rows(queries)]
    rows = [(startup, partner, rank) for startup in asked for rank, partner in enumerate(best, start=1)]
    write_rows(out, ("startup_id", "partner_id", "rank"), rows)
