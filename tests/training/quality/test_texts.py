from pathlib import Path

import numpy as np
import pytest

from training.quality.text_measures import own_rank
from training.quality.text_tasks import TextTask
from training.quality.texts import judged, tasks, together, words

QUERIES = ["laser optics", "dentist clinic"]
DOCUMENTS = ["a clinic with a dentist", "optics for a laser"]


def test_words_find_the_document_that_shares_them():
    assert words(QUERIES, DOCUMENTS).argmax(axis=1).tolist() == [1, 0]


def test_both_signals_together_follow_the_one_that_knows():
    meaning = np.array([[0.9, 0.1], [np.nan, np.nan]], dtype=np.float32)
    wording = np.array([[np.nan, np.nan], [0.0, 0.4]], dtype=np.float32)

    assert together(meaning, wording).argmax(axis=1).tolist() == [0, 1]


def test_every_method_is_judged_on_the_same_task():
    task = TextTask("clinics", "MRR", QUERIES, DOCUMENTS, np.array([1, 0]), own_rank)

    scores = judged(task, {"words": words, "upside down": lambda *texts: -words(*texts)})

    assert [(s.task, s.method, s.measure, s.value) for s in scores] == [
        ("clinics", "words", "MRR", 1.0),
        ("clinics", "upside down", "MRR", 0.5),
    ]
    assert scores[0].error == pytest.approx(0)


def test_without_any_records_only_translation_is_asked(tmp_path: Path):
    assert [task.name for task in tasks(tmp_path)] == ["zh → en names", "en → zh names"]
