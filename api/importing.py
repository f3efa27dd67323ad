"""Files imported on somebody's behalf: as the API and the pages do it, so that it can be taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.access import Scope
from api.schemas.imports import nothing_taken
from matcher.importing import Kind, Plan, Source, import_sources
from matcher.profiles import Role


def imported(
    scope: Scope,
    sources: Sequence[Source],
    *,
    role: Role | Kind | None = None,
    plan: Plan | None = None,
    id_: str = "",
) -> tuple[str, dict[str, Any]]:
    """Import the files into the organisation that the caller acts in; the import's id ("" where not one row
    could be taken, and nothing was kept) and its report.

    Raises:
        UnreadableFile: not one of the files could be read.
    """
    organisation = scope.organisation
    id_ = scope.store.begin_import(organisation, scope.principal.who, id_)
    report = import_sources(
        sources, scope.store, organisation=organisation, role=role, plan=plan, amendment=id_
    ).to_dict()
    if nothing_taken(report):
        return "", report
    return scope.store.save_import(organisation, report, id_, summary_of(report)), report


def summary_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """What a list of imports tells of one: its files and how many rows were new, changed and so on."""
    files = report["files"]
    counts = ("added", "changed", "unchanged", "rejected")
    events = sum(file["added"] for file in files if file["kind"] == Kind.INTERACTIONS)
    return {
        "files": [file["name"] for file in files][:20],
        "events": events,
        **{name: sum(file[name] for file in files) for name in counts},
    }
