"""The tasks: what is asked, what is known to be reachable, and what must be reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    answers. `warm` asks about startups that have partners already, and counts only new ones. `described`
    keeps only the companies that are described, which makes a small world with texts. `earlier` names the
    task on an earlier cut on which a method with settings must choose them. `references` are figures of other
    methods on the same task; `threshold` must be reached, `goal` is where the work is heading. A task without
    them is there to make choices on.
    """

    name: str
    kind: Kind = Kind.LISTS
    records: str = ""
    role: str = "investor"
    train_until: str = ""
    test_until: str = ""
    warm: bool = False
    described: bool = False
    earlier: str = ""
    references: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    goal: float | None = None

    @property
    def measure(self) -> str:
        """What the figures are."""
        return "nDCG@10" if self.kind is Kind.LISTS else "pair accuracy"

    @property
    def has_warm(self) -> bool:
        """Whether a warm task can be derived: the records tell what happened after the cut."""
        return bool(self.records and self.train_until and not self.described and not self.warm)


def warm_of(task: Task) -> Task:
    """The warm task beside a cold one."""
    return replace(task, name=f"{task.name}-warm", warm=True, references={}, threshold=None, goal=None)


def named(name: str) -> Task:
    """The task of that name.

    Raises:
        KeyError: there is none.
    """
    return {task.name: task for task in TASKS}[name]


INVENTED = Task(name="invented", role="partner", train_until="2026-11-01")
"""A generated city whose true preferences are known: the answers are each startup's ten best partners."""

EXPERTS = Task(
    name="experts",
    kind=Kind.PAIRS,
    records="experts",
    role="mentor",
    references={"TF-IDF": 0.703, "encoder alone": 0.675, "TF-IDF + encoder": 0.717},
    threshold=0.75,
    goal=0.75,
)

TASKS = (
    Task(
        name="itjuzi-2015-07",
        records="itjuzi",
        train_until="2015-07-01",
        test_until="2016-01-01",
        earlier="itjuzi-2015-01",
        references={
            "popularity": 0.065,
            "LightFM as installed": 0.116,
            "best of 16 LightFM": 0.124,
            "affinity alone": 0.138,
            "affinity + 5 LightFM seeds": 0.141,
            "best explored": 0.159,
        },
        threshold=0.160,
        goal=0.167,
    ),
    Task(
        name="crunchbase-2012",
        records="crunchbase",
        train_until="2012-01-01",
        test_until="2013-01-01",
        earlier="crunchbase-2011",
        references={
            "popularity": 0.048,
            "LightFM as installed": 0.151,
            "best of 16 LightFM": 0.186,
            "affinity alone": 0.196,
            "affinity + 5 LightFM seeds": 0.208,
            "best explored": 0.246,
        },
        threshold=0.246,
        goal=0.252,
    ),
    EXPERTS,
    INVENTED,
    Task(
        name="itjuzi-2015-01",
        records="itjuzi",
        train_until="2015-01-01",
        test_until="2015-07-01",
        earlier="itjuzi-2014-07",
    ),
    Task(name="itjuzi-2014-07", records="itjuzi", train_until="2014-07-01", test_until="2015-01-01"),
    Task(
        name="crunchbase-2011",
        records="crunchbase",
        train_until="2011-01-01",
        test_until="2012-01-01",
        earlier="crunchbase-2010",
    ),
    Task(name="crunchbase-2010", records="crunchbase", train_until="2010-07-01", test_until="2011-01-01"),
    Task(
        name="described-2014-07",
        records="itjuzi",
        described=True,
        train_until="2014-07-01",
        test_until="2016-01-01",
    ),
    Task(
        name="described-2015-01",
        records="itjuzi",
        described=True,
        train_until="2015-01-01",
        test_until="2016-01-01",
    ),
)
"""Earlier cuts stand beside the reported ones, so that nothing need be chosen on the test period."""
