"""What listings look profiles up by: words, pinyin, and the terms of what they declare."""

from matcher.features.attributes import Family, attributes_of
from matcher.profiles import Profile
from matcher.text.comparable import comparable
from matcher.text.sounds import initials, spelt

_LISTED = frozenset(f"{family}" for family in (Family.INDUSTRY, Family.REGION, Family.STAGE, Family.SERVICE))


def search_columns(profile: Profile) -> dict[str, str]:
    """`search`: name, id, tags and initials, a line each; `pinyin`: a line for each syllable to begin at;
    `facets`: a line for each term of industry, region, stage and service, broader ones too.

    All as they are compared. `pinyin` and `facets` begin and end with a line feed (or are ""), so that a
    line can be looked for by its beginning or whole. Terms are those of the taxonomies as they are now: a
    taxonomy that changes comes with a migration that makes them again.
    """
    name = comparable(profile.name)
    written = (name, comparable(profile.id), *map(comparable, profile.tags), initials(name))
    terms = [term for term in attributes_of(profile) if term.partition(":")[0] in _LISTED]
    return {"search": "\n".join(written), "pinyin": _lines(spelt(name)), "facets": _lines(terms)}


def _lines(texts: list[str] | tuple[str, ...]) -> str:
    return "".join(f"\n{text}" for text in texts) + "\n" if texts else ""
