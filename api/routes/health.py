"""/health and /metrics: what watchers of the service ask. Public: the answers hold nothing of anyone."""

from apiflask import APIBlueprint, FileSchema
from flask import Response, g

from api.access import current_services, uncounted
from api.observing import current_observer
from api.schemas.health import LiveAnswer, ReadyAnswer

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"

bp = APIBlueprint("health", __name__, tag="Health")


@bp.get("/health/live")
@uncounted
@bp.output(LiveAnswer)
def live() -> LiveAnswer:
    """Does the process answer?"""
    return LiveAnswer(request_id=g.request_id)


@bp.get("/health/ready")
@uncounted
@bp.output(ReadyAnswer)
def ready() -> ReadyAnswer:
    """Can it answer match requests?

    503 while it cannot: the database does not answer, the live model cannot be used, or the thread that
    follows the live model is lost.
    """
    services = current_services()
    services.check()
    return ReadyAnswer(
        request_id=g.request_id,
        revision=services.store.revision(),
        model_version=services.matches.model_version,
    )


@bp.get("/metrics")
@uncounted
@bp.output(FileSchema(type="string"), content_type="text/plain")
def metrics() -> Response:
    """Figures for Prometheus

    Answers by route and status, and how long they took, of all worker processes together.
    """
    return Response(current_observer().exposition(), content_type=TEXT_FORMAT)
