"""The import itself, once somebody has looked."""

from contextlib import suppress

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope, current_services
from api.importing import imported
from api.pages.blueprint import pages
from api.pages.importing.looking import preview_page
from api.pages.importing.planning import seen
from api.pages.importing.preparing import Waiting, sources_of
from api.principals import OFFICE
from matcher.duplicates.searching import SEARCH
from matcher.errors import BoleError, NotReady, UnreadableFile
from matcher.importing import Plan
from matcher.uploads import Overtaken, Upload, UploadState


@pages.post("/import/<reference:import_id>/commit")
@allow(*OFFICE, cookie=True)
def commit_import(import_id: str) -> AnyResponse:
    """Import what waits, once however often it is asked, and go on to the receipt."""
    scope = current_scope()
    try:
        upload = scope.store.uploads.take(scope.organisation, import_id, seen())
    except Overtaken:
        found = scope.store.uploads.get(scope.organisation, import_id)
        return preview_page(Waiting.of(found), 409, refused="changed")
    if upload.state is not UploadState.DONE and not _import(scope, upload):
        return preview_page(Waiting.of(upload), 422, refused="nothing")
    return redirect(url_for("pages.show_import", import_id=import_id), 303)


def _import(scope: Scope, upload: Upload) -> bool:
    """Whether anything could be imported; what headers mean is remembered then."""
    plan = Waiting.of(upload).plan
    try:
        id_, _ = imported(scope, sources_of(scope, upload.id), plan=plan, id_=upload.id)
    except UnreadableFile:
        id_ = ""
    except BoleError:
        scope.store.uploads.give_back(scope.organisation, upload.id)
        raise
    if not id_:
        scope.store.uploads.give_back(scope.organisation, upload.id)
        return False
    scope.store.uploads.remember(scope.organisation, _said(plan))
    scope.store.uploads.finish(scope.organisation, upload.id)
    with suppress(NotReady):  # whoever opens the list can have it searched
        current_services().queue_job(SEARCH, {"organisation": scope.organisation})
    return True


def _said(plan: Plan) -> dict[str, dict[str, str]]:
    return {kind.value: dict(fields) for kind, fields in plan.meanings.items()}
