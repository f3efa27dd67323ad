"""Needs: what a label means, how a confirmed one enters a profile, and who offers it."""

import dataclasses
from collections.abc import Iterable

from matcher.errors import InvalidInput
from matcher.features.attributes import Family, offered_terms, service_terms
from matcher.matching.phrases import Language
from matcher.profiles import Profile
from matcher.taxonomy import services


def need_code(label: str) -> str:
    """The code of the service that a label, alias or code means.

    Raises:
        InvalidInput: the service catalogue does not know it.
    """
    code = services().meant(label)
    if code is None:
        near = services().suggest(label)
        remedy = f"did you mean {near}?" if near else "use a code of the service catalogue, as finance.loan"
        raise InvalidInput("need", label, "is no service of the catalogue", remedy)
    return code


def needs_of(profile: Profile) -> tuple[str, ...]:
    """The codes of the profile's needs, each once; labels that no catalogue knows are left out."""
    known = (services().meant(label) for label in profile.needs)
    return tuple(dict.fromkeys(code for code in known if code))


def has_need(profile: Profile, code: str) -> bool:
    """Whether the profile says that it needs this service, or one within it."""
    return _term(code) in service_terms(profile.needs)


def with_need(profile: Profile, code: str, language: Language) -> Profile:
    """The profile with the need, under the catalogue's name; as it is where it has it already."""
    if has_need(profile, code):
        return profile
    return dataclasses.replace(profile, needs=(*profile.needs, services().name(code, language)))


def offers(partner: Profile, code: str) -> bool:
    """Whether the partner says that it gives this service, or one within it."""
    return _term(code) in offered_terms(partner)


def names_of(codes: Iterable[str], language: Language) -> list[str]:
    """The services' names in the catalogue."""
    return [services().name(code, language) for code in codes]


def _term(code: str) -> str:
    return f"{Family.SERVICE}:{code}"
