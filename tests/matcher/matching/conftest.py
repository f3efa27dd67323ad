"""The checkerboard's model, trained once."""

import pytest

from matcher.model.parameters import Model
from tests.matcher.worlds import checkerboard, trained_on


@pytest.fixture(scope="session")
def taught() -> Model:
    """The model that has seen the checkerboard."""
    return trained_on(*checkerboard())
