"""Inline SVG: shapes, the frame that charts stand in, and ticks. Colours come from the page, by class."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

Shape = Element
Span = tuple[float, float]
Writer = Callable[[float], str]
"""How an axis writes a figure."""

_STEPS = (1, 2, 2.5, 5)
_ROUNDING = 1e-9
WIDTH = 360.0
"""Units across a chart: as many pixels as a phone has, so that its text is read at its own size."""


def shape(tag: str, /, *children: Shape, text: str = "", **attributes: object) -> Shape:
    """An element. `class_` is written class and `text_anchor` text-anchor; numbers get two decimals."""
    named = {name.strip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
    element = Element(tag, named)
    element.text = text or None
    element.extend(children)
    return element


def picture(width: float, height: float, shapes: Sequence[Shape], told: str) -> Markup:
    """A chart as HTML; `told` is what somebody hears who does not see it."""
    view = f"0 0 {_written(width)} {_written(height)}"
    return markup(shape("svg", *shapes, class_="chart", viewBox=view, role="img", aria_label=told))


def markup(element: Shape) -> Markup:
    """An element as HTML, every text of it escaped."""
    return Markup(tostring(element, encoding="unicode"))  # noqa: S704 - it escapes  # nosec B704


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the figures of two axes stand: `across` and `up` are the ends of the axes."""

    across: Span
    up: Span
    height: float = 200.0
    width: float = WIDTH
    left: float = 44.0
    right: float = 10.0
    top: float = 12.0
    bottom: float = 24.0

    def x(self, value: float) -> float:
        """How far from the left a figure stands."""
        return self.left + _share(value, self.across) * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        """How far from the top a figure stands."""
        return self.height - self.bottom - _share(value, self.up) * (self.height - self.top - self.bottom)

    def beside(self, figures: Sequence[float], write: Writer) -> list[Shape]:
        """Grid lines and figures of the upright axis."""
        return [one for figure in figures for one in self._row(figure, write(figure))]

    def below(self, x: float, text: str, anchor: str = "middle") -> Shape:
        """A text under the level axis."""
        return shape("text", text=text, class_="tick", x=x, y=self.height - 7, text_anchor=anchor)

    def _row(self, figure: float, text: str) -> list[Shape]:
        y, right = self.y(figure), self.width - self.right
        return [
            shape("line", class_="grid", x1=self.left, x2=right, y1=y, y2=y),
            shape("text", text=text, class_="tick", x=self.left - 5, y=y + 3.5, text_anchor="end"),
        ]


def ticks(least: float, most: float, about: int = 4, *, whole: bool = False) -> tuple[float, ...]:
    """Round figures, evenly spaced, from at most `least` to at least `most`; about so many steps, of whole
    numbers where things are counted."""
    reach = (most - least) or abs(most) or 1.0
    step = _step(reach, about, whole)
    top = max(most, least + reach)
    first, last = math.floor(least / step + _ROUNDING), math.ceil(top / step - _ROUNDING)
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def _step(reach: float, about: int, whole: bool) -> float:
    size = 10.0 ** math.floor(math.log10(reach / about))
    steps = (size * ten * each for ten in (1, 10, 100) for each in _STEPS)
    return next(step for step in steps if step * about >= reach * (1 - _ROUNDING) and _suits(step, whole))


def _suits(step: float, whole: bool) -> bool:
    return not whole or (step >= 1 and step.is_integer())


def _share(value: float, ends: Span) -> float:
    return (value - ends[0]) / ((ends[1] - ends[0]) or 1.0)


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
