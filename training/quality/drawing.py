"""Charts drawn with matplotlib, as SVG and PNG: the only module that imports it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from training.quality.charts import Bars, Chart, Curves, Reliability, Span

_INK, _MUTED, _GRID = "#22303c", "#a9b4be", "#e4e9ed"
_OWN = "#0b6e6e"
_OTHERS = ("#c8553d", "#5b7db1", "#8a6bb1", "#7d8a55", "#b08a3e", "#6b7780")
_DASHED = (0, (4, 3))
_DOTS_PER_INCH = 144
_NEXT = 0.6
"""A count must be so much smaller than the next to be written."""
_LINEAR_UP_TO = 100
"""Below so many things an axis of counts is linear, so that none at all has a place on it."""


def draw(chart: Chart, folder: Path) -> list[Path]:
    """Draw a chart into FOLDER/NAME.svg and FOLDER/NAME.png; the same chart gives the same SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{chart.name}.{kind}" for kind in ("svg", "png")]
    with _style():
        figure = _figure(chart)
        for file in files:
            metadata = {"Date": None} if file.suffix == ".svg" else {}
            figure.savefig(file, dpi=_DOTS_PER_INCH, bbox_inches="tight", metadata=metadata)
    return files


def _style() -> AbstractContextManager[None]:
    return mpl.rc_context(
        {
            "font.family": "sans-serif",
            "font.size": 10,
            "text.color": _INK,
            "axes.labelcolor": _INK,
            "axes.edgecolor": _MUTED,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "svg.fonttype": "path",
            "svg.hashsalt": "bole",
        }
    )


def _figure(chart: Chart) -> Figure:
    match chart:
        case Bars():
            return _framed(chart.title, (7.2, 1.0 + 0.32 * len(chart.bars)), lambda axes: _bars(axes, chart))
        case Curves():
            return _framed(chart.title, (7.2, 4.2), lambda axes: _curves(axes, chart))
        case Reliability():
            return _framed(chart.title, (5.0, 5.0), lambda axes: _reliability(axes, chart))


def _framed(title: str, size: tuple[float, float], fill: Callable[[Axes], None]) -> Figure:
    figure = Figure(figsize=size)
    axes = figure.add_subplot()
    fill(axes)
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold", pad=12)
    axes.set_axisbelow(True)
    return figure


def _bars(axes: Axes, chart: Bars) -> None:
    places = range(len(chart.bars))
    colours = [_OWN if bar.own else _MUTED for bar in chart.bars]
    axes.barh(places, [bar.value for bar in chart.bars], color=colours, height=0.66)
    for place, bar in enumerate(chart.bars):
        low, high = bar.span or (bar.value, bar.value)
        axes.hlines(place, low, high, color=_INK, linewidth=1.2)
        axes.annotate(
            f"{bar.value:.3f}", (high, place), (4, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    axes.set_yticks(places, [bar.label for bar in chart.bars])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=_GRID)
    axes.set_xlabel(f"{chart.measure}, with 95 % intervals")
    axes.set_xlim(left=0)
    axes.margins(x=0.08)
    if chart.aim is not None:
        _aim(axes, chart.aim)


def _aim(axes: Axes, aim: float) -> None:
    axes.axvline(aim, color=_OTHERS[0], linewidth=1, linestyle=_DASHED, zorder=0.5)
    axes.annotate(
        f"aim {aim:.3f}",
        (aim, 1),
        (0, 3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="center",
        fontsize=8.5,
        color=_OTHERS[0],
    )


def _curves(axes: Axes, chart: Curves) -> None:
    others = iter(_OTHERS * len(chart.lines))
    for line in chart.lines:
        colour = _OWN if line.own else next(others)
        width = 2.2 if line.own else 1.4
        axes.plot(line.x, line.y, color=colour, linewidth=width, marker="o", markersize=4, label=line.label)
        if line.spans:
            low, high = zip(*line.spans, strict=True)
            axes.fill_between(line.x, low, high, color=colour, alpha=0.12, linewidth=0)
    if chart.counts:
        axes.set_xscale("symlog", linthresh=_LINEAR_UP_TO, linscale=0.4)
        axes.set_xticks(_apart({x for line in chart.lines for x in line.x}))
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{count:,.0f}"))
    axes.set_xlabel(chart.across)
    axes.set_ylabel(chart.measure)
    axes.grid(color=_GRID)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.01, 1))


def _apart(counts: set[float]) -> list[float]:
    """The counts that can be written beside one another on a scale of powers, the largest first of all."""
    kept: list[float] = []
    for count in sorted(counts, reverse=True):
        if not kept or count < _NEXT * kept[-1]:
            kept.append(count)
    return kept


def _reliability(axes: Axes, chart: Reliability) -> None:
    highest = 0.0
    for (label, bins), colour in zip(chart.series, (_OWN, *_OTHERS), strict=False):
        sizes = [8 + 60 * (bin_.pairs / max(b.pairs for b in bins)) ** 0.5 for bin_ in bins]
        x, y = [bin_.predicted for bin_ in bins], [bin_.observed for bin_ in bins]
        axes.vlines(x, [bin_.low for bin_ in bins], [bin_.high for bin_ in bins], color=colour, alpha=0.5)
        axes.plot(x, y, color=colour, linewidth=1.2, alpha=0.7)
        axes.scatter(x, y, s=sizes, color=colour, label=label)
        highest = max([highest, *x, *y])
    span: Span = (0.0, highest * 1.05 or 1.0)
    axes.plot(span, span, color=_MUTED, linewidth=1, linestyle=_DASHED, zorder=0)
    axes.set(xlim=span, ylim=span, aspect="equal")
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share that came true")
    axes.grid(color=_GRID)
    axes.legend(frameon=False, fontsize=9, loc="upper left")
