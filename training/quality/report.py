"""The sections for people (Markdown) and for machines (JSON)."""

from collections.abc import Sequence
from typing import Any

from training.measures.intervals import Interval
from training.quality.sections import Cell, Requirement, Section

PICTURES = "pictures"
"""The folder of the pictures, beside the two files."""


def markdown(sections: Sequence[Section], introduction: str) -> str:
    """The whole scoreboard as one page: what must be reached first, then every section."""
    return (
        "\n\n".join([f"# Scoreboard\n\n{introduction}", *_required(sections), *map(_page, sections)]) + "\n"
    )


def document(sections: Sequence[Section], facts: dict[str, Any]) -> dict[str, Any]:
    """The same as JSON-ready values; an interval has its mean and ends, null is what is not there."""
    return {**facts, "sections": [_entry(section) for section in sections]}


def missed(sections: Sequence[Section]) -> list[Requirement]:
    """What had to be reached and was not."""
    return [wanted for section in sections for wanted in section.required if not wanted.reached]


def table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A Markdown table; figures stand at the right."""
    first = rows[0] if rows else ()
    rules = [
        "---:" if isinstance(cell, float | int | Interval) else "---"
        for cell in (*first, *[""] * (len(columns) - len(first)))
    ]
    lines = [columns, rules, *([_shown(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _required(sections: Sequence[Section]) -> list[str]:
    rows = [
        (
            wanted.name,
            wanted.value,
            f"{'≤' if wanted.most else '≥'} {wanted.needed:.3f}",
            wanted.aim,
            "yes" if wanted.reached else "**no**",
        )
        for section in sections
        for wanted in section.required
    ]
    return [table(("what must be reached", "figure", "needed", "aim", "reached"), rows)] if rows else []


def _page(section: Section) -> str:
    pictures = [f"![{chart.title}]({PICTURES}/{chart.name}.svg)" for chart in section.charts]
    note = [section.note] if section.note else []
    return "\n\n".join([f"## {section.title}", *note, table(section.columns, section.rows), *pictures])


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell).replace("|", "\\|")


def _entry(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "note": section.note,
        "rows": [dict(zip(section.columns, map(_plain, row), strict=True)) for row in section.rows],
        "required": [
            {
                "name": wanted.name,
                "value": wanted.value,
                "needed": wanted.needed,
                "at_most": wanted.most,
                "aim": wanted.aim,
                "reached": wanted.reached,
            }
            for wanted in section.required
        ],
        "pictures": [
            f"{PICTURES}/{chart.name}.{kind}" for chart in section.charts for kind in ("svg", "png")
        ],
    }


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Interval):
        return {"mean": cell.mean, "low": cell.low, "high": cell.high}
    return cell
