"""Everything that is held of somebody, as the answer to a request."""

from flask import Response

from api.access import current_services
from api.privacy.packing import packed
from matcher.erasures import Whom


def zipped(subject: Whom, name: str) -> Response:
    """The ZIP as a file whose name begins so; nobody on the way may keep it."""
    held = current_services().store.erasures.held(subject)
    response = Response(packed(held), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{held.at:%Y%m%d}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response
