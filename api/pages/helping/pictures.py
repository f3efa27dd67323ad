"""The pictures of the guides: `make screenshots` takes them (`tests/api/pages/walk/guide.py`)."""

import functools
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from flask import url_for
from flask_babel import lazy_gettext as _

from matcher.matching.wording import Language

mimetypes.add_type("image/webp", ".webp")  # Python 3.11 does not know it where the system does not

SIZES = "pictures.json"
FOLDER = resources.files("api.pages") / "static" / "help"

ALT: Mapping[str, str] = MappingProxyType(
    {
        "import": _("What files hold before the import: new and rejected rows, and what to put right"),
        "cohort": _("A cohort with its runs and buttons that match mentors or investors"),
        "board": _("The board of a run: startups down, partners across, the chosen pairs marked"),
        "publish": _("What publishing does, before it is done"),
        "today": _("The first page: what waits, who needs care, the cohorts"),
        "reasons": _("A line of a match list: the score, both halves, and the reasons in points"),
        "answers": _("The introductions of a published run with who has answered"),
        "card": _("A suggested mentor: why, free places, and buttons to ask or wave away"),
        "requests": _("A startup's introductions and requests with where each one stands"),
        "completeness": _("How complete a profile is, and which entry would help most"),
        "inbox": _("A mentor's inbox: startups that wait for an answer, with reasons"),
        "availability": _("The switch that pauses suggestions, and the number of places"),
        "leaving": _("The button that leaves automated matching"),
    }
)
"""Picture → what is to be seen there, for who does not see it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in one language: its address, what is to be seen there, and its size in pixels."""

    src: str
    alt: str
    width: int
    height: int


def picture(name: str, language: Language) -> Picture:
    """The picture of that name.

    Raises:
        KeyError: there is none.
    """
    width, height = sizes()[language][name]
    return Picture(
        url_for("pages.static", filename=f"help/{language}/{name}.webp"), str(ALT[name]), width, height
    )


@functools.cache
def sizes() -> Mapping[Language, Mapping[str, tuple[int, int]]]:
    """Language → picture → width and height."""
    found: Mapping[Language, Mapping[str, tuple[int, int]]] = json.loads(
        FOLDER.joinpath(SIZES).read_text(encoding="utf-8")
    )
    return found
