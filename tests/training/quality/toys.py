"""Small tasks whose answers are known by thought."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from training.quality.records import Records, read_records
from training.quality.tables import write_rows

Pairs = Sequence[tuple[str, str]]


def write_task(
    folder: Path,
    startups: Mapping[str, str],
    partners: Sequence[str],
    deals: Pairs,
    truth: Pairs = (),
    *,
    event: str = "invested",
) -> Path:
    """A task folder: startups are id → industry, partners declare nothing, deals happen on one day."""
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(
        folder / "startups.csv",
        ("id", "name", "description", "industries", "region", "stage", "raising_amount"),
        [(id_, f"{id_} Ltd", "", industry, "", "", "") for id_, industry in startups.items()],
    )
    write_rows(
        folder / "investors.csv", ("id", "name", "industries"), [(p, f"{p} Fund", "") for p in partners]
    )
    write_rows(
        folder / "interactions.csv",
        ("startup_id", "partner_id", "type", "at"),
        [(startup, partner, event, "2020-01-01") for startup, partner in deals],
    )
    asked = dict.fromkeys(startup for startup, _ in truth)
    write_rows(folder / "queries.csv", ("startup_id",), [(startup,) for startup in asked])
    write_rows(folder / "truth.csv", ("startup_id", "partner_id"), truth)
    return folder


def two_fields(folder: Path) -> Records:
    """Thirty startups in each of two fields: a0–a2 had those of field a, b0–b2 those of b. One more asks."""
    startups = {f"{field}s{number}": field for field in "ab" for number in range(30)} | {"qa": "a", "qb": "b"}
    partners = [f"{field}{number}" for field in "ab" for number in range(3)]
    deals = [(f"{f}s{n}", f"{f}{(n + step) % 3}") for f in "ab" for n in range(30) for step in range(2)]
    truth = [("qa", "a0"), ("qb", "b0")]
    return read_records(write_task(folder, startups, partners, deals, truth))
