"""Every page of cohorts, runs and the first page, by endpoint: where it is, and what posting to it takes."""

from collections.abc import Callable, Mapping

from matcher.store import Store
from tests.api.world import introduction_of, run_of

Path = Callable[[Store], str]


def _run(path: str, cohort: str = "solved") -> Path:
    return lambda store: f"/runs/{run_of(store, cohort)}{path}"


def _at(path: str) -> Path:
    return lambda store: path


def _introduction(store: Store) -> str:
    return f"/runs/{run_of(store, 'published')}/introductions/{introduction_of(store, 'published')}"


def _outcome(store: Store) -> str:
    return f"/introductions/{introduction_of(store, 'published')}/outcome"


READ: Mapping[str, Path] = {
    "pages.home": _at("/"),
    "pages.cohorts": _at("/cohorts"),
    "pages.cohort": _at("/cohorts/solved"),
    "pages.contacts": _at("/contacts"),
    "pages.new_run": _at("/cohorts/solved/runs/new"),
    "pages.run": _run(""),
    "pages.run_progress": _run("/progress"),
    "pages.run_configuration": _run("/configuration"),
    "pages.pair": _run("/pair?startup=s1&partner=m1"),
    "pages.publishing": _run("/publish"),
    "pages.compare_runs": lambda store: (
        f"/runs/{run_of(store, 'solved')}/comparison?with={run_of(store, 'published')}"
    ),
    "pages.run_sheet": _run("/sheet"),
    "pages.unknown_outcomes": _at("/introductions"),
    "pages.outcome": _outcome,
}
WRITE: Mapping[str, Path] = {
    "pages.make_cohort": _at("/cohorts"),
    "pages.add_to_cohort": _at("/cohorts/solved/add"),
    "pages.take_out": _at("/cohorts/solved/remove"),
    "pages.put_contact": _at("/contacts"),
    "pages.put_contacts": _at("/contacts/many"),
    "pages.make_run": _at("/cohorts/solved/runs"),
    "pages.configure_run": _run("/configuration"),
    "pages.solve_run": _run("/solve"),
    "pages.cancel_run": _run("/cancel"),
    "pages.copy_run": _run("/copy"),
    "pages.close_run": _run("/close"),
    "pages.mend_run": _run("/mend"),
    "pages.edit_run": _run("/edits"),
    "pages.undo_edit": _run("/undo"),
    "pages.publish_run": _run("/publish"),
    "pages.import_sheet": _run("/sheet"),
    "pages.answer_introduction": _introduction,
    "pages.note_outcome": _outcome,
    "pages.undo_outcome": lambda store: f"{_outcome(store)}s/1/undo",
}
ENDPOINTS = READ.keys() | WRITE.keys()
