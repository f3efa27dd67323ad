"""The catalogues of words: what they hold, and which labels of the office's data they do not know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import Response
from flask_babel import lazy_gettext as _

from api.access import Scope, allow, current_scope
from api.keeping import Kept
from api.pages.blueprint import pages
from api.pages.parameters import text
from api.pages.profiles.names import FIELD_NAMES
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.errors import InvalidInput
from matcher.importing.strange import Strange, strange_labels
from matcher.taxonomy import Node, Taxonomy, industries, regions, services, stages
from matcher.taxonomy.taxonomy import folded

KINDS = MappingProxyType(
    {
        "services": (_("Services"), services, ("needs", "offers")),
        "industries": (_("Industries"), industries, ("industries",)),
        "stages": (_("Stages"), stages, ("stage", "stages")),
        "regions": (_("Regions"), regions, ("region",)),
    }
)
"""Kind → its name, its catalogue, and the fields that it is for."""
MOST_STRANGE = 100
MOST_LINKS = 8
_KEPT: Kept[Sequence[Strange]] = Kept("bole-strange-labels")


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry at the top of a catalogue with all that is below it."""

    node: Node
    below: Sequence[Node]


@pages.get("/settings/taxonomies")
@allow(*OFFICE, cookie=True)
def taxonomies() -> Response:
    """One catalogue, whole or what a word finds in it, and the labels that it does not know."""
    kind, search = text("kind") or "services", text("q")
    if kind not in KINDS:
        raise InvalidInput("kind", kind[:40], f"must be one of {', '.join(KINDS)}")
    name, catalogue, fields = KINDS[kind]
    strange = [each for each in _strange(current_scope()) if each.field in fields]
    return page(
        "settings/taxonomies.html",
        kind=kind,
        kinds={each: kind_name for each, (kind_name, _, _) in KINDS.items()},
        name=name,
        search=search,
        branches=_branches(catalogue()) if not search else [],
        hits=_hits(catalogue(), search) if search else [],
        strange=strange[:MOST_STRANGE],
        strange_count=len(strange),
        field_names=FIELD_NAMES,
        most_links=MOST_LINKS,
    )


def _strange(scope: Scope) -> Sequence[Strange]:
    """The unknown labels of the organisation's own profiles, found anew only where profiles have changed."""
    store, organisation = scope.store, scope.organisation
    return _KEPT.found(organisation, store.revision(), lambda: strange_labels(store.profiles(organisation)))


def _branches(catalogue: Taxonomy) -> Sequence[Branch]:
    below: Mapping[str, list[Node]] = {
        code: [] for code in catalogue.codes if not catalogue.node(code).parent
    }
    for code in catalogue.codes:
        top = catalogue.ancestors(code)[-1]
        if top != code:
            below[top].append(catalogue.node(code))
    return [Branch(catalogue.node(top), nodes) for top, nodes in below.items()]


def _hits(catalogue: Taxonomy, search: str) -> Sequence[Node]:
    """The entries of which a name or an alias holds what was searched."""
    key = folded(search)
    nodes = (catalogue.node(code) for code in catalogue.codes)
    return [node for node in nodes if any(key in folded(label) for label in node.labels)]
