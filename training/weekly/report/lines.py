"""Lines over the weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from training.weekly.report.svg import Frame, Shape, Writer, picture, shape, ticks

Point = tuple[float, float]
_RADIUS = 3.5
_LABELS = 4
_AROUND = 0.004
"""Room above and below, so that lines that hardly move look so and stand in the middle."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `kind` gives its colour, `hollow` says which of its points are drawn as rings."""

    kind: str
    points: tuple[Point, ...]
    hollow: tuple[bool, ...] = ()


def lines(given: Sequence[Line], below: Sequence[str], told: str, write: Writer) -> Markup:
    """Lines over the places 0, 1 … of `below`, whose texts stand under the axis, as many as have room."""
    values = [y for line in given for _, y in line.points]
    figures = ticks(min(values) - _AROUND, max(values) + _AROUND)
    frame = Frame((0.0, float(max(len(below) - 1, 1))), (figures[0], figures[-1]), right=16.0)
    drawn = [one for line in given for one in _line(frame, line)]
    texts = [_below(frame, place, below) for place in _labelled(len(below))]
    return picture(frame.width, frame.height, [*frame.beside(figures, write), *drawn, *texts], told)


def _line(frame: Frame, line: Line) -> list[Shape]:
    placed = [(frame.x(x), frame.y(y)) for x, y in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    hollow = line.hollow or (False,) * len(placed)
    dots = [_dot(point, line.kind, ring) for point, ring in zip(placed, hollow, strict=True)]
    return [shape("polyline", class_=f"line {line.kind}", points=path), *dots]


def _dot(point: Point, kind: str, ring: bool) -> Shape:
    return shape("circle", class_=f"{'ring' if ring else 'fill'} {kind}", cx=point[0], cy=point[1], r=_RADIUS)


def _below(frame: Frame, place: int, below: Sequence[str]) -> Shape:
    anchor = "end" if place and place == len(below) - 1 else "middle" if place else "start"
    shift = {"start": -12.0, "middle": 0.0, "end": 12.0}[anchor]
    return frame.below(frame.x(place) + shift, below[place], anchor)


def _labelled(number: int) -> list[int]:
    """At most four places, the first and the last among them, evenly spread."""
    steps = min(number, _LABELS) - 1
    return [round(step * (number - 1) / steps) for step in range(steps + 1)] if steps > 0 else [0][:number]
