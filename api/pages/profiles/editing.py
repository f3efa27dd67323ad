"""Writing one profile: a new one, or one that is there, unless somebody else has changed it meanwhile."""

from dataclasses import dataclass, replace

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.profiles.acting import list_of, own, page_of, typed
from api.pages.profiles.fields import (
    CATALOGUE,
    LONG,
    NAMED,
    NUMBERS,
    SUGGESTED,
    Form,
    form_fields,
    form_of,
    misread,
    read_form,
    replaced,
)
from api.pages.profiles.names import FIELD_NAMES, STATUS_NAMES
from api.pages.rendering import page
from api.principals import OFFICE
from api.schemas.profiles import etag_of
from matcher.amendments import Amendment, AmendmentKind
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.importing.identity import made_id
from matcher.importing.tickets import with_ticket
from matcher.profiles import COLUMNS, Profile, Role


class Overwritten(Conflict):
    """Somebody else wrote the profile since it was read; `now` is how it stands (None: it is gone)."""

    def __init__(self, now: Profile | None) -> None:
        self.now = now
        super().__init__("the profile has changed since its form was opened")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says one thing now and another in the form."""

    name: str
    now: str


@pages.get("/profiles/new")
@allow(*OFFICE, cookie=True)
def new_profile() -> Response:
    """An empty form of the role that the address names."""
    return _new(_role(), Form({"status": "active"}))


@pages.post("/profiles/new")
@allow(*OFFICE, cookie=True)
def create_profile() -> AnyResponse:
    """Keep a new profile; where its id is taken, say so and lose nothing."""
    role, scope = _role(), current_scope()
    form = read_form(role, _texts(role), None)
    if form.wrong:
        return _new(role, form, 422)
    id_ = typed("id") or made_id(role, str(form.values["name"]))
    try:
        made = with_ticket(Profile(organisation=scope.organisation, role=role, id=id_, **form.values))
        change = scope.store.amendments.amend(
            scope.organisation, {id_: lambda now: _fresh(now, made)}, AmendmentKind.CREATED, who=_who()
        )
    except InvalidInput as error:
        return _new(role, replace(form, wrong={error.field: misread(error)}), 422)
    except Conflict:
        return _new(role, form, 409, taken=id_)
    return redirect(page_of(made, done=change.id), 303)


@pages.get("/profiles/<reference:profile_id>/edit")
@allow(*OFFICE, cookie=True)
def edit_profile(profile_id: str) -> Response:
    """The profile in its form."""
    profile = own(profile_id)
    return _edit(profile, form_of(profile))


@pages.post("/profiles/<reference:profile_id>/edit")
@allow(*OFFICE, cookie=True)
def save_profile(profile_id: str) -> AnyResponse:
    """Keep what was typed; where somebody else was faster, show both and lose neither."""
    profile = own(profile_id)
    form = read_form(profile.role, _corrected(_texts(profile.role)), profile)
    if form.wrong:
        return _edit(profile, form, 422)
    try:
        change = _write(profile.id, form)
    except InvalidInput as error:
        return _edit(profile, replace(form, wrong={error.field: misread(error)}), 422)
    except Overwritten as error:
        if error.now is None:
            raise NotFound("the profile was deleted a moment ago") from error
        return _edit(error.now, form, 409)
    if typed("use"):
        return redirect(url_for("pages.edit_profile", profile_id=profile.id, done=change.id), 303)
    return redirect(page_of(profile, done=change.id), 303)


def _write(id_: str, form: Form) -> Amendment:
    seen, scope = typed("version"), current_scope()

    def make(before: Profile | None) -> Profile:
        if before is None or etag_of(before) != seen:
            raise Overwritten(before)
        return with_ticket(replace(before, **form.values))

    return scope.store.amendments.amend(scope.organisation, {id_: make}, AmendmentKind.EDITED, who=_who())


def _fresh(now: Profile | None, made: Profile) -> Profile:
    if now is not None:
        raise Conflict(f"there is a profile {made.id!r} already")
    return made


def _new(role: Role, form: Form, status: int = 200, taken: str = "") -> Response:
    return _page(role, form, status, profile=None, version="", differences=(), taken=taken)


def _edit(profile: Profile, form: Form, status: int = 200) -> Response:
    """The form of a profile; with 409, the fields that stand otherwise by now, and their version."""
    now = form_of(profile).texts
    differences = [
        Difference(name, now[name]) for name in now if status == 409 and now[name] != form.texts.get(name, "")
    ]
    version = typed("version") if status == 422 else etag_of(profile)
    return _page(
        profile.role, form, status, profile=profile, version=version, differences=differences, taken=""
    )


def _page(role: Role, form: Form, status: int, **values: object) -> Response:
    return page(
        "profiles/edit.html",
        status,
        role=role,
        form=form,
        fields=form_fields(role),
        columns=COLUMNS[role],
        names=FIELD_NAMES,
        status_names=STATUS_NAMES,
        long=LONG,
        numbers=NUMBERS,
        suggested=SUGGESTED,
        catalogue=CATALOGUE,
        named=NAMED,
        list_address=list_of(role),
        **values,
    )


def _texts(role: Role) -> dict[str, str]:
    return {name: typed(name) for name in (*form_fields(role), "id", "status", "shared", "deploying")}


def _corrected(texts: dict[str, str]) -> dict[str, str]:
    """The texts, with the nearest known label where its button was pressed."""
    name, label, instead = [*typed("use").split("\t"), "", "", ""][:3]
    if name in texts and instead:
        return texts | {name: replaced(name, texts[name], label, instead)}
    return texts


def _role() -> Role:
    given = request.values.get("role", Role.STARTUP.value)
    if given not in set(Role):
        raise InvalidInput("role", given, "must be startup, mentor or investor")
    return Role(given)


def _who() -> str:
    return current_scope().principal.who
