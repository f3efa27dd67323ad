"""Upright columns: weeks, or how many lists share so many partners."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from training.weekly.report.svg import Frame, Shape, Writer, picture, shape, ticks

_GAP = 0.2
"""Share of a column's room that stays empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `part` of its `value` is dark; `label` stands below it, `told` shows on pointing at it."""

    value: float
    label: str = ""
    part: float = 0.0
    told: str = ""


def columns(given: Sequence[Column], told: str, write: Writer) -> Markup:
    """Columns from left to right, `write` the figures beside them."""
    figures = ticks(0.0, max((column.value for column in given), default=0.0), whole=True)
    frame = Frame((0.0, float(len(given) or 1)), (0.0, figures[-1]), height=180.0)
    standing = [one for at, column in enumerate(given) for one in _column(frame, at, column)]
    return picture(frame.width, frame.height, [*frame.beside(figures, write), *standing], told)


def _column(frame: Frame, at: int, column: Column) -> list[Shape]:
    found = [_rectangle(frame, at, column.value, "other", column.told)]
    if column.part:
        found.append(_rectangle(frame, at, column.part, "own", column.told))
    if column.label:
        found.append(frame.below(frame.x(at + 0.5), column.label))
    return found


def _rectangle(frame: Frame, at: int, value: float, kind: str, told: str) -> Shape:
    left, right, top = frame.x(at + _GAP / 2), frame.x(at + 1 - _GAP / 2), frame.y(value)
    pointed = [shape("title", text=told)] if told else []
    height = frame.y(0.0) - top
    return shape(
        "rect", *pointed, class_=f"fill {kind}", x=left, y=top, width=right - left, height=height, rx=1
    )
