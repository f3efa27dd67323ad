"""/v1/models: the trained versions."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_services
from api.principals import OFFICE
from api.schemas.common import Query
from api.schemas.models import ModelsAnswer, models_answer

bp = APIBlueprint("models", __name__, url_prefix="/v1/models", tag="Models")


@bp.get("")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ModelsAnswer)
def list_models(_query: Query) -> ModelsAnswer:
    """List the model versions

    With what each one's manifest tells and what the gate said of it; `live` is the one that serves, null
    before any training, and `promotions` tells how it came to serve.
    """
    registry = current_services().registry
    return models_answer(registry.versions(), registry.live(), registry.promotions(), g.request_id)
