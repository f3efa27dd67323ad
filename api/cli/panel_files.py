"""Applications, reviewers and scores from tables that staff keep: CSV or XLSX, headers in either language."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.cli.references import identified
from api.panel_names import Partners, partners_of
from matcher.errors import InvalidInput, NotFound
from matcher.importing.archives import is_archive
from matcher.importing.figures import span
from matcher.importing.workbooks import read_workbook
from matcher.panel.changes import Score
from matcher.panel.values import Application, Reviewer
from matcher.store import Store
from matcher.text.comparable import comparable
from matcher.text.decode import decode

Names = Mapping[str, Sequence[str]]
Line = tuple[str, dict[str, str]]
"""Where a row stands, and its cells by field."""

APPLICATION: Names = {
    "id": ("application", "申报编号", "申请编号", "项目编号"),
    "startup_id": ("startup", "name", "企业编号", "企业", "企业名称", "公司", "公司名称", "名称", "申报单位"),
    "title": ("project", "项目", "项目名称", "申报项目"),
    "asked": ("amount", "申请金额", "申报金额"),
    "least": ("minimum", "最低金额", "最低有效金额"),
    "withdrawn": ("撤回", "已撤回"),
}
REVIEWER: Names = {
    "id": ("reviewer", "评审人编号", "专家编号"),
    "partner_id": ("partner", "导师编号", "投资方编号"),
    "name": ("姓名", "评审人", "专家", "专家姓名"),
    "firm": ("单位", "工作单位"),
    "conflicts": ("回避", "回避企业", "利益冲突"),
    "least": ("最少份数",),
    "most": ("最多份数",),
}
SCORE: Names = {
    "application": ("申报编号", "申请编号", "项目编号"),
    "reviewer": ("评审人编号", "专家编号", "评审人"),
    "score": ("得分", "评分", "分数"),
    "comment": ("意见", "评语", "评审意见"),
}
_NOBODY = (
    "is nobody's name here: conflicts of interest with profiles cannot be checked, nor expertise known;"
    " give partner_id, or name the startups to avoid in conflicts"
)
_YES = frozenset({"1", "true", "yes", "y", "是", "√"})


def applications_in(path: Path, store: Store, organisation: str) -> list[Application]:
    """The applications of a file; startups by id or name, `id` the startup's where it is blank.

    Raises:
        InvalidInput: no startup, an amount that is none, or a file that is no table.
    """
    found = []
    for where, row in _rows(path, APPLICATION, ("startup_id",)):
        with _placed(where):
            found.append(_application(row, store, organisation))
    return found


def _application(row: Mapping[str, str], store: Store, organisation: str) -> Application:
    startup_id = identified(store, organisation, _required(row, "startup_id"))
    store.profile(organisation, startup_id)
    return Application(
        id=row.get("id") or startup_id,
        startup_id=startup_id,
        title=row.get("title", ""),
        asked=_amount(row, "asked"),
        least=_amount(row, "least"),
        withdrawn=comparable(row.get("withdrawn", "")) in _YES,
    )


def reviewers_in(
    path: Path, store: Store, organisation: str, warn: Callable[[str], object]
) -> list[Reviewer]:
    """The reviewers of a file: mentors and investors by `partner_id` (id or name) or by their whole name.

    `warn` is told of each line whose name is nobody's: the conflicts of such a reviewer are not known.

    Raises:
        InvalidInput: neither, the name of several, a number that is none, or a file that is no table.
    """
    found, partners = [], partners_of(store, organisation)
    for where, row in _rows(path, REVIEWER, ()):
        with _placed(where):
            reviewer = _reviewer(row, store, organisation, partners)
        found.append(reviewer)
        if not reviewer.partner_id:
            warn(f"{where}: {reviewer.name} {_NOBODY}")
    return found


def _reviewer(row: Mapping[str, str], store: Store, organisation: str, partners: Partners) -> Reviewer:
    partner = row.get("partner_id", "")
    words = (row.get("name", ""), row.get("id", ""))
    partner_id = identified(store, organisation, partner) if partner else partners.meant(words)
    known = _name_of(store, organisation, partner_id) if partner_id else ""
    return Reviewer(
        id=row.get("id") or (partner_id if partner else _required(row, "name")),
        name=row.get("name") or known or row.get("id", ""),
        partner_id=partner_id,
        firm=row.get("firm", ""),
        conflicts=tuple(_listed(row.get("conflicts", ""))),
        least=_amount(row, "least") or 0,
        most=_amount(row, "most"),
    )


def scores_in(path: Path) -> list[Score]:
    """The scores of a file; rows without a score are left out.

    Raises:
        InvalidInput: no application or reviewer, a score that is no number, or a file that is no table.
    """
    found = []
    for where, row in _rows(path, SCORE, ("application", "reviewer", "score")):
        if row.get("score"):
            with _placed(where):
                found.append(_score(row))
    return found


def _score(row: Mapping[str, str]) -> Score:
    application, reviewer = _required(row, "application"), _required(row, "reviewer")
    try:
        score = float(row["score"])
    except ValueError as error:
        raise InvalidInput("score", row["score"], "is no number") from error
    return Score(application=application, reviewer=reviewer, score=score, comment=row.get("comment", ""))


def whole_amount(name: str, text: str) -> int:
    """An amount as people write it (41万, 2000000), in whole units.

    Raises:
        InvalidInput: no amount, or a range.
    """
    found = span(text)
    if not found.is_one or found.middle != round(found.middle):
        raise InvalidInput(name, text, "must be one amount in whole units", "write 41万 or 410000")
    return round(found.middle)


@contextmanager
def _placed(where: str) -> Iterator[None]:
    """An error within a row names the row."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(f"{where}, {error.field}", error.value, error.rule, error.remedy) from error
    except NotFound as error:
        raise NotFound(f"{where}: {error}") from error


def _amount(row: Mapping[str, str], field: str) -> int | None:
    return whole_amount(field, row[field]) if row.get(field) else None


def _required(row: Mapping[str, str], field: str) -> str:
    if not row.get(field):
        raise InvalidInput(field, "", "is needed")
    return row[field]


def _name_of(store: Store, organisation: str, partner_id: str) -> str:
    owner, _, own = partner_id.partition(":") if ":" in partner_id else (organisation, "", partner_id)
    return store.profile(owner, own).name


def _listed(text: str) -> Iterator[str]:
    for mark in "；、|,，":
        text = text.replace(mark, ";")
    return (part.strip() for part in text.split(";") if part.strip())


def _rows(path: Path, names: Names, needed: Sequence[str]) -> Iterator[Line]:
    header, *lines = [(number, cells) for number, cells in _cells(path) if any(cells)] or [(0, [])]
    fields = [_field(cell, names) for cell in header[1]]
    for field in needed:
        if field not in fields:
            rule = f"has no column {field} (or {'、'.join(names[field])})"
            raise InvalidInput(str(path), ", ".join(header[1]), rule, "name it in the first line")
    for number, cells in lines:
        told = zip(fields, cells, strict=False)
        yield f"{path.name}, line {number}", {field: cell for field, cell in told if field}


def _field(cell: str, names: Names) -> str:
    written = comparable(cell)
    return next((f for f, others in names.items() if written in {f, *map(comparable, others)}), "")


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = path.read_bytes()
    if is_archive(data):
        for number, row in read_workbook(path.name, data)[0].rows:
            yield number, [_text(cell) for cell in row]
        return
    try:
        reader = csv.reader(io.StringIO(decode(data).text, newline=""))
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise InvalidInput(str(path), path.name, f"is no table: {error}", "save it as CSV or XLSX") from error


def _text(cell: object) -> str:
    """A sheet's cell as it is read: numbers of whole value without a fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
