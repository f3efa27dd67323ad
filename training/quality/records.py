"""A task's files as arrays, for methods that work on arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.interactions import InteractionType
from matcher.vocabulary import Rows, Vocabulary
from training.quality.tables import read_rows

Mask = npt.NDArray[np.bool_]
Profile = Mapping[str, str]
"""A row of a profile file: column → text."""

_POSITIVE = frozenset({"shortlisted", "requested", "accepted", "met", "mentored", "invested"})
"""Events that speak for a pair."""
CONTACT = frozenset({"dismissed", "declined", "accepted", "met", "mentored", "invested"})
"""Events after which a match list need not, or must not, name the pair again."""
_ROLES = ("mentors", "investors")


@dataclass(frozen=True, slots=True)
class Events:
    """Interactions in the order of the file, columns of length n: rows of startups and of candidates, days
    since 1970-01-01, types by their names.
    """

    startups: Rows
    partners: Rows
    days: npt.NDArray[np.int64]
    types: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.days)

    def take(self, chosen: Mask | Rows) -> "Events":
        """The chosen events."""
        return Events(self.startups[chosen], self.partners[chosen], self.days[chosen], self.types[chosen])

    def positive(self) -> "Events":
        """Those that speak for the pair."""
        return self.take(np.isin(self.types, sorted(_POSITIVE)))


@dataclass(frozen=True, slots=True)
class Records:
    """A task with q queries, c candidates (mentors before investors, as filed) and s startups.

    `startups` and `candidates` hold ids, `startup_profiles` and `candidate_profiles` what they say, in the
    same order; `queries` are ids, `asked` [q] their rows among the startups. `truth` [q, c] marks the right
    partners, `allowed` [q, c] those that a list may name.
    """

    startups: Vocabulary
    startup_profiles: Sequence[Profile]
    candidates: Vocabulary
    candidate_profiles: Sequence[Profile]
    events: Events
    queries: Vocabulary
    truth: Mask
    allowed: Mask

    @property
    def asked(self) -> Rows:
        """The queries' rows among the startups, shape [q]."""
        return self.startups.rows(self.queries.terms, unknown=-1)

    @property
    def query_profiles(self) -> list[Profile]:
        """What the queries say."""
        return [self.startup_profiles[row] for row in self.asked]

    def with_events(self, events: Events) -> "Records":
        """The same task with other interactions; what a list may name stays as it is."""
        return replace(self, events=events)


def read_records(folder: Path, queries: str = "queries.csv", truth: str = "truth.csv") -> Records:
    """The records in a task folder. Queries without a right partner are left out."""
    startups = read_rows(folder / "startups.csv")
    partners = [row for role in _ROLES for row in read_rows(folder / f"{role}.csv")]
    startup_ids, candidates = (Vocabulary(row["id"] for row in rows) for rows in (startups, partners))
    events = events_of(read_rows(folder / "interactions.csv"), startup_ids, candidates)
    right = [(row["startup_id"], row["partner_id"]) for row in read_rows(folder / truth)]
    answered = {startup for startup, _ in right}
    asked = Vocabulary(
        row["startup_id"] for row in read_rows(folder / queries) if row["startup_id"] in answered
    )
    return Records(
        startups=startup_ids,
        startup_profiles=startups,
        candidates=candidates,
        candidate_profiles=partners,
        events=events,
        queries=asked,
        truth=_pairs(right, asked, candidates),
        allowed=~_contacts(events, startup_ids.rows(asked.terms, unknown=-1), len(candidates)),
    )


def events_of(rows: Iterable[Profile], startups: Vocabulary, candidates: Vocabulary) -> Events:
    """The interactions in rows of a file, those of unknown startups and partners left out."""
    known = [row for row in rows if row["startup_id"] in startups and row["partner_id"] in candidates]
    days = np.array([row["at"][:10] for row in known], dtype="datetime64[D]").astype(np.int64)
    return Events(
        startups.rows((row["startup_id"] for row in known), unknown=-1),
        candidates.rows((row["partner_id"] for row in known), unknown=-1),
        days,
        np.array([InteractionType(row["type"]).value for row in known], dtype=np.str_),
    )


def _pairs(pairs: Iterable[tuple[str, str]], queries: Vocabulary, candidates: Vocabulary) -> Mask:
    marked = np.zeros((len(queries), len(candidates)), dtype=bool)
    for startup, partner in pairs:
        if startup in queries and partner in candidates:
            marked[queries.row(startup), candidates.row(partner)] = True
    return marked


def _contacts(events: Events, asked: Rows, candidates: int) -> Mask:
    """The pairs of a query and a candidate with a contact behind them, [q, c]."""
    contacts = events.take(np.isin(events.types, sorted(CONTACT)))
    query_of = {int(row): query for query, row in enumerate(asked)}
    marked = np.zeros((len(asked), candidates), dtype=bool)
    for startup, partner in zip(contacts.startups.tolist(), contacts.partners.tolist(), strict=True):
        if startup in query_of:
            marked[query_of[startup], partner] = True
    return marked
