"""The service's state as JSON."""

from api.schemas.common import Answer


class LiveAnswer(Answer):
    """The process answers."""

    status: str = "live"


class ReadyAnswer(Answer):
    """The database and the matching service answer."""

    status: str = "ready"
    revision: int
    model_version: str
