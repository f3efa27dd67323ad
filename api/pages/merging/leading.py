"""From the id of a profile that was merged to the page of the one that stays."""

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.pages.blueprint import pages


@pages.after_request
def lead_on(response: Response) -> Response | AnyResponse:
    """A page that was asked for by an old id is at the new one's address. For now only: a browser would
    remember for ever what may be taken back tomorrow."""
    moved, asked = g.get("moved", {}), request.view_args or {}
    if request.method != "GET" or response.status_code != 200 or moved.keys().isdisjoint(asked.values()):
        return response
    values = {**request.args.to_dict(), **{name: moved.get(value, value) for name, value in asked.items()}}
    return redirect(url_for(str(request.endpoint), **values), 302)
