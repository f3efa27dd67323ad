"""A run as a file for spreadsheets, and who may stand in one: what routes and commands share."""

from api.spreadsheets import FileKind, table_bytes
from matcher.cohorts.run import MatchRun
from matcher.cohorts.sheets.editing import people_of
from matcher.cohorts.sheets.reading import People
from matcher.cohorts.sheets.tables import Told, keys_of, pair_table, tables
from matcher.cohorts.sheets.tables import people_of as named_in
from matcher.errors import Conflict
from matcher.matching.wording import Language
from matcher.store import Store


def exported(store: Store, run: MatchRun, kind: FileKind, language: Language) -> bytes:
    """The run's latest result: all its tables as XLSX, or the pairs as CSV. That it is taken away is on the
    audit log before it is.

    Raises:
        Conflict: it was never solved.
    """
    result = store.match_runs.result(run.organisation, run.id)
    if result is None:
        raise Conflict(f"run {run.id} was never solved: solve it first")
    keys = keys_of(run.organisation, named_in(result))
    names = {keys[key]: name for key, name in store.names(keys).items()}
    told = Told(run, result, store.match_runs.edits(run.organisation, run.id), names, language)
    store.audit.exported(run.organisation, "match_pairs", len(result.meetings))
    if kind is FileKind.XLSX:
        from api.workbooks import workbook_bytes  # as in `table_bytes`

        return workbook_bytes(tables(told))
    table = pair_table(told)
    return table_bytes(kind, table.title, table.header, table.rows)


def people_for(store: Store, run: MatchRun) -> People:
    """Who may be paired in the run."""
    members = store.cohorts.get(run.organisation, run.cohort).startups
    role = run.configuration.role
    return people_of(run.organisation, members, role, store.visible(run.organisation))
