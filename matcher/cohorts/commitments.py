"""What was promised before a run is solved: by other published runs, and by the one that it goes on from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pairs = frozenset[tuple[str, str]]
"""(startup, partner), as ids that the run's organisation writes."""
NOTHING: Pairs = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """`promised` places by the partner's key: offered by other published runs, of whatever organisation, and
    not answered yet. Whoever has said yes has taken a place (see `Relations.places_taken`).

    `base` is the published run of the same cohort and role, "" for none. Of its pairs those that both
    accepted are `kept`, those that wait for an answer `offered`, and those that were declined, withdrawn or
    left to expire `refused`.
    """

    promised: Mapping[str, int] = field(default_factory=dict)
    base: str = ""
    kept: Pairs = NOTHING
    offered: Pairs = NOTHING
    refused: Pairs = NOTHING


NO_COMMITMENTS = Commitments()
