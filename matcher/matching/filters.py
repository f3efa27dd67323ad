"""Must-haves of a request: from labels as written to attribute terms."""

from collections.abc import Callable, Mapping, Sequence

from matcher.errors import InvalidInput
from matcher.features.attributes import Family, industry_terms, region_terms, service_terms, stage_terms
from matcher.matching.answers import Filters
from matcher.taxonomy import Taxonomy, industries, regions, services, stages
from matcher.text.comparable import comparable

_TERM: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "industries": lambda label: industry_terms((label,))[-1:],
    "regions": lambda label: region_terms(label)[-1:],
    "stages": lambda label: stage_terms(label)[-1:],
    "offers": lambda label: service_terms((label,))[-1:],
    "languages": lambda label: (f"{Family.LANGUAGE}:{comparable(label)}",),
    "tags": lambda label: (f"{Family.TAG}:{comparable(label)}",),
}
"""The narrowest attribute term of a label, by field of `Filters`."""

_CATALOGUES: Mapping[str, Callable[[], Taxonomy]] = {
    "industries": industries,
    "regions": regions,
    "stages": stages,
    "offers": services,
}


def wanted_terms(filters: Filters) -> list[list[str]]:
    """For each non-empty must-have, the terms of which a candidate needs at least one."""
    fields = [[term for label in getattr(filters, field) for term in _TERM[field](label)] for field in _TERM]
    return [terms for terms in fields if terms]


def refuse_unknown_labels(filters: Filters, declared: Callable[[Sequence[str]], bool]) -> None:
    """Refuse a label that would remove everybody because nobody could have it. `declared` tells whether any
    of those who are looked for declares one of the terms.

    Raises:
        InvalidInput: neither the catalogue nor any profile knows the label; the nearest known one is named.
    """
    for field, term_of in _TERM.items():
        for label in getattr(filters, field):
            if not _in_catalogue(field, label) and not declared(term_of(label)):
                raise InvalidInput(
                    field, label, "is known neither to the catalogue nor to any profile", _hint(field, label)
                )


def _in_catalogue(field: str, label: str) -> bool:
    return field in _CATALOGUES and _CATALOGUES[field]().resolve(label) is not None


def _hint(field: str, label: str) -> str:
    nearest = _CATALOGUES[field]().suggest(label) if field in _CATALOGUES else None
    return f"did you mean {nearest}?" if nearest else "leave it out to see everybody"
