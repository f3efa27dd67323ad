"""The page of the guides."""

from collections.abc import Mapping
from functools import partial

from flask import Response, g

from api.access import allow
from api.pages.blueprint import pages
from api.pages.helping.pictures import picture
from api.pages.language import language
from api.pages.parameters import text
from api.pages.rendering import page
from api.principals import OFFICE, Caller

OF: Mapping[Caller, str] = {
    **dict.fromkeys(OFFICE, "office"),
    Caller.STARTUP: "startup",
    Caller.MENTOR: "partner",
    Caller.INVESTOR: "partner",
}
"""Whose guide a caller reads first. The office reads all: it is asked about them."""


@pages.get("/help")
@allow(*Caller, cookie=True)
def guide() -> Response:
    """The reader's own guide; the office may open the others' too (`for`)."""
    own, asked = OF[g.principal.role], text("for")
    shown = asked if own == "office" and asked in OF.values() else own
    return page(
        f"help/{shown}.html",
        shown=shown,
        guides=dict.fromkeys(OF.values()) if own == "office" else (),
        picture=partial(picture, language=language()),
    )
