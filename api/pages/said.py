"""What the next page is to say once: that something was done, or a secret that is not kept."""

from typing import Any

from flask import session

_SAID = "said"


def say(what: str, **facts: Any) -> None:
    """Have the next page that looks say it. It waits in the browser's own session, so that a form can answer
    by a redirect and sending it again by accident shows no secret twice."""
    session[_SAID] = {"what": what, **facts}


def said() -> dict[str, Any]:
    """What is to be said now, {} where nothing is; it is not said again."""
    found: dict[str, Any] = session.pop(_SAID, {})
    return found
