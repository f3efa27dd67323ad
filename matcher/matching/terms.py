"""Which of several attribute terms a sentence names."""

from collections.abc import Iterable
from functools import lru_cache

from matcher.features.attributes import broader_terms
from matcher.taxonomy import regions


def narrowest(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms without those that contain another of them (a province beside its city)."""
    return _narrowest(tuple(terms))


@lru_cache(maxsize=100_000)
def _narrowest(terms: tuple[str, ...]) -> tuple[str, ...]:
    listed = tuple(dict.fromkeys(terms))
    broader = {ancestor for term in listed for ancestor in broader_terms(term)}
    return tuple(term for term in listed if term not in broader)


@lru_cache(maxsize=100_000)
def is_country(term: str) -> bool:
    """Whether the term is a whole country: that a pair shares it says nothing."""
    family, _, code = term.partition(":")
    return family == "region" and code in regions().codes and not broader_terms(term)
