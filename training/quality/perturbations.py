"""Profiles as they also arrive: with gaps, with slips of the hand, in another language.

Each change is a pure function of one row of a profile file and a generator; equal seeds change equally.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from matcher.taxonomy import Taxonomy, industries, region_path, regions, services, stages
from matcher.text.homophones import homophones

Row = Mapping[str, str]
Change = Callable[[Row, np.random.Generator], dict[str, str]]

SEED = 20240611
BLANK_SHARE = 0.3
_KEPT = frozenset({"id", "name", "status", "exclude", "conflicts", "capacity", "min_load", "deploying"})
"""Who it is and what the hard rules read; everything else may be missing."""
_LISTS = ";"
_CATALOGUES: Mapping[str, Callable[[], Taxonomy]] = {
    "industries": industries,
    "stage": stages,
    "stages": stages,
    "needs": services,
    "offers": services,
}


def changed(rows: Iterable[Row], change: Change, seed: int = SEED) -> list[dict[str, str]]:
    """Every row changed, each with draws of its own: leaving one out does not change the next."""
    return [change(row, np.random.default_rng([seed, at])) for at, row in enumerate(rows)]


def blanked(row: Row, rng: np.random.Generator) -> dict[str, str]:
    """Each filled field that describes the profile is blank with a chance of BLANK_SHARE."""
    gone = dict(zip(row, rng.random(len(row)) < BLANK_SHARE, strict=True))
    return {name: "" if gone[name] and name not in _KEPT else text for name, text in row.items()}


def misspelt(row: Row, rng: np.random.Generator) -> dict[str, str]:
    """Each industry with one slip of the hand (see `slip`)."""
    labels = [slip(label, rng) for label in parts(row.get("industries", ""))]
    return {**row, "industries": _LISTS.join(labels)}


def slip(label: str, rng: np.random.Generator) -> str:
    """One edit: two neighbours swapped, a character dropped, doubled, or one that sounds alike in its place.

    Only Chinese is misheard. A label of one character, or of equal ones, may stay as it is.
    """
    at = int(rng.integers(len(label)))
    kinds = [_swapped, _dropped, _doubled]
    if others := homophones(label[at]).replace(label[at], ""):
        kinds.append(partial(_misheard, others[rng.integers(len(others))]))
    return kinds[rng.integers(len(kinds))](label, at)


def translated(row: Row, _: np.random.Generator) -> dict[str, str]:
    """Industries, stage, needs and region in the English of the catalogues; unknown labels and texts stay.

    This is a dictionary's translation: names and descriptions have none here.
    """
    fields = [name for name in _CATALOGUES if name in row]
    labels = {name: _LISTS.join(_english(name, part) for part in parts(row[name])) for name in fields}
    return {**row, **labels, "region": _english_region(row.get("region", ""))}


def told_in_english(english: Sequence[Row]) -> Change:
    """The translation of the invented city's startups: its maker has their names and texts as `english`.

    A blank text stays blank.
    """
    told = {row["id"]: row for row in english}

    def change(row: Row, rng: np.random.Generator) -> dict[str, str]:
        words = told[row["id"]]
        text = words["description"] if row["description"] else ""
        return {**translated(row, rng), "name": words["name"], "description": text}

    return change


def _swapped(label: str, at: int) -> str:
    first = min(at, max(len(label) - 2, 0))
    return label[:first] + label[first : first + 2][::-1] + label[first + 2 :]


def _dropped(label: str, at: int) -> str:
    return label[:at] + label[at + 1 :] if len(label) > 1 else label


def _doubled(label: str, at: int) -> str:
    return label[: at + 1] + label[at:]


def _misheard(other: str, label: str, at: int) -> str:
    return label[:at] + other + label[at + 1 :]


def _english(field: str, label: str) -> str:
    code = _CATALOGUES[field]().resolve(label)
    return label if code is None else _CATALOGUES[field]().name(code, "en")


def _english_region(text: str) -> str:
    """A path, broadest first; what the catalogue of places does not know stays as it is written."""
    return "/".join(regions().name(code, "en") for code in region_path(text)) or text


def parts(cell: str) -> list[str]:
    """The labels of a list as the exchange format writes it."""
    return [part.strip() for part in cell.split(_LISTS) if part.strip()]
