import json
from pathlib import Path

import numpy as np

from matcher.taxonomy import stages
from training.quality.tables import write_rows
from training.quality.text_tasks import (
    SAMPLE,
    alike_sentences,
    described_companies,
    rated_experts,
    tagged_companies,
    translated_names,
)

DESCRIBED = ("company", "text", "subindustry")
TAGGED = ("short_description", "long_description", "tags")


def test_companies_of_one_kind_belong_together_and_nobody_finds_itself(tmp_path: Path):
    rows = [(f"公司{n}", "我们做软件", ("甲", "乙")[n % 2]) for n in range(6)] + [
        ("丙司", "软件", "丙"),
        ("丁司", "软件", ""),
    ]
    write_rows(tmp_path / "x.csv", DESCRIBED, rows)

    others, _ = described_companies(tmp_path / "x.csv")

    assert len(others.queries) == 6
    assert (others.truth.diagonal() == -1).all()
    assert others.truth[0].tolist() == [-1, 0, 1, 0, 1, 0]


def test_half_of_the_queries_are_the_same_in_traditional_characters(tmp_path: Path):
    write_rows(tmp_path / "x.csv", DESCRIBED, [(f"公司{n}", "医疗软件", "甲") for n in range(3)])

    _, writing = described_companies(tmp_path / "x.csv")

    assert writing.queries[0] == "公司0\n医疗软件"
    assert writing.queries[3] == "公司0\n醫療軟件"


def test_companies_share_as_many_tags_as_they_have_in_common(tmp_path: Path):
    rows = [
        ("a", "aa", "['x', 'y']"),
        ("b", "bb", "['y', 'x', 'z']"),
        ("c", "cc", "['z']"),
        ("d", "dd", "[]"),
    ]
    write_rows(tmp_path / "x.csv", TAGGED, rows)

    shared, _, own = tagged_companies(tmp_path / "x.csv")

    assert shared.truth.tolist() == [[-1, 2, 0], [2, -1, 1], [0, 1, -1]]
    assert [list(own.queries), list(own.documents)] == [["a", "b", "c"], ["aa", "bb", "cc"]]


def test_no_more_than_a_sample_is_taken_and_always_the_same(tmp_path: Path):
    write_rows(tmp_path / "x.csv", TAGGED, [(f"s{n}", f"l{n}", "['x']") for n in range(SAMPLE + 50)])

    once, again = (tagged_companies(tmp_path / "x.csv")[0].queries for _ in range(2))

    assert len(once) == SAMPLE
    assert list(once) == list(again)


def test_sentence_pairs_come_with_their_likeness(tmp_path: Path):
    (tmp_path / "x.txt").write_text("一\t二\t5\n三\t四\t0\nbroken\n", encoding="utf-8")

    task = alike_sentences(tmp_path / "x.txt")

    assert [*zip(task.queries, task.documents, task.truth.tolist(), strict=True)] == [
        ("一", "二", 5),
        ("三", "四", 0),
    ]


def test_each_name_of_a_taxonomy_has_its_translation():
    forth, back = translated_names([stages()])

    assert list(forth.queries) == list(back.documents)
    assert len(set(forth.queries)) == len(forth.queries) == len(forth.documents)


def test_experts_are_known_by_all_their_papers(tmp_path: Path):
    paper = {"title": "Lasers", "abstract": None}
    triple = {
        "anchor": {"paper_id": "q", "paper_title": "Optics", "abstract": "On light"},
        "positive": {"author_id": "a", "papers": [paper, {"title": "Mirrors", "abstract": "Flat"}]},
        "negative": {"author_id": "b", "papers": [paper]},
    }
    (tmp_path / "x.json").write_text(json.dumps([triple, triple]), encoding="utf-8")

    task = rated_experts(tmp_path / "x.json")

    assert task.queries == ["Optics\nOn light"]
    assert task.documents == ["Lasers.  Mirrors. Flat", "Lasers. "]
    assert np.array_equal(task.truth, [[0, 0, 1], [0, 0, 1]])
