"""The checkerboard's model, trained once, and services to ask."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.interactions import Interaction
from matcher.model.parameters import Model
from matcher.profiles import Profile
from matcher.store import Store
from tests.matcher.matching.serving import Serving, serving
from tests.matcher.worlds import checkerboard, trained_on

Serve = Callable[..., Serving]


@pytest.fixture(scope="session")
def taught() -> Model:
    """The model that has seen the checkerboard."""
    return trained_on(*checkerboard())


@pytest.fixture
def serve(new_store: Callable[[], Store], tmp_path: Path) -> Serve:
    """Makes a service over a new store that holds the people and events given."""

    def make(*people: Profile, events: tuple[Interaction, ...] = ()) -> Serving:
        return serving(new_store(), tmp_path / "models", people, events)

    return make


@pytest.fixture
def checkers(serve: Serve, taught: Model) -> Serving:
    """The checkerboard, served by the model that has seen it."""
    people, events = checkerboard()
    made = serve(*people, events=tuple(events))
    made.go_live(taught)
    return made
