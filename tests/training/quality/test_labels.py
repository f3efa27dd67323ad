"""Labels and plain text of profiles."""

import pytest

from matcher.vocabulary import Vocabulary
from training.quality.labels import indicators, labels, plain_text

STARTUP = {
    "name": "Blue Kite",
    "description": "Kites that fly by themselves.",
    "industries": "toys; drones",
    "region": "North/Lake",
    "stage": "seed",
    "raising_amount": "3000000",
}


def test_every_field_becomes_labels_and_a_region_one_for_each_of_its_levels():
    assert labels(STARTUP) == [
        *("industries:toys", "industries:drones", "stage:seed"),
        *("region:North", "region:North/Lake", "raising_amount:6"),
    ]


def test_a_blank_profile_has_no_labels():
    assert labels(dict.fromkeys(STARTUP, "")) == []


@pytest.mark.parametrize("amount", ["", "0"])
def test_no_amount_is_no_label(amount: str):
    assert labels({"raising_amount": amount}) == []


def test_the_plain_text_has_the_description_and_the_labels_but_not_the_name():
    text = plain_text(STARTUP)

    assert "fly by themselves" in text
    assert "drones" in text
    assert "Blue Kite" not in text


def test_indicators_stand_where_a_row_has_a_label():
    columns = Vocabulary()

    assert indicators([["a", "b"], [], ["b"]], columns).toarray().tolist() == [[1, 1], [0, 0], [0, 1]]
    assert list(columns.terms) == ["a", "b"]
