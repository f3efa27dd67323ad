"""`bole import`: files into the store, with a report of every row that was not taken."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from matcher.duplicates.reasons import said
from matcher.encoding.cache import warm
from matcher.importing import FileReport, ImportReport, Kind, Problem, import_sources, sources_at
from matcher.importing.changes import Change, text_of
from matcher.matching.wording import Language

LISTED = 40
"""So many problems are printed; `--report` writes all that the report holds."""

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "file": "{name}：{kind}（{encoding}），{rows} 行：新增 {added}，更改 {changed}，未变 {unchanged}，"
        "拒绝 {rejected}",
        "error": "错误",
        "warning": "提醒",
        "example": "例如",
        "duplicate": "  疑似重复（{role}）：{id} {name!r} 与 {other_id} {other_name!r}（{reason}）；未合并",
        "more": "  …… 另有 {left} 条；--report FILE 可写出全部",
        "sum": "{errors} 处错误，{warnings} 处提醒，{duplicates} 组疑似重复",
        "dry run": "试运行：没有写入任何数据",
        "startups": "企业",
        "mentors": "导师",
        "investors": "投资方",
        "interactions": "互动",
        "ledger": "台账",
        "startup": "企业",
        "mentor": "导师",
        "investor": "投资方",
    },
    "en": {
        "file": "{name}: {kind} ({encoding}), {rows} rows: {added} added, {changed} changed, "
        "{unchanged} unchanged, {rejected} rejected",
        "error": "error",
        "warning": "warning",
        "example": "e.g.",
        "duplicate": "  probable duplicate {role}: {id} {name!r} and {other_id} {other_name!r} ({reason}); "
        "nothing was merged",
        "more": "  … and {left} more; --report FILE writes them all",
        "sum": "{errors} errors, {warnings} warnings, {duplicates} probable duplicates",
        "dry run": "dry run: nothing was written",
    },
}


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
    language: Language,
) -> None:
    """Import CSV or XLSX files, or the folders that hold them.

    Good rows are kept; each bad one is reported with file, row, column, value, rule and the nearest right
    value, and makes the exit code 1. Importing the same files again changes nothing. Of profiles that are
    there, what a file has no column for stays; an empty cell of a column that is there empties it. With
    --dry-run it says what would change.
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
            texts = (profile.text for profile in place.store.profiles(organisation))
            warm(texts, place.encoder, place.store, advance)
    return result


def echo_report(report: ImportReport, language: Language) -> None:
    """The report for people: figures per file, then what was rejected or read otherwise than written."""
    words = _WORDS[language]
    for file in report.files:
        click.echo(_file_line(file, language))
        for change in file.changes:
            click.echo(_change_line(change))
    for problem in report.problems[:LISTED]:
        click.echo(_line(problem, language))
    left = len(report.problems) - LISTED
    if left > 0:
        click.echo(words["more"].format(left=left))
    for duplicate in report.duplicates[:LISTED]:
        click.echo(words["duplicate"].format(**_named(duplicate.to_dict(), language)))
    click.echo(
        words["sum"].format(errors=report.errors, warnings=report.warnings, duplicates=report.duplicate_count)
    )
    if report.dry_run:
        click.echo(words["dry run"])


def _file_line(file: FileReport, language: Language) -> str:
    if file.refused:
        return file.refused if file.refused.startswith(file.name) else f"{file.name}: {file.refused}"
    return _WORDS[language]["file"].format(**_named(file.to_dict(), language))


def _change_line(change: Change) -> str:
    fields = (
        f"{field} {text_of(before) or '–'} → {text_of(after) or '–'}"
        for field, before, after in change.fields
    )
    return f"  {change.id} {change.name!r}: {', '.join(fields)}"


def _named(facts: Mapping[str, object], language: Language) -> dict[str, object]:
    """The facts with kind, role and reason as the language calls them."""
    words = _WORDS[language]
    told = {name: words.get(str(facts[name]), facts[name]) for name in ("kind", "role") if name in facts}
    if "reason" in facts:
        told["reason"] = said(str(facts["reason"]), language)
    return {**facts, **told}


def _line(problem: Problem, language: Language) -> str:
    rule = problem.rule.chinese if language == "zh" else str(problem.rule)
    mark = _WORDS[language]["example"] if problem.rule.by_example else "→"
    nearest = f" {mark} {problem.nearest}" if problem.nearest else ""
    times = f" (×{problem.times})" if problem.times > 1 else ""
    where = f"{problem.file}:{problem.row}" + (f" [{problem.column}]" if problem.column else "")
    return f"  {_WORDS[language][problem.severity]}: {where} {problem.value!r}: {rule}{nearest}{times}"
