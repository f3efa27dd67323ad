"""Texts of which something is known: what belongs together, how alike two are, who is better for whom."""

import ast
import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import opencc

from matcher.taxonomy import Taxonomy
from matcher.vocabulary import Vocabulary
from training.quality.text_measures import (
    Judge,
    better_first,
    graded_ndcg,
    own_rank,
    rank_correlation,
    same_lists,
)

SAMPLE = 300
"""So many texts of each collection, so that all encoders are measured within minutes."""
SEED = 20150701
_LEAST_OF_A_KIND = 3
_SIDES = ("positive", "negative")


@dataclass(frozen=True, slots=True)
class TextTask:
    """Every query is scored against every document, and `judge` holds the scores to `truth`.

    `default_only`: too long for the second encoder, which is slow, or of no other outcome with it.
    """

    name: str
    measure: str
    queries: Sequence[str]
    documents: Sequence[str]
    truth: npt.NDArray[Any]
    judge: Judge
    default_only: bool = False


def described_companies(file: Path) -> list[TextTask]:
    """Chinese descriptions: others of the same sub-industry; and queries in Traditional characters."""
    told = [row for row in _rows(file) if row["subindustry"] and row["text"].strip()]
    kinds = Counter(row["subindustry"] for row in told)
    rows = _sample([row for row in told if kinds[row["subindustry"]] >= _LEAST_OF_A_KIND])
    texts = [f"{row['company']}\n{row['text']}" for row in rows]
    kind = np.array([row["subindustry"] for row in rows])
    traditional = list(map(opencc.OpenCC("s2tw").convert, texts))
    return [
        _others("zh descriptions, same sub-industry", texts, texts, kind[:, None] == kind),
        TextTask(
            name="Traditional ↔ Simplified",
            measure="same of ten",
            queries=[*texts, *traditional],
            documents=texts,
            truth=np.empty(0),
            judge=same_lists,
            default_only=True,
        ),
    ]


def tagged_companies(file: Path) -> list[TextTask]:
    """English descriptions, short and long: others with the same tags, and the company's own long one."""
    told = [row for row in _rows(file) if row["short_description"] and row["long_description"]]
    rows = _sample([row for row in told if ast.literal_eval(row["tags"] or "[]")])
    short, long = ([row[f"{size}_description"] for row in rows] for size in ("short", "long"))
    tags = [ast.literal_eval(row["tags"]) for row in rows]
    columns = Vocabulary(tag for some in tags for tag in some)
    has = np.zeros((len(rows), len(columns)))
    for row, some in enumerate(tags):
        has[row, columns.rows(some, unknown=-1)] = 1
    return [
        _others("en short → long, shared tags", short, long, has @ has.T),
        _others("en long → long, shared tags", long, long, has @ has.T),
        TextTask("en short → its own long", "MRR", short, long, np.arange(len(rows)), own_rank),
    ]


def alike_sentences(file: Path) -> TextTask:
    """Chinese sentence pairs with a likeness of 0–5."""
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    one, other, likeness = zip(*_sample([line for line in lines if len(line) == 3]), strict=True)
    found = np.array(likeness, dtype=np.float64)
    return TextTask("zh sentence likeness", "Spearman", one, other, found, rank_correlation)


def translated_names(taxonomies: Sequence[Taxonomy]) -> list[TextTask]:
    """The names of the taxonomies: each must find its own translation, both ways."""
    names = [(t.name(code, "zh"), t.name(code, "en")) for t in taxonomies for code in t.codes]
    zh, en = ([pair[side] for pair in dict(names).items()] for side in (0, 1))
    own = np.arange(len(zh))
    return [
        TextTask("zh → en names", "MRR", zh, en, own, own_rank),
        TextTask("en → zh names", "MRR", en, zh, own, own_rank),
    ]


def rated_experts(file: Path) -> TextTask:
    """Questions with a better and a worse expert, each known by the papers they wrote."""
    triples = json.loads(file.read_text(encoding="utf-8"))
    asked = {t["anchor"]["paper_id"]: t["anchor"] for t in triples}
    experts = {t[side]["author_id"]: t[side] for t in triples for side in _SIDES}
    queries, documents = Vocabulary(asked), Vocabulary(experts)
    pairs = [
        [queries.row(t["anchor"]["paper_id"]), *(documents.row(t[side]["author_id"]) for side in _SIDES)]
        for t in triples
    ]
    texts = [f"{paper['paper_title']}\n{paper['abstract']}" for paper in asked.values()]
    written = [" ".join(map(_paper, expert["papers"])) for expert in experts.values()]
    return TextTask(
        "experts", "pair accuracy", texts, written, np.array(pairs), better_first, default_only=True
    )


def _paper(paper: Mapping[str, str | None]) -> str:
    return f"{paper.get('title') or ''}. {paper.get('abstract') or ''}"


def _others(name: str, queries: Sequence[str], documents: Sequence[str], gains: npt.NDArray[Any]) -> TextTask:
    """Queries and documents are of the same companies: nobody may find itself."""
    worth = gains.astype(np.float64)
    np.fill_diagonal(worth, -1)
    return TextTask(name, "nDCG@10", queries, documents, worth, graded_ndcg)


def _sample(rows: Sequence[Any]) -> list[Any]:
    chosen = np.random.default_rng(SEED).permutation(len(rows))[:SAMPLE]
    return [rows[at] for at in np.sort(chosen).tolist()]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
