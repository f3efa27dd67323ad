"""`bole match --all` into files: made in parts that outlive the process, here or on a cluster."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click

from api.bulk.chunks import CHUNK, Basis, Chunk, Order, chunks_of, opened, rows_of_chunk
from api.bulk.parts import Parts
from api.bulk.recording import Delivery, record
from api.cli.lists import refuse_too_long, refuse_unknown_kind, write_rows
from api.cli.progress import progress
from api.cli.workplace import Workplace, today
from api.match_tables import MATCH_COLUMNS, NAME_COLUMNS
from matcher.matching.moment import Moment
from matcher.tables import Row

FORMAT = 1
"""Goes up when lines are kept or written otherwise: then a later Bole does not go on where an earlier was."""

Answered = Iterator[tuple[Chunk, list[Row]]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where lists go: one file, or, with `kind` (csv or xlsx), a folder with a file for each organisation.
    `chunk`: so many lists are kept together. `written`: there are files; `recorded`: lists are put on record
    in the store."""

    path: Path
    kind: str = ""
    chunk: int = CHUNK
    written: bool = True
    recorded: bool = False

    def file(self, organisation: str) -> Path:
        """Where the organisation's lists go."""
        return self.path / f"{organisation}.{self.kind}" if self.kind else self.path


def write_all(
    place: Workplace, organisations: Sequence[str], order: Order, target: Target, scheduler: str = ""
) -> None:
    """Write the lists of every active startup of the organisations.

    Raises:
        InvalidInput: another file ending, or more lines than a workbook holds.
    """
    for organisation in organisations[: target.written]:
        refuse_unknown_kind(target.file(organisation))
    with progress("encode", "texts") as advance:
        moment = opened(place.store, place.registry, place.registry.live(), today(), advance)
    moment.check_labels(order.filters, organisations, order.role)
    moment.match("", (), role=order.role, k=order.k)  # refuses what is asked wrongly
    chunks = chunks_of(moment.snapshot, organisations, target.chunk)
    files = _files(chunks, organisations, target)
    for path, parts in files.items():
        refuse_too_long(path, order.k * sum(len(chunks[number].ids) for number in parts))
    basis = _basis(place, moment)
    told = _told(basis, order, organisations, target)
    kept = Parts(target.path, told)
    _answer(kept, moment, basis, order, chunks, scheduler)
    if target.recorded:
        at = dt.datetime.now(dt.UTC)
        _record(place, kept, chunks, Delivery(_request_id(told), order.role or "partner", basis.version, at))
    _finish(kept, files if target.written else {}, order, target)


def _files(
    chunks: Sequence[Chunk], organisations: Sequence[str], target: Target
) -> Mapping[Path, Sequence[int]]:
    """The chunks of each file, by number."""
    files: dict[Path, list[int]] = {target.file(organisation): [] for organisation in organisations}
    for chunk in chunks:
        files[target.file(chunk.organisation)].append(chunk.number)
    return files


def _basis(place: Workplace, moment: Moment) -> Basis:
    snapshot, settings = moment.snapshot, place.settings
    urls = settings.store_url, settings.models_url
    return Basis(*urls, moment.model_version, snapshot.revision, snapshot.context.today)


def _told(basis: Basis, order: Order, organisations: Sequence[str], target: Target) -> Mapping[str, object]:
    """All that the output depends on; URLs, which may hold passwords, only as a hash."""
    return {
        "from": hashlib.sha256(f"{basis.store_url} {basis.models_url}".encode()).hexdigest()[:16],
        "format": FORMAT,
        "model": basis.version,
        "revision": basis.revision,
        "today": basis.today.isoformat(),
        "organisations": list(organisations),
        "order": asdict(order),
        "kind": target.kind or target.path.suffix,
        "chunk": target.chunk,
    }


def _answer(
    kept: Parts, moment: Moment, basis: Basis, order: Order, chunks: Sequence[Chunk], scheduler: str
) -> None:
    """Answer what is not kept yet, and keep it."""
    left = [chunk for chunk in chunks if not kept.done(chunk.number)]
    if len(left) < len(chunks):
        click.echo(f"goes on: {len(chunks) - len(left)} of {len(chunks)} parts are there", err=True)
    answered = _on_cluster(scheduler, basis, order, left) if scheduler else _here(moment, order, left)
    with progress("match", "lists") as advance:
        for chunk, rows in answered:
            kept.keep(chunk.number, rows)
            advance(len(chunk.ids))


def _here(moment: Moment, order: Order, chunks: Sequence[Chunk]) -> Answered:
    return ((chunk, rows_of_chunk(moment, chunk, order)) for chunk in chunks)


def _on_cluster(scheduler: str, basis: Basis, order: Order, chunks: Sequence[Chunk]) -> Answered:
    try:
        from api.bulk.cluster import answered_on
    except ImportError as error:
        raise click.UsageError(
            "--scheduler needs the extra `cluster` (pip install 'bole[cluster]')"
        ) from error
    return answered_on(scheduler, basis, order, chunks)


def _request_id(told: Mapping[str, object]) -> str:
    """Equal lists of one day have the same: given again, the command records nothing twice."""
    return f"bulk-{hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]}"


def _record(place: Workplace, kept: Parts, chunks: Sequence[Chunk], delivery: Delivery) -> None:
    answered = ((chunk, list(kept.rows([chunk.number]))) for chunk in chunks)
    new = record(place.store, delivery, answered)
    click.echo(f"{new} lists on record as {delivery.request_id}: interactions may name it", err=True)


def _finish(kept: Parts, files: Mapping[Path, Sequence[int]], order: Order, target: Target) -> None:
    """Write the files from the parts, each at once, and let the parts go."""
    columns = (*MATCH_COLUMNS, *(NAME_COLUMNS if order.named else ()))
    if target.kind and files:
        target.path.mkdir(parents=True, exist_ok=True)
    for path, parts in files.items():
        kept.write_whole(path, partial(write_rows, columns=columns, rows=kept.rows(parts)))
    kept.clear()
