"""`bole import`: files into the store, with a report of every row that was not taken."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from matcher.encoding.cache import encode
from matcher.importing import ImportReport, Kind, Problem, import_sources, sources_at

LISTED = 40
"""So many problems are printed; `--report` writes all that the report holds."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--role",
    type=click.Choice([kind.value for kind in Kind]),
    help="What the files hold (default: told by name and columns).",
)
@organisation_option
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole report there as JSON."
)
@language_option
@with_workplace
def import_(
    place: Workplace,
    paths: Sequence[Path],
    role: str | None,
    organisation: str,
    dry_run: bool,
    report: Path | None,
    language: str,
) -> None:
    """Import CSV or XLSX files, or the folders that hold them.

    Good rows are kept; each bad one is reported with file, row, column, value, rule and the nearest right
    value, and makes the exit code 1. Importing the same files again changes nothing.
    """
    result = run_import(
        place, paths, organisation=organisation, kind=Kind(role) if role else None, dry_run=dry_run
    )
    echo_report(result, language)
    if report:
        report.write_text(json.dumps(result.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    raise SystemExit(result.exit_code)


def run_import(
    place: Workplace,
    paths: Sequence[Path],
    *,
    organisation: str,
    kind: Kind | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Import the files, then encode the new texts, so that the first match list need not wait for them.

    Raises:
        UnreadableFile: no file could be read.
    """
    place.store.add_organisation(organisation)
    with progress("import", "rows") as advance:
        result = import_sources(
            sources_at(paths),
            place.store,
            organisation=organisation,
            role=kind,
            dry_run=dry_run,
            progress=advance,
        )
    if not dry_run:
        with progress("encode", "texts") as advance:
            texts = [profile.text for profile in place.store.profiles(organisation)]
            encode(texts, place.encoder, place.store, advance)
    return result


def echo_report(report: ImportReport, language: str) -> None:
    """The report for people: figures per file, then what was rejected or read otherwise than written."""
    for file in report.files:
        kept = f"{file.added} added, {file.changed} changed, {file.unchanged} unchanged"
        click.echo(
            f"{file.name}: "
            + (
                file.refused
                or f"{file.kind} ({file.encoding}), {file.rows} rows: {kept}, {file.rejected} rejected"
            )
        )
    for problem in report.problems[:LISTED]:
        click.echo(_line(problem, language))
    for duplicate in report.duplicates[:LISTED]:
        click.echo(
            f"  probable duplicate {duplicate.role}: {duplicate.id} {duplicate.name!r} and "
            f"{duplicate.other_id} {duplicate.other_name!r} ({duplicate.reason}); nothing was merged"
        )
    left = len(report.problems) - LISTED
    if left > 0:
        click.echo(f"  … and {left} more; --report FILE writes them all")
    click.echo(
        f"{report.errors} errors, {report.warnings} warnings, {report.duplicate_count} probable duplicates"
    )


def _line(problem: Problem, language: str) -> str:
    rule = problem.rule.chinese if language == "zh" else str(problem.rule)
    nearest = f" → {problem.nearest}" if problem.nearest else ""
    times = f" (×{problem.times})" if problem.times > 1 else ""
    where = f"{problem.file}:{problem.row}" + (f" [{problem.column}]" if problem.column else "")
    return f"  {problem.severity}: {where} {problem.value!r}: {rule}{nearest}{times}"
