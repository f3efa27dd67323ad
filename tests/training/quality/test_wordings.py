"""Text similarity as a method of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher.encoding.encoder import UniversalSentenceEncoder
from matcher.store import Store
from tests.training.quality.toys import write_task
from training.quality.records import Records, read_records
from training.quality.tables import write_rows
from training.quality.wordings import meanings, words

HEART, SHOES = "a pump that supports the failing heart", "running shoes made of recycled rubber"


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Fund a says that it backs heart pumps, b backed a shoe maker, c neither says nor did anything."""
    folder = write_task(tmp_path, {}, [], [("shoemaker", "b")], [("q", "a"), ("silent", "a")])
    startups = [("q", "Q", HEART), ("shoemaker", "S", SHOES), ("silent", "T", "")]
    write_rows(folder / "startups.csv", ("id", "name", "description"), startups)
    partners = [("a", "A", "We back makers of heart pumps"), ("b", "B", ""), ("c", "C", "")]
    write_rows(folder / "investors.csv", ("id", "name", "description"), partners)
    return read_records(folder)


def test_shared_words_bring_a_partner_forward(records: Records):
    near, far, unknown = words(records)[0]

    assert near > far == 0
    assert np.isnan(unknown)


def test_a_query_without_words_knows_nobody(records: Records):
    assert np.isnan(words(records)[1]).all()


def test_a_partner_speaks_by_what_it_has_backed(records: Records):
    shoemakers = [{**row, "description": SHOES} for row in records.startup_profiles]

    assert np.nanargmax(words(replace(records, startup_profiles=shoemakers))[0]) == 1


def test_likeness_in_meaning_needs_no_shared_word(
    records: Records, real_encoder: UniversalSentenceEncoder, new_store: Callable[[], Store]
):
    near, far, unknown = meanings(records, real_encoder, new_store())[0]

    assert near > far
    assert np.isnan(unknown)
