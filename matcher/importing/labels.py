"""Labels against the catalogues: unknown ones are kept and named, with what was probably meant."""

import functools
import re

from matcher.taxonomy import Taxonomy, industries, region_path, regions, services, stages
from matcher.taxonomy.stage_ranges import seeks_any, spanned
from matcher.taxonomy.taxonomy import folded

_CATALOGUE = {
    "industries": industries,
    "stage": stages,
    "stages": stages,
    "needs": services,
    "offers": services,
}
_SPELT = frozenset(("industries", "needs", "offers"))
_JOINT = re.compile(r"\s*[/／+＋]\s*|\s+")
CHECKED = frozenset((*_CATALOGUE, "region"))
"""The fields whose labels a catalogue knows."""


@functools.lru_cache(maxsize=65_536)
def unknown_label(field: str, label: str) -> str | None:
    """None for a label that the field's catalogue knows, else the nearest known one ("" where none is)."""
    if field == "region":
        known = any(not part.startswith("~") for part in region_path(label)[:1])
        return None if known else regions().suggest(label) or ""
    if field == "stages" and (seeks_any(label) or spanned(label)):
        return None
    catalogue: Taxonomy = _CATALOGUE[field]()
    return None if catalogue.resolve(label) is not None else catalogue.suggest(label) or ""


@functools.lru_cache(maxsize=65_536)
def misspelt(field: str, label: str) -> bool:
    """Whether a label that the field's catalogue does not know is matched as the one entry it misspells.

    Stages and regions are not: their names are short and near each other (A轮, B轮).
    """
    return field in _SPELT and _CATALOGUE[field]().misspelt(folded(label)) is not None


@functools.lru_cache(maxsize=65_536)
def parted(field: str, label: str) -> tuple[str, ...]:
    """The parts of a label joined by a slash, plus or space where only they are known: 人工智能/大数据.

    Any other label, known or not, stands as it is.
    """
    if field not in _CATALOGUE or unknown_label(field, label) is None:
        return (label,)
    parts = tuple(_JOINT.split(label))
    return parts if all(part and unknown_label(field, part) is None for part in parts) else (label,)


@functools.lru_cache(maxsize=65_536)
def parted_expertise(label: str) -> tuple[str, ...]:
    """The same of expertise, whose parts may each be a service or an industry: 半导体/先进制造."""
    if _is_expertise(label):
        return (label,)
    parts = tuple(_JOINT.split(label))
    return parts if all(part and _is_expertise(part) for part in parts) else (label,)


def _is_expertise(label: str) -> bool:
    return unknown_label("offers", label) is None or unknown_label("industries", label) is None


@functools.lru_cache(maxsize=65_536)
def field_of_expertise(label: str) -> str:
    """Where a label of expertise belongs: "industries", else "offers": there, as among needs, one that no
    catalogue knows is kept as a free label, so that who needs just that finds it."""
    if services().resolve(label) is not None:
        return "offers"
    return "industries" if industries().resolve(label) is not None else "offers"
