"""A new panel, and what is to be different of one that there is: its call, rules, applications, reviewers."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from flask import Response, request
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope, current_services
from api.office import zone
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, posted, to
from api.pages.panels.mistakes import NONE, PAST, Mistake, mistake_of
from api.pages.panels.shared import change_seen, own_panel, plain_page
from api.pages.panels.typed import SPARE, Typed, document_in, typed_in, typed_of, usual_form
from api.pages.said import say
from api.panels import change_of, parts_of
from api.principals import OFFICE
from api.schemas.panels import PanelIn, PanelPatch
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.panel.values import LONGEST_CALL, Panel, PanelStatus, RankBy, Sharing, TieBreak
from matcher.profiles import PARTNER_ROLES, Profile, Role, Status

MOST_FOUND = 20
_SEARCHES = ("find-startups", "find-partners")


@pages.get("/panels/new")
@allow(*OFFICE, cookie=True)
def new_panel() -> Response:
    """The form of a new panel; with the cohort that the address names."""
    scope, typed = current_scope(), usual_form()
    cohort = request.args.get("cohort", "")
    return _page(_with_cohort(scope, typed, cohort) if cohort else typed)


@pages.post("/panels")
@allow(*OFFICE, cookie=True, large_body=True)
def make_panel() -> AnyResponse:
    """Set up the panel, or search for and add what the form asks for. Sent twice, it is set up once."""
    scope, id_ = current_scope(), posted("id", 64)
    typed = _added(scope, typed_in(request.form))
    if request.form.get("do") != "save":
        return _page(typed)
    try:
        body = PanelIn.model_validate(document_in(typed) | {"id": id_})
        _check_due(body.settings.due)
        applications, reviewers = parts_of(scope, body)
        made = Panel(
            organisation=scope.organisation,
            id=body.id or "",
            name=body.name,
            settings=body.settings.settings(),
            applications=applications or (),
            reviewers=reviewers or (),
        )
        scope.store.panels.create(made, change_of(scope))
        say("panel-made")
    except Conflict:
        pass  # the same form was sent before
    except (ValidationError, InvalidInput, NotFound) as error:
        return _page(typed, status=422, wrong=mistake_of(error))
    return to("pages.panel", panel_id=id_)


@pages.get("/panels/<reference:panel_id>/setup")
@allow(*OFFICE, cookie=True)
def panel_setup(panel_id: str) -> Response:
    """The form of what may be different of a panel."""
    found = own_panel(panel_id)
    return _page(typed_of(found), found)


@pages.post("/panels/<reference:panel_id>/setup")
@allow(*OFFICE, cookie=True, large_body=True)
def change_panel(panel_id: str) -> AnyResponse:
    """Change the panel, or search for and add what the form asks for."""
    scope, found = current_scope(), own_panel(panel_id)
    typed = _added(scope, typed_in(request.form))
    if request.form.get("do") != "save":
        return _page(typed, found)
    try:
        body = PanelPatch.model_validate(document_in(typed))
        _check_due(body.settings.due if body.settings else None, found.settings.due)
        applications, reviewers = parts_of(scope, body)
        kept = scope.store.panels.change(
            scope.organisation,
            panel_id,
            change_seen(scope, posted("why")),
            name=body.name,
            settings=body.settings.settings() if body.settings else None,
            applications=applications,
            reviewers=reviewers,
        )
    except (ValidationError, InvalidInput, NotFound, Conflict) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _page(typed, own_panel(panel_id), status, wrong=mistake_of(error), refused=error)
    say("panel-changed", again=kept.status is PanelStatus.DRAFT and bool(kept.reviews))
    return to("pages.panel", panel_id=panel_id)


def _added(scope: Scope, typed: Typed) -> Typed:
    """The form with what was ticked, named and asked for."""
    if request.form.get("do") == "add-cohort":
        typed = _with_cohort(scope, typed, request.form.get("cohort", ""))
    startups = [scope.startup(each).id for each in request.form.getlist("add_startup")]
    partners = scope.known(request.form.getlist("add_partner"))
    if request.form.get("do") == "add-mentors":
        partners |= {each.id: each for each in _active(scope, (Role.MENTOR,))}
    names = {each: profile.name for each, profile in partners.items() if profile.role in PARTNER_ROLES}
    typed = typed.with_applications(startups).with_partners(list(names), names)
    return typed.with_experts(request.form.get("experts", ""))


def _with_cohort(scope: Scope, typed: Typed, cohort: str) -> Typed:
    """The form with the applications of a cohort's startups, which must still be there."""
    listed = scope.store.cohorts.get(scope.organisation, cohort).startups
    known = scope.known(listed)
    return typed.with_applications([each for each in listed if each in known])


def _active(scope: Scope, roles: Sequence[Role]) -> list[Profile]:
    every = scope.store.profiles(scope.organisation, roles=roles)
    return [profile for profile in every if profile.status is Status.ACTIVE]


def _check_due(due: dt.date | None, before: dt.date | None = None) -> None:
    """Refuse a last day that is over; one that stands already may stay."""
    if due is not None and due != before and due < current_services().clock().astimezone(zone()).date():
        raise InvalidInput("settings.due", due, PAST)


def _page(
    typed: Typed,
    panel: Panel | None = None,
    status: int = 200,
    *,
    wrong: Mistake = NONE,
    refused: Exception | None = None,
) -> Response:
    scope, search = current_scope(), {name: posted(name, 300) for name in ("q_startup", "q_partner")}
    do = request.form.get("do", "")
    names = names_of(scope, (row["startup_id"] for row in typed.applications))
    return plain_page(
        "setup.html",
        status,
        typed=typed,
        panel=panel,
        new_id=posted("id", 64) or f"p{current_services().clock():%Y%m%d}-{secrets.token_hex(3)}",
        names=names,
        search=search,
        startups=_found(scope, (Role.STARTUP,), search["q_startup"]) if do == _SEARCHES[0] else None,
        partners=_found(scope, PARTNER_ROLES, search["q_partner"]) if do == _SEARCHES[1] else None,
        cohorts=scope.store.cohorts.all(scope.organisation),
        wrong=wrong.place,
        told_wrong=wrong.told,
        refused=refused,
        why=posted("why"),
        spare=SPARE,
        longest_call=LONGEST_CALL,
        words=_words(),
    )


def _found(scope: Scope, roles: Sequence[Role], search: str) -> Sequence[Profile]:
    """Who is found, the own organisation's and shared partners."""
    page = scope.store.page(scope.organisation, roles=roles, search=search, limit=MOST_FOUND)
    return [scope.visible(profile) for profile in page.profiles]


def _words() -> dict[str, Any]:
    return {"rank_by": list(RankBy), "sharing": list(Sharing), "ties": list(TieBreak)}
