"""Progress of long work: a bar on a terminal, log lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

LOG_EVERY_SECONDS = 5.0


@contextmanager
def progress(what: str, unit: str) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of further units done. Nothing is shown where nothing was done."""
    with _bar(what, unit) if sys.stderr.isatty() else _log_lines(what, unit) as advance:
        yield advance


@contextmanager
def _bar(what: str, unit: str) -> Iterator[Callable[[int], None]]:
    with tqdm(desc=what, unit=f" {unit}", leave=False, delay=0.5) as bar:
        yield lambda count: void(bar.update(count))


@contextmanager
def _log_lines(what: str, unit: str) -> Iterator[Callable[[int], None]]:
    done, last = 0, time.monotonic()

    def advance(count: int) -> None:
        nonlocal done, last
        done += count
        if time.monotonic() - last >= LOG_EVERY_SECONDS:
            last = time.monotonic()
            click.echo(f"{what}: {done:,} {unit}", err=True)

    yield advance


def void(_: object) -> None:
    """Discard a value."""
