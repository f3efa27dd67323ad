"""Bars that lie in a row of a table: the row has the words and the figure, so that the bar needs none."""

from markupsafe import Markup

from training.weekly.report.svg import Shape, Span, markup, shape

_HEIGHT, _THIN = 14.0, 10.0


def bar(value: float, most: float, kind: str = "other", span: Span | None = None) -> Markup:
    """A bar from 0 to `value` of an axis that ends at `most`, with an interval on it where there is one."""
    ends = _interval(span, most) if span else ()
    return _cell(_HEIGHT, _rectangle(value, most, kind, 0.0, _HEIGHT), *ends)


def two_bars(first: float, second: float, most: float) -> Markup:
    """Two bars of one axis, one below the other: as live is drawn, and as our own."""
    return _cell(
        2 * _THIN + 2,
        _rectangle(first, most, "live", 0.0, _THIN),
        _rectangle(second, most, "own", _THIN + 2, _THIN),
    )


def _cell(height: float, *shapes: Shape) -> Markup:
    return markup(shape("svg", *shapes, class_="bar", width="100%", height=height, aria_hidden="true"))


def _rectangle(value: float, most: float, kind: str, y: float, height: float) -> Shape:
    return shape("rect", class_=f"fill {kind}", width=_percent(value, most), y=y, height=height, rx=2)


def _interval(span: Span, most: float) -> tuple[Shape, ...]:
    low, high = (_percent(end, most) for end in span)
    middle = _HEIGHT / 2
    caps = [shape("line", class_="ink", x1=end, x2=end, y1=middle - 3, y2=middle + 3) for end in (low, high)]
    return (shape("line", class_="ink", x1=low, x2=high, y1=middle, y2=middle), *caps)


def _percent(value: float, most: float) -> str:
    return f"{100 * min(max(value / most, 0.0), 1.0) if most > 0 else 0.0:.2f}%"
