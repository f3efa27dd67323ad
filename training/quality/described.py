"""The small world with texts: the deals of those companies whose description is known, joined by name."""

from pathlib import Path

from training.quality.tables import read_rows, write_rows

_EVENTS_ENCODING = "gb18030"


def write_described_events(events: Path, descriptions: Path, out: Path) -> None:
    """Write those events whose company is described, in the form in which the task maker reads them."""
    described = _texts(descriptions)
    rows = read_rows(events, _EVENTS_ENCODING)
    kept = [row.values() for row in rows if row["company"] in described]
    write_rows(out, tuple(rows[0]), [tuple(row) for row in kept], _EVENTS_ENCODING)


def add_descriptions(startups: Path, descriptions: Path) -> None:
    """Fill in the description of each startup, by its name."""
    described = _texts(descriptions)
    rows = read_rows(startups)
    for row in rows:
        row["description"] = described.get(row["name"], "")
    write_rows(startups, tuple(rows[0]), [tuple(row.values()) for row in rows])


def _texts(descriptions: Path) -> dict[str, str]:
    """Company → description, blank ones left out."""
    return {row["company"]: row["text"] for row in read_rows(descriptions) if row["text"].strip()}
