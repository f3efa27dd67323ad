"""The import itself: sources to tables, tables to the store (a transaction each), the rest to the report."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from matcher.duplicates import probable_duplicates
from matcher.errors import Conflict, UnknownTable, UnreadableFile
from matcher.importing.asides import aside
from matcher.importing.bundles import unpacked
from matcher.importing.changes import FEW, Change, changes
from matcher.importing.directory import Directory
from matcher.importing.kinds import Kind, kind_of
from matcher.importing.leaving import unfilled
from matcher.importing.plan import Plan, taught
from matcher.importing.report import SHOWN, FileReport, ImportReport, Problem, ProblemLog, Severity
from matcher.importing.rows import ReadRow, interaction_of, ledger_entry_of, profile_of, read_row
from matcher.importing.rules import Rule
from matcher.importing.sources import Source
from matcher.importing.tables import Table, read_tables, refusal
from matcher.interactions import Interaction
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.store import Counts, Store

T = TypeVar("T")

_PROGRESS_EVERY = 1_000


def _silent(_: int) -> None:
    """Nobody watches."""


def import_sources(
    sources: Sequence[Source],
    store: Store,
    *,
    organisation: str,
    role: Role | Kind | None = None,
    dry_run: bool = False,
    plan: Plan | None = None,
    amendment: str = "",
    progress: Callable[[int], None] = _silent,
) -> ImportReport:
    """Import the files into an organisation that the store knows; good rows are kept, bad ones reported.

    Profiles go first, then interactions, then ledgers, whatever the order of the files; one transaction
    per table, so that a second import of the same files changes nothing. `role` says what all files hold
    (default: each file's name and columns tell). A dry run does everything but write; it counts
    interactions and ledger rows as added. `plan` is what people said of the files (default: what the
    organisation's own headers were said to mean before); with an `amendment` (its id) profiles and ledgers
    can be taken back. `progress` is called with the number of further rows read.

    Raises:
        UnreadableFile: not one of the files could be read.
    """
    plan = plan or Plan(meanings=taught(store, organisation))
    tables, refusals = _open(sources, kind_of(role) if role else None, plan)
    if not tables:
        raise UnreadableFile("; ".join(problem.value for problem in refusals) or "there is no file to import")
    directory = Directory(organisation, store.profile)
    directory.remember(store.profiles(organisation), unfilled(table.heading for table in tables))
    log = ProblemLog()
    log.add(refusals)
    order = list(Kind)
    tables.sort(key=lambda table: order.index(table.heading.kind))
    jobs = [_Job(table, directory, log, progress, amendment) for table in tables]
    files = [job.report(store, dry_run=dry_run) for job in jobs]
    duplicates = (
        list(probable_duplicates(list(directory.named()), directory.fresh())) if directory.fresh() else []
    )
    return ImportReport(
        files=(*files, *(FileReport(problem.file, refused=problem.value) for problem in refusals)),
        problems=log.shown(),
        duplicates=tuple(duplicates[:SHOWN]),
        errors=log.errors,
        warnings=log.warnings,
        duplicate_count=len(duplicates),
        dry_run=dry_run,
    )


def _open(sources: Sequence[Source], wanted: Kind | None, plan: Plan) -> tuple[list[Table], list[Problem]]:
    """The tables of the readable files, and one problem for each other file or sheet."""
    tables, refusals = list[Table](), list[Problem]()
    for source in sources:
        try:
            inside = unpacked(source)
        except UnreadableFile as error:
            refusals.append(refusal(source.name, error, Severity.ERROR))
            continue
        for each in inside:
            found, left_out = _tables_of(each, wanted, plan)
            tables += found
            refusals += left_out
    return tables, refusals


def _tables_of(source: Source, wanted: Kind | None, plan: Plan) -> tuple[list[Table], list[Problem]]:
    try:
        return read_tables(source, wanted, plan)
    except UnreadableFile as error:
        minor = isinstance(error, UnknownTable) and not source.named
        return [], [refusal(source.name, error, Severity.WARNING if minor else Severity.ERROR)]


@dataclass(slots=True)
class _Job:
    """One table on its way to the store: counts what it reads as the store pulls rows through it."""

    table: Table
    directory: Directory
    log: ProblemLog
    progress: Callable[[int], None]
    amendment: str = ""
    rows: int = 0
    rejected: int = 0
    repeated: int = 0
    admitted: list[str] = field(default_factory=list)
    changes: tuple[Change, ...] = ()

    def report(self, store: Store, *, dry_run: bool) -> FileReport:
        """Read the table to its end, writing unless it is a dry run."""
        self.log.add(self.table.notes)
        refused = ""
        try:
            counts = self._tried(store) if dry_run else self._written(store)
        except (UnreadableFile, Conflict) as error:
            self.directory.forget(self.admitted)
            self.log.add([refusal(self.table.name, error, Severity.ERROR)])
            refused, counts = str(error), Counts()
        if not self.rows and not refused:
            self.log.add([Problem(self.table.name, 0, "", "", Rule.NO_ROWS, severity=Severity.WARNING)])
        return FileReport(
            self.table.name,
            self.table.heading.kind,
            self.table.encoding,
            self.rows,
            counts.added,
            counts.changed,
            counts.unchanged + self.repeated,
            self.rejected,
            refused,
            self.changes,
        )

    def _written(self, store: Store) -> Counts:
        kind = self.table.heading.kind
        if kind is Kind.INTERACTIONS:
            taken: list[str] = []
            counts = store.add_interactions(self._interactions(), taken)
            self.log.add(Problem(self.table.name, 0, "source_id", each, Rule.SOURCE_TAKEN) for each in taken)
            self.rejected += len(taken)
            return replace(counts, unchanged=counts.unchanged - len(taken))
        if kind is Kind.LEDGER:
            return store.put_ledger(self._ledger(), amendment=self.amendment)
        return store.put_profiles(self._profiles(), amendment=self.amendment)

    def _tried(self, store: Store) -> Counts:
        """What writing would do, and the first profiles that it would change; interactions and ledger rows
        count as added."""
        kind = self.table.heading.kind
        if kind.role is None:
            rows = self._interactions() if kind is Kind.INTERACTIONS else self._ledger()
            return Counts(added=sum(1 for _ in rows))
        outcomes, changed = Counter[str](), list[Profile]()
        for profile in self._profiles():
            outcome = self.directory.outcome(profile)
            outcomes[outcome] += 1
            if outcome == "changed" and len(changed) < FEW:
                changed.append(profile)
        self.changes = changes(store.known(each.key for each in changed), changed)
        return Counts(outcomes["added"], outcomes["changed"], outcomes["unchanged"])

    def _profiles(self) -> Iterator[Profile]:
        role = Role(self.table.heading.kind.role or Role.STARTUP)
        for profile, repeats in self._accepted(lambda read: profile_of(read, role, self.directory)):
            if repeats:
                self.repeated += 1
            else:
                self.admitted.append(profile.id)
                yield profile

    def _interactions(self) -> Iterator[Interaction]:
        return self._accepted(lambda read: interaction_of(read, self.directory))

    def _ledger(self) -> Iterator[LedgerEntry]:
        return self._accepted(lambda read: ledger_entry_of(read, self.directory))

    def _accepted(self, make: Callable[[ReadRow], T | None]) -> Iterator[T]:
        """What the good rows make; every row's problems go to the log."""
        for row in self.table.rows:
            if left_out := aside(self.table.name, row):
                self.log.add([left_out])
                continue
            read = read_row(self.table, row)
            if read is None:
                continue
            made = make(read)
            self.log.add(read.problems)
            self.rows += 1
            self.rejected += made is None
            if self.rows % _PROGRESS_EVERY == 0:
                self.progress(_PROGRESS_EVERY)
            if made is not None:
                yield made
        self.progress(self.rows % _PROGRESS_EVERY)
