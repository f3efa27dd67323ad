"""One moment of the matching service for each request, and the header that says which version answered."""

from apiflask import APIFlask
from flask import Response, g

from api.access import current_services
from api.services import Moment
from matcher.profiles import Profile

VERSION_HEADER = "X-Model-Version"


def current_moment(*asked: Profile) -> Moment:
    """What answers everything that this request asks of the matching service.

    The first to ask says about whom: they are known, however new they are.
    """
    if "moment" not in g:
        g.moment = current_services().matches.moment(*(profile.key for profile in asked))
    moment: Moment = g.moment
    return moment


def register_answering(app: APIFlask) -> None:
    """Name the model version in the headers of every answer that ranks."""
    app.after_request(_name_version)


def _name_version(response: Response) -> Response:
    if "moment" in g:
        response.headers[VERSION_HEADER] = g.moment.model_version
    return response
