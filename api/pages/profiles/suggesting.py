"""Suggestions while somebody types a label or a name: what the catalogue, or the list, knows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import Response
from rapidfuzz import fuzz, process

from api.access import allow, current_scope
from api.pages import words
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.parameters import text
from api.pages.profiles.fields import CATALOGUE, NAMED
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.interactions import local
from matcher.matching.wording import Language
from matcher.profiles import PARTNER_ROLES, Role
from matcher.taxonomy.taxonomy import folded
from matcher.text.comparable import comparable
from matcher.text.sounds import initials, spelt

MOST = 8
NEAR = 60.0


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is put into the field, and what stands beside it."""

    value: str
    beside: str = ""


@pages.get("/profiles/suggest")
@allow(*OFFICE, cookie=True)
def suggest() -> Response:
    """The few values of a field that begin with, contain, sound like or resemble what was typed."""
    name, typed = text("field"), text("q")[:100]
    if name in CATALOGUE:
        found = _labels(CATALOGUE[name], typed, language())
    elif name in NAMED and typed:
        found = list(_names(NAMED[name], typed))
    else:
        found = []
    return page("profiles/suggestions.html", suggestions=found)


def _labels(kind: str, typed: str, wanted: Language) -> list[Suggested]:
    key = folded(typed)
    known = _known(kind, wanted)
    begin = [name for name, keys in known if any(each.startswith(key) for each in keys)]
    contain = [name for name, keys in known if any(key in each for each in keys)]
    names = list(dict.fromkeys((*begin, *contain)))
    if len(names) < MOST and len(key) > 1:
        near = process.extract(
            key, [keys[0] for _, keys in known], scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST
        )
        names = list(dict.fromkeys((*names, *(known[place][0] for _, _, place in near))))
    return [Suggested(name) for name in names[:MOST]]


@lru_cache(maxsize=8)
def _known(kind: str, wanted: Language) -> list[tuple[str, tuple[str, ...]]]:
    """Each name of a catalogue, with what it is found by: itself, its other name, its pinyin."""
    zh, en = (dict(words.choices(kind, language=each)) for each in ("zh", "en"))
    shown = zh if wanted == "zh" else en
    return [(name.strip(), _keys(shown[code], zh[code], en[code])) for code, name in shown.items()]


def _keys(*names: str) -> tuple[str, ...]:
    texts: Iterable[str] = (name.strip() for name in names)
    keys = [folded(name) for name in texts]
    sounds = [sound for key in keys for sound in (initials(key), *spelt(key)[:1])]
    return tuple(filter(None, dict.fromkeys((*keys, *sounds))))


def _names(side: str, typed: str) -> Iterator[Suggested]:
    scope = current_scope()
    roles = (Role.STARTUP,) if side == "startup" else PARTNER_ROLES
    found = scope.store.page(scope.organisation, roles=roles, search=typed, limit=MOST)
    for profile in found.profiles:
        reference = local(scope.organisation, profile.key)
        yield Suggested(reference, profile.name if comparable(profile.name) != comparable(reference) else "")
