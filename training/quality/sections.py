"""A section of the scoreboard: a table with what must be reached and the pictures that go with it.

A part of the scoreboard is a function from the context to its sections; `board.PARTS` lists them. One that
has nothing to measure (its tasks were not asked for) gives no section.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.measures.intervals import Interval
from training.quality.charts import Chart
from training.quality.context import Context

Cell = str | float | int | Interval | None
"""A figure is shown with four digits after the point, an interval as a difference with its ends, None as a
dash; a text is shown as it is."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A figure that must be at least `needed`, or at most so much where `most`; `aim` is hoped for."""

    name: str
    value: float
    needed: float
    aim: float | None = None
    most: bool = False

    @property
    def reached(self) -> bool:
        """Whether it is; a figure that equals what is needed reaches it, one that is none does not."""
        return self.value <= self.needed if self.most else self.value >= self.needed


@dataclass(frozen=True, slots=True)
class Section:
    """One table: every row has as many cells as there are columns; `note` says in Markdown what they mean."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    charts: tuple[Chart, ...] = ()
    required: tuple[Requirement, ...] = ()


Part = Callable[[Context], Sequence[Section]]
