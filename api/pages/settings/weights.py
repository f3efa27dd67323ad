"""What counts how much in a score, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import lazy_gettext as _

from matcher.model.influence import Influence

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "texts": (_("What the texts say"), ("semantic", "lexical")),
        "declared": (_("What both declare"), ("needs", "industry", "stage", "region", "ticket")),
        "choices": (
            _("Whom the partner chose before"),
            (
                "affinity_industry",
                "affinity_region",
                "affinity_stage",
                "affinity_ask",
                "affinity_needs",
                "breadth",
            ),
        ),
        "activity": (_("How active and willing both are"), ("activity", "response")),
        "company": (_("What similar startups and partners did"), ("neighbours", "companions", "factors")),
        "refusals": (_("What either side declined before"), ("refusals",)),
    }
)
"""Group → its name and the signals that belong to it."""
SIGNAL_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "semantic": _("Texts that mean the same"),
        "lexical": _("Texts with the same words"),
        "needs": _("Needs that the offers meet"),
        "industry": _("Industry"),
        "stage": _("Stage"),
        "region": _("Region"),
        "ticket": _("Amount against the ticket"),
        "affinity_industry": _("Industries chosen before"),
        "affinity_region": _("Regions chosen before"),
        "affinity_stage": _("Stages chosen before"),
        "affinity_ask": _("Amounts chosen before"),
        "affinity_needs": _("Needs chosen before"),
        "breadth": _("How wide the choices were"),
        "activity": _("How often the partner is active"),
        "response": _("How readily people said yes"),
        "neighbours": _("Partners of similar startups"),
        "companions": _("Partners often chosen together"),
        "factors": _("Patterns learnt from all choices"),
        "refusals": _("Declined or waved away before"),
    }
)


@dataclass(frozen=True, slots=True)
class Weight:
    """A group and what it counts, in shares of 1, the signals within it the weightiest first."""

    name: str
    score: float
    startup: float
    partner: float
    parts: Sequence[Influence]


def weights(influences: Sequence[Influence]) -> Sequence[Weight]:
    """Every group, the weightiest first."""
    found = []
    for name, signals in GROUPS.values():
        parts = sorted((each for each in influences if each.signal in signals), key=lambda each: -each.score)
        score, startup, partner = (
            sum(getattr(each, half) for each in parts) for half in ("score", "startup", "partner")
        )
        found.append(Weight(name, score, startup, partner, parts))
    return sorted(found, key=lambda weight: -weight.score)
