"""The given scorer's output."""

import pytest

from matcher.errors import InvalidInput
from training.quality.checking import scored


def test_the_scorers_line_is_read():
    assert scored("queries 4  nDCG@10 0.2500 ±0.0123  recall@10 0.4000  hit@10 0.5000  distinct 7\n") == 0.25


def test_what_is_not_a_scorers_line_is_refused():
    with pytest.raises(InvalidInput, match="not what the scorer prints"):
        scored("Traceback")
