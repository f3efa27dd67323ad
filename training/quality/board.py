"""The parts of the scoreboard, in the order in which people read them."""

from collections.abc import Iterator

from training.quality.context import Context
from training.quality.sections import Part, Section
from training.quality.task_tables import task_sections

PARTS: tuple[Part, ...] = (task_sections,)
"""Whoever measures something more adds a function here."""


def sections(context: Context) -> Iterator[Section]:
    """Every section that this run can give, as soon as it is measured."""
    for part in PARTS:
        yield from part(context)
