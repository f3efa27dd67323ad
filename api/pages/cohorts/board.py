"""The board of a run: its result as a grid, what was done to it by hand, and how solving goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from api.access import Scope, allow, current_scope, current_services
from api.pages.blueprint import pages
from api.pages.cohorts.introduced import introduced
from api.pages.cohorts.shared import names_of, people_in, run_page
from api.pages.parameters import text
from api.principals import OFFICE
from matcher.cohorts.board import Standing, View, by_hand, grid_of, partners_of, startups_of
from matcher.cohorts.introducing.alternates import capacity_of
from matcher.cohorts.introducing.introduction import Introduction
from matcher.cohorts.mending import mended, raised
from matcher.cohorts.result import WayOut
from matcher.cohorts.run import MatchRun
from matcher.cohorts.status import OPEN_TO_EDITS, RunStatus
from matcher.errors import InvalidInput
from matcher.interactions import local, qualified

LINES = 40
"""How many startups stand on one page of the board."""
PUBLIC = (RunStatus.PUBLISHED, RunStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of an impasse by its place in it (clash, way), and whether a button can take it."""

    clash: int
    place: int
    way: WayOut
    taken_by_button: bool


@pages.get("/runs/<reference:run_id>")
@allow(*OFFICE, cookie=True)
def run(run_id: str) -> Response:
    """The run as it stands, all of it from one moment."""
    scope = current_scope()
    standing = scope.store.match_runs.standing(scope.organisation, run_id)
    introductions = introductions_of(scope, standing.run)
    everybody = startups_of(standing)
    page_number = _page_number(len(everybody))
    shown = everybody[(page_number - 1) * LINES : page_number * LINES]
    named = {*shown, *partners_of(standing), *people_in(standing.impasse), *_left_out(standing)}
    names = names_of(scope, named | {each.startup_id for each in standing.edits})
    return run_page(
        "run.html",
        standing=standing,
        run=standing.run,
        summary=standing.summary,
        now=by_hand(standing),
        grid=grid_of(standing, View(shown, names)) if standing.summary or standing.edits else None,
        names=names,
        exits=exits_of(standing, capacities(scope, standing)),
        introductions=introduced(scope, introductions) if introductions else None,
        open_to_edits=standing.run.status in OPEN_TO_EDITS,
        abandoned=standing.run.is_abandoned(current_services().clock()),
        page_number=page_number,
        last_page=max(-(-len(everybody) // LINES), 1),
    )


@pages.get("/runs/<reference:run_id>/progress")
@allow(*OFFICE, cookie=True)
def run_progress(run_id: str) -> Response:
    """How solving goes on, as the part of the board that htmx asks for every two seconds."""
    scope = current_scope()
    found = scope.store.match_runs.get(scope.organisation, run_id)
    return run_page("progress.html", run=found, abandoned=found.is_abandoned(current_services().clock()))


def introductions_of(scope: Scope, run: MatchRun) -> Sequence[Introduction]:
    """What became of a run's pairs; nothing before it is published."""
    if run.status not in PUBLIC:
        return ()
    return scope.store.introductions.all(scope.organisation, run=run.id)


def exits_of(standing: Standing, places: Mapping[str, int]) -> list[list[Exit]]:
    """The ways out of each of the run's bottlenecks."""
    clashes = standing.impasse.clashes if standing.impasse else ()
    return [
        [
            Exit(one, place, way, mended(way, standing.run.configuration, standing.edits, places) is not None)
            for place, way in enumerate(clash.ways_out)
        ]
        for one, clash in enumerate(clashes)
    ]


def capacities(scope: Scope, standing: Standing) -> dict[str, int]:
    """The places in this run of the partners whose capacity a way out raises."""
    ways = (way for clash in (standing.impasse.clashes if standing.impasse else ()) for way in clash.ways_out)
    wanted = {who for way in ways for who in raised(way)}
    if not wanted:
        return {}
    found = scope.store.attention.profiles({qualified(scope.organisation, who) for who in wanted})
    ids = {local(scope.organisation, key): profile for key, profile in found.items()}
    return {who: capacity_of(standing.run.configuration, profile, who) for who, profile in ids.items()}


def _left_out(standing: Standing) -> set[str]:
    left = standing.summary.left_out if standing.summary else ()
    return {each.startup_id for each in left}


def _page_number(count: int) -> int:
    """The page of startups that the address names, from 1.

    Raises:
        InvalidInput: there is no such page.
    """
    given = text("page") or "1"
    last = max(-(-count // LINES), 1)
    if not (given.isascii() and given.isdigit() and len(given) < 7 and 1 <= int(given) <= last):
        raise InvalidInput("page", given[:80], f"must be a whole number from 1 to {last}")
    return int(given)
