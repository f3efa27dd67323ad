"""One import's page: before it is done, what the files hold; afterwards, the receipt."""

from flask import Response, request

from api.access import allow, current_scope
from api.office import zone
from api.pages.blueprint import pages
from api.pages.importing.preparing import Waiting, can_be_emptied, can_be_put_right, value_text, words_for
from api.pages.profiles.names import FIELD_NAMES, KIND_NAMES
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.errors import NotFound
from matcher.importing.headers import fields_of
from matcher.importing.kinds import Kind
from matcher.uploads import UploadState


@pages.get("/import/<reference:import_id>")
@allow(*OFFICE, cookie=True)
def show_import(import_id: str) -> Response:
    """What waits under the id, else the receipt of what was imported under it."""
    scope = current_scope()
    try:
        upload = scope.store.uploads.get(scope.organisation, import_id)
    except NotFound:
        return receipt_page(import_id)
    if upload.state is UploadState.DONE:
        return receipt_page(import_id)
    return preview_page(Waiting.of(upload))


def preview_page(waiting: Waiting, status: int = 200, refused: str = "") -> Response:
    """What the files hold, and the forms to put it right."""
    look = waiting.upload.look
    return page(
        "importing/preview.html",
        status,
        upload=waiting.upload,
        plan=waiting.plan,
        sights=look["sights"],
        left=look["left"],
        report=look["report"],
        counted={file["name"]: file for file in look["report"]["files"]},
        kinds=KIND_NAMES,
        fields_of={kind.value: fields_of(kind) for kind in Kind},
        names=FIELD_NAMES,
        more=look["more"],
        can_be_put_right=can_be_put_right,
        can_be_emptied=can_be_emptied,
        words_for=words_for,
        value_text=value_text,
        refused=refused,
    )


def receipt_page(import_id: str) -> Response:
    """What an import did, and the way to take it back."""
    scope = current_scope()
    report = scope.store.import_report(scope.organisation, import_id)
    try:
        change = scope.store.amendments.get(scope.organisation, import_id)
    except NotFound:
        change = None  # imported before changes were kept, or by the command line
    return page(
        "importing/receipt.html",
        report=report,
        change=change,
        kinds=KIND_NAMES,
        names=FIELD_NAMES,
        address=request.path,
        zone=zone(),
    )
