"""One difference with its interval, beside nothing and beside the margin that is allowed."""

from markupsafe import Markup

from training.weekly.record import Difference
from training.weekly.report.numbers import signed
from training.weekly.report.svg import Frame, Shape, picture, shape, ticks

_MIDDLE = 26.0


def difference(given: Difference, margin: float | None, told: str) -> Markup:
    """A dot with its 95 % interval on an axis that shows 0; what is left of −`margin` is out of bounds."""
    reach = max(abs(given.low), abs(given.high), margin or 0.0, 1e-6)
    figures = ticks(-reach, reach, about=4)
    frame = Frame((figures[0], figures[-1]), (0.0, 1.0), height=70.0, left=24.0, right=24.0)
    shapes = [
        *([_out_of_bounds(frame, margin)] if margin is not None else []),
        *(_tick(frame, figure) for figure in figures),
        shape(
            "line", class_="line own", x1=frame.x(given.low), x2=frame.x(given.high), y1=_MIDDLE, y2=_MIDDLE
        ),
        shape("circle", class_="fill own", cx=frame.x(given.mean), cy=_MIDDLE, r=5),
    ]
    return picture(frame.width, frame.height, shapes, told)


def _out_of_bounds(frame: Frame, margin: float) -> Shape:
    left, right = frame.left, frame.x(-margin)
    return shape("rect", class_="bounds", x=left, width=max(right - left, 0.0), y=6, height=40)


def _tick(frame: Frame, figure: float) -> Shape:
    x, kind = frame.x(figure), "ink" if figure == 0 else "grid"
    line = shape("line", class_=kind, x1=x, x2=x, y1=6, y2=46)
    return shape("g", line, frame.below(x, signed(figure) if figure else "0"))
