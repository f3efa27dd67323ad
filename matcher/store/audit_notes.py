"""What a writing transaction does to which rows: noticed at each of its statements, whoever wrote them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import UpdateBase

from matcher.store.audit_tables import AUDITED, LEFT_OUT, QUIET, UNSAID, Whose

NOTES = "bole_notes"
"""The execution option of a connection whose changes are noted."""
FEW = 20
"""So many subjects have a line each; of more, they have one together, and where their organisation is known
without them, no more of them are remembered."""
_UNKNOWN = Whose("", ())

Rows = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Touched:
    """What was done to one table, all statements together: how many rows, which columns were set, and whose
    the rows are as far as the statements say. `names` counts rows by the column that names the subject and
    its value."""

    whose: Whose
    rows: int = 0
    columns: set[str] = field(default_factory=set)
    organisations: Counter[str] = field(default_factory=Counter)
    names: dict[str, Counter[Any]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def add(self, rows: int, columns: set[str], given: Rows) -> None:
        """One more statement, which gave these values."""
        self.rows += rows
        self.columns |= columns
        self.organisations.update(_values("organisation", given))
        for own, _ in self.whose.by:
            if found := Counter(_values(own, given)):
                self._remember(own, found)
                break
        self.told |= set(_values(self.whose.told, given)) if self.whose.told else set()

    def _remember(self, own: str, found: Counter[Any]) -> None:
        known = self.names.setdefault(own, Counter())
        if not self.organisations or len(known) <= FEW:
            known.update(dict(islice(found.items(), FEW + 1)) if self.organisations else found)


@dataclass(slots=True)
class Said:
    """What a writer says itself of its transaction; what is left "" or empty is what was noticed."""

    action: str = ""
    subject: str = ""
    name: tuple[str, Any] | None = None
    fields: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Notes:
    """What one transaction has done so far: by table and verb, in the order in which it began."""

    touched: dict[tuple[str, str], Touched] = field(default_factory=dict)
    owners: dict[str, Counter[str]] = field(default_factory=dict)
    said: Said = field(default_factory=Said)


def tell(
    connection: sa.Connection,
    *,
    action: str = "",
    subject: str = "",
    name: tuple[str, Any] | None = None,
    fields: set[str] | None = None,
) -> None:
    """Say of the transaction under way what cannot be seen from its statements: what was done in a word, to
    whom (the kind of subject, a column of its table and the value there), which fields really changed."""
    notes: Notes | None = connection.get_execution_options().get(NOTES)
    if notes is None:
        return
    notes.said.action = action or notes.said.action
    notes.said.subject = subject or notes.said.subject
    notes.said.name = name or notes.said.name
    notes.said.fields |= fields or set()


def tell_owners(connection: sa.Connection, table: str, owners: Counter[str]) -> None:
    """Say whose the rows are that the next statement puts into a table: it is not looked up then."""
    notes: Notes | None = connection.get_execution_options().get(NOTES)
    if notes is not None:
        notes.owners[table] = owners


def notice(
    connection: sa.Connection,
    statement: sa.ClauseElement,
    _many: object,
    _one: object,
    _options: object,
    result: sa.CursorResult[Any],
) -> None:
    """Note what a statement did; SQLAlchemy's event `after_execute`."""
    if not isinstance(statement, UpdateBase):
        return
    notes: Notes | None = connection.get_execution_options().get(NOTES)
    table = statement.table
    if notes is None or not isinstance(table, sa.Table) or table.name in LEFT_OUT:
        return
    given: Rows = result.context.compiled_parameters
    rows = _count(result, given)
    columns = _columns_set(statement)
    if not rows or (columns and columns <= QUIET.get(table.name, frozenset())):
        return
    verb = _verb(statement)
    place = notes.touched.setdefault((table.name, verb), Touched(AUDITED.get(table.name, _UNKNOWN)))
    values = given if isinstance(statement, sa.Insert) else _conditions(statement, given)
    place.organisations.update(notes.owners.pop(table.name, ()))
    place.add(rows, columns - UNSAID, values)


def _count(result: sa.CursorResult[Any], given: Rows) -> int:
    """How many rows it touched; as many as were given where they come back, as SQLite has not counted yet."""
    unknown = result.rowcount < 0 or (result.returns_rows and not result.rowcount)
    return len(given) if unknown else result.rowcount


def _verb(statement: UpdateBase) -> str:
    if isinstance(statement, sa.Insert):
        return "put" if _on_conflict(statement) else "added"
    return "changed" if isinstance(statement, sa.Update) else "deleted"


def _on_conflict(statement: sa.Insert) -> Mapping[str, Any]:
    """What an upsert sets by column; nothing of one that only adds."""
    clause: Any = getattr(statement, "_post_values_clause", None)
    return dict(getattr(clause, "update_values_to_set", ()))


def _columns_set(statement: UpdateBase) -> set[str]:
    """The columns that are set in rows that are there."""
    if isinstance(statement, sa.Insert):
        return {str(getattr(column, "name", column)) for column in _on_conflict(statement)}
    if isinstance(statement, sa.Update):
        values: Mapping[Any, Any] = getattr(statement, "_values", None) or {}
        return {str(getattr(column, "name", column)) for column in values}
    return set()


def _conditions(statement: UpdateBase, given: Rows) -> Rows:
    """What the statement's conditions say of all rows that it met: columns that must equal a value."""
    found: list[dict[str, Any]] = []
    where: sa.ColumnElement[bool] | None = getattr(statement, "whereclause", None)
    for condition in _parts(where):
        left, right = condition.left, condition.right
        if isinstance(left, sa.Column) and isinstance(right, sa.BindParameter):
            found.extend({left.name: value} for value in _bound(right, given))
    return found


def _parts(where: sa.ColumnElement[bool] | None) -> Iterator[sa.BinaryExpression[Any]]:
    """The equalities that all must hold."""
    if isinstance(where, sa.BooleanClauseList) and where.operator is operators.and_:
        for part in where.clauses:
            yield from _parts(part)
    elif isinstance(where, sa.BinaryExpression) and where.operator in (operators.eq, operators.in_op):
        yield where


def _bound(parameter: sa.BindParameter[Any], given: Rows) -> list[Any]:
    """The values of a parameter: its own, those of a list, or those given with each of many rows."""
    if parameter.required:
        return [row[parameter.key] for row in given if parameter.key in row]
    value = parameter.effective_value
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _values(column: str, given: Rows) -> Iterator[Any]:
    return (row[column] for row in given if column in row and row[column] is not None)
