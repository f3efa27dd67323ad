"""The tasks: what is asked, what is known to be reachable, and what must be reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a task's answer is."""

    LISTS = "lists"
    """A match list for each query, scored by nDCG@10."""
    PAIRS = "pairs"
    """Which of two partners is better for a startup, scored by the share put in the right order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task.

    `records` names the real records that it is made from ("" for the invented world). `train_until` is the
    day before which everything may be learned from ("" where nothing can be), `test_until` the end of the
    answers. `references` are figures of other methods on the same task; `threshold` must be reached, `goal`
    is where the work is heading. A task without them is there to make choices on.
    """

    name: str
    kind: Kind = Kind.LISTS
    records: str = ""
    role: str = "investor"
    train_until: str = ""
    test_until: str = ""
    references: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    goal: float | None = None

    @property
    def measure(self) -> str:
        """What the figures are."""
        return "nDCG@10" if self.kind is Kind.LISTS else "pair accuracy"


INVENTED = Task(name="invented", role="partner", train_until="2026-11-01")
"""A generated city whose true preferences are known: the answers are each startup's ten best partners."""

TASKS = (
    Task(
        name="itjuzi-2015-07",
        records="itjuzi",
        train_until="2015-07-01",
        test_until="2016-01-01",
        references={
            "popularity": 0.065,
            "LightFM as installed": 0.116,
            "best of 16 LightFM": 0.124,
            "affinity alone": 0.138,
            "affinity + 5 LightFM seeds": 0.141,
            "best explored": 0.159,
        },
        threshold=0.138,
        goal=0.167,
    ),
    Task(
        name="crunchbase-2012",
        records="crunchbase",
        train_until="2012-01-01",
        test_until="2013-01-01",
        references={
            "popularity": 0.048,
            "LightFM as installed": 0.151,
            "best of 16 LightFM": 0.186,
            "affinity alone": 0.196,
            "affinity + 5 LightFM seeds": 0.208,
            "best explored": 0.246,
        },
        threshold=0.205,
        goal=0.252,
    ),
    Task(
        name="experts",
        kind=Kind.PAIRS,
        records="experts",
        role="mentor",
        references={"TF-IDF": 0.703, "encoder alone": 0.675, "TF-IDF + encoder": 0.717},
        threshold=0.70,
        goal=0.75,
    ),
    Task(name="itjuzi-2015-01", records="itjuzi", train_until="2015-01-01", test_until="2015-07-01"),
    Task(name="crunchbase-2011", records="crunchbase", train_until="2011-01-01", test_until="2012-01-01"),
    INVENTED,
)
"""Two earlier cuts stand beside the reported ones, so that nothing need be chosen on the test period."""
