"""What the search for duplicates looks at of a profile, made ready to be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matcher.profiles import Profile, Role
from matcher.taxonomy import industries, region_path
from matcher.text.comparable import comparable, organisation_core
from matcher.text.sounds import spelt

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\d.-])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?![\d-])")
_SITE = re.compile(r"(?:https?://|www\.)(?:www\.)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})")
_HAN = re.compile("[\u3400-\u9fff]")
_TRADE = re.compile(
    "(?:科技|技术|信息|信息技术|网络|网络科技|智能科技|实业|technology|technologies|tech|software|group)$"
)
_SHORTEST_BRAND = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A profile by what tells it from others. `whole` is the comparable name, `core` what is left of it (see
    `organisation_core`), `reach` phone numbers, addresses and sites, each with its kind before a colon."""

    id: str
    role: Role
    name: str
    whole: str
    core: str
    region: str = ""
    industries: tuple[str, ...] = ()
    reach: frozenset[str] = frozenset()

    @property
    def brand(self) -> str:
        """The core without a last word that says only the trade; the core itself where nothing is left."""
        short = _TRADE.sub("", self.core)
        return short if len(short) >= _SHORTEST_BRAND else self.core

    @property
    def sound(self) -> str:
        """The core in pinyin, or as it is where it has no Chinese."""
        return next(iter(spelt(self.core)), self.core)

    @property
    def is_latin(self) -> bool:
        """Whether the name is written without Chinese."""
        return not _HAN.search(self.core)

    @property
    def places(self) -> tuple[str, ...]:
        """Codes of the region and those that contain it, the broadest first; () where it is unknown."""
        return _path(self.region)

    @property
    def fields(self) -> frozenset[str]:
        """Codes of the industries, those alone that the taxonomy knows."""
        return frozenset(code for label in self.industries for code in _codes(label))


def named(profile: Profile, email: str = "") -> Named:
    """What the search looks at; `email` is the address that the office writes to."""
    return Named(
        profile.id,
        profile.role,
        profile.name,
        comparable(profile.name),
        organisation_core(profile.name),
        profile.region,
        profile.industries,
        frozenset(_reach(f"{profile.description}\n{email}".lower())),
    )


def _reach(text: str) -> Iterator[str]:
    """Phone numbers, e-mail addresses and sites that a text names."""
    if "@" in text:
        yield from (f"email:{found}" for found in _EMAIL.findall(text))
    if "www." in text or "://" in text:
        yield from (f"website:{found}" for found in _SITE.findall(text))
    yield from (f"phone:{re.sub('[- ]', '', found)}" for found in _PHONE.findall(text))


@lru_cache(maxsize=8_192)
def _path(region: str) -> tuple[str, ...]:
    return tuple(region_path(region)) if region.strip() else ()


@lru_cache(maxsize=8_192)
def _codes(label: str) -> tuple[str, ...]:
    return industries().resolve_all(label)
