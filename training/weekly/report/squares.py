"""Charts of shares against shares, with the diagonal: what was said and what happened; Lorenz curves."""

from collections.abc import Sequence

from markupsafe import Markup

from training.weekly.record import Said
from training.weekly.report.numbers import share
from training.weekly.report.svg import Frame, Shape, picture, shape, ticks

_HEIGHT, _SIDE = 320.0, 300.0
_LARGEST, _SMALLEST = 5.0, 2.0


def reliability(series: Sequence[tuple[str, Sequence[Said]]], told: str) -> Markup:
    """Each kind's bins: probability said from left to right, share that happened upwards; larger dots are of
    more pairs, a stroke through a dot is its 95 % interval."""
    bins = [one for _, found in series for one in found]
    most = max((max(one.said, one.happened) for one in bins), default=1.0)
    frame = _frame(ticks(0.0, most)[-1])
    crowd = max((one.pairs for one in bins), default=1)
    drawn = [one for kind, found in series for one in _bins(frame, kind, found, crowd)]
    return _square(frame, drawn, told)


def lorenz(series: Sequence[tuple[str, Sequence[float]]], told: str) -> Markup:
    """Each kind's curve: partners from the least shown on, and the share of all places that they have."""
    frame = _frame(1.0)
    curves = [_path(frame, kind, [(at / (len(ys) - 1), y) for at, y in enumerate(ys)]) for kind, ys in series]
    return _square(frame, curves, told)


def _frame(most: float) -> Frame:
    return Frame((0.0, most), (0.0, most), height=_HEIGHT, right=18.0)


def _square(frame: Frame, drawn: Sequence[Shape], told: str) -> Markup:
    figures = ticks(0.0, frame.up[1])
    below = [frame.below(frame.x(figure), share(figure)) for figure in figures[1:]]
    diagonal = _path(frame, "even", [(0.0, 0.0), (frame.up[1], frame.up[1])])
    return picture(frame.width, frame.height, [*frame.beside(figures, share), *below, diagonal, *drawn], told)


def _path(frame: Frame, kind: str, points: Sequence[tuple[float, float]]) -> Shape:
    placed = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in points)
    return shape("polyline", class_=f"line {kind}", points=placed)


def _bins(frame: Frame, kind: str, found: Sequence[Said], crowd: int) -> list[Shape]:
    dots = [_dot(frame, kind, one, crowd) for one in found]
    strokes = [_stroke(frame, kind, one) for one in found if one.low is not None]
    return [_path(frame, kind, [(one.said, one.happened) for one in found]), *strokes, *dots]


def _stroke(frame: Frame, kind: str, one: Said) -> Shape:
    low, high = (min(max(end or 0.0, 0.0), frame.up[1]) for end in (one.low, one.high))
    x = frame.x(one.said)
    return shape("line", class_=f"line thin {kind}", x1=x, x2=x, y1=frame.y(low), y2=frame.y(high))


def _dot(frame: Frame, kind: str, one: Said, crowd: int) -> Shape:
    radius = max(_SMALLEST, _LARGEST * (one.pairs / max(crowd, 1)) ** 0.5)
    return shape("circle", class_=f"fill {kind}", cx=frame.x(one.said), cy=frame.y(one.happened), r=radius)
