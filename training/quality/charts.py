"""Pictures as values: what is to be seen, without saying how it is drawn (`drawing` does)."""

from dataclasses import dataclass

from training.measures.reliability import Bin

Span = tuple[float, float]
"""The lower and the upper end of an interval."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One method: its figure, the interval of it where there is one, and whether it is Bole's."""

    label: str
    value: float
    span: Span | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Methods side by side. `name` is the file's stem; `aim` is drawn as a line where there is one."""

    name: str
    title: str
    measure: str
    bars: tuple[Bar, ...]
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One method along an axis: `spans` is empty or as long as `x` and `y`."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    spans: tuple[Span, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Methods as lines over a quantity; `counts` says that x counts things, shown by powers of ten."""

    name: str
    title: str
    across: str
    measure: str
    lines: tuple[Line, ...]
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Reliability:
    """Predicted probability against what came true, one series of bins for each label."""

    name: str
    title: str
    series: tuple[tuple[str, tuple[Bin, ...]], ...]


Chart = Bars | Curves | Reliability
