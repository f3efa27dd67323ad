"""What the commands work with, opened from the settings: the store, the registry, the match service."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

import click

from api.cli.registering import open_registry
from api.settings import Settings
from matcher.encoding.cache import Progress
from matcher.encoding.encoder import Encoder, UniversalSentenceEncoder
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.store import Store

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_ORGANISATION = "default"
organisation_option = click.option(
    "--org",
    "organisation",
    default=DEFAULT_ORGANISATION,
    show_default=True,
    help="The organisation that owns the profiles.",
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of reasons.",
)


@dataclass(frozen=True, slots=True)
class Workplace:
    """The parts of a running Bole."""

    settings: Settings
    store: Store
    registry: Registry
    encoder: Encoder

    def matches(self, progress: Progress = lambda _: None, *, renewed_apart: bool = False) -> MatchService:
        """A match service over this workplace; it reads nothing before it is asked. Where it is not
        `renewed_apart`, by a thread, it renews itself between questions."""
        clock, sources = Clock(today=today, seconds=time.monotonic), Sources(self.store, self.encoder)
        return MatchService(sources, self.registry, clock, progress, renewed_apart=renewed_apart)


def today() -> dt.date:
    """Today in UTC, the store's zone."""
    return dt.datetime.now(dt.UTC).date()


def open_workplace(settings: Settings) -> Workplace:
    """Open (and bring up to date) the database and the registry that the settings name."""
    _make_home(settings)
    store = Store(settings.store_url)
    store.migrate()
    return Workplace(settings, store, open_registry(settings), UniversalSentenceEncoder())


def _make_home(settings: Settings) -> None:
    """The home directory and its database, which hold what people said in confidence: for their owner alone.

    What is there already keeps its modes: somebody may have meant them.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.database_url:
        (settings.home / "bole.db").touch(mode=0o600)


@contextmanager
def workplace(settings: Settings) -> Iterator[Workplace]:
    """A workplace that is closed at the end."""
    opened = open_workplace(settings)
    try:
        yield opened
    finally:
        opened.store.close()


def with_workplace(command: Callable[Concatenate[Workplace, P], R]) -> Callable[P, R]:
    """Hand a command the workplace of the settings that the group read."""

    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        with workplace(click.get_current_context().find_object(Settings) or Settings()) as place:
            return command(place, *args, **kwargs)

    return update_wrapper(opened, command)
