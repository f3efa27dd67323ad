"""Files come: the page to drop them on, and what becomes of them first."""

import datetime as dt

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.office import zone
from api.pages.blueprint import pages
from api.pages.importing.preparing import known_meanings, looked
from api.pages.profiles.acting import notice
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.amendments import AmendmentKind
from matcher.errors import UnreadableFile
from matcher.importing import Plan, Source
from matcher.importing.bundles import unpacked
from matcher.importing.looking import guesses
from matcher.importing.plan import joined

MOST_FILES = 20
LISTED = 10
CUT_OFF_AFTER = dt.timedelta(minutes=10)
"""An import that has not come to its end by then was cut off. One that runs is not taken back meanwhile."""


@pages.get("/import")
@allow(*OFFICE, cookie=True)
def importing() -> Response:
    """The place for files, what waits, and the last imports."""
    return _page()


@pages.post("/import")
@allow(*OFFICE, cookie=True, large_body=True)
def receive_files() -> AnyResponse:
    """Keep the files until somebody has looked at them, and show what they hold."""
    scope, given = current_scope(), request.files.getlist("files")
    files = [file for file in given if file.filename]
    if not files:
        return _page(422, refused="none")
    if len(files) > MOST_FILES:
        return _page(422, refused="many")
    sources, left = _sources([Source(_name(str(file.filename)), file.read()) for file in files])
    meanings = known_meanings(scope)
    plan = Plan(meanings=joined(guesses(sources, Plan(meanings=meanings)), meanings))
    id_ = scope.store.uploads.add(
        scope.organisation,
        [(source.name, source.data) for source in sources],
        who=scope.principal.who,
        plan=plan.to_dict(),
        look=looked(scope, sources, plan, left),
    )
    return redirect(url_for("pages.show_import", import_id=id_), 303)


def _sources(given: list[Source]) -> tuple[list[Source], list[str]]:
    """The tables that came, each under a name of its own, and why others were left."""
    found, left = dict[str, Source](), list[str]()
    for source in given:
        try:
            for each in unpacked(source):
                name = _fresh(each.name, found)
                found[name] = Source(name, each.data)
        except UnreadableFile as error:
            left.append(str(error))
    return list(found.values()), left


def _fresh(name: str, taken: dict[str, Source]) -> str:
    """The name, numbered where there is one already: startups (2).csv."""
    stem, dot, suffix = name.rpartition(".")
    for number in range(2, 1_000):
        if name not in taken:
            break
        name = f"{stem or suffix} ({number}){dot}{suffix if stem else ''}"
    return name


def _name(given: str) -> str:
    """The file's name without folders and control characters."""
    last = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable())
    return kept[-120:] or "file"


def _page(status: int = 200, refused: str = "") -> Response:
    scope, ended = current_scope(), current_services().clock() - CUT_OFF_AFTER
    return page(
        "importing/coming.html",
        status,
        refused=refused,
        most=MOST_FILES,
        waiting=scope.store.uploads.waiting(scope.organisation),
        imports=scope.store.amendments.latest(scope.organisation, AmendmentKind.IMPORTED, limit=LISTED),
        cut_off=lambda each: each.can_be_undone and each.at < ended,
        change=notice(scope),
        zone=zone(),
    )
