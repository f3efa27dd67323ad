"""Applications and reviewers from tables that staff keep: CSV or XLSX, headers in either language."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from api.cli.references import identified
from api.panel_names import Partners, partners_of
from api.panel_sheets import Names, placed, required, rows_of, whole_amount
from matcher.panel.values import Application, Reviewer
from matcher.store import Store
from matcher.text.comparable import comparable

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
    for where, row in rows_of(path.name, path.read_bytes(), APPLICATION, ("startup_id",)):
        with placed(where):
            found.append(_application(row, store, organisation))
    return found


def _application(row: Mapping[str, str], store: Store, organisation: str) -> Application:
    startup_id = identified(store, organisation, required(row, "startup_id"))
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
    for where, row in rows_of(path.name, path.read_bytes(), REVIEWER, ()):
        with placed(where):
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
        id=row.get("id") or (partner_id if partner else required(row, "name")),
        name=row.get("name") or known or row.get("id", ""),
        partner_id=partner_id,
        firm=row.get("firm", ""),
        conflicts=tuple(_listed(row.get("conflicts", ""))),
        least=_amount(row, "least") or 0,
        most=_amount(row, "most"),
    )


def _amount(row: Mapping[str, str], field: str) -> int | None:
    return whole_amount(field, row[field]) if row.get(field) else None


def _name_of(store: Store, organisation: str, partner_id: str) -> str:
    owner, _, own = partner_id.partition(":") if ":" in partner_id else (organisation, "", partner_id)
    return store.profile(owner, own).name


def _listed(text: str) -> Iterator[str]:
    for mark in "；、|,，":
        text = text.replace(mark, ";")
    return (part.strip() for part in text.split(";") if part.strip())
