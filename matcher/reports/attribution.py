"""Which answer belongs to which shown line.

Every line stands in the list of a reader and is about a pair. A startup that reads says yes by requesting and
no by dismissing, a partner by accepting and by declining; what the other one says is a reply. An answer that
names its list belongs to the line there. One that names none belongs to the latest list that showed the pair
to that reader within WINDOW_DAYS, a reply rather to the latest that the reader said yes to. One answer may
belong to a line of each side: a partner's yes is a reply to the startup's list and an answer to its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.interactions import TYPES
from matcher.interactions import InteractionType as Type
from matcher.profiles import Role
from matcher.reports.latest import NOWHERE, Entries, latest
from matcher.shown import Feedback

Places = npt.NDArray[np.intp]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

WINDOW_DAYS = 30
DAY = 24 * 60 * 60 * 1_000_000
"""In microseconds."""
NEVER = int(np.iinfo(np.int64).max)

MET = (Type.MET, Type.MENTORED, Type.INVESTED)
"""Who got so far said yes, on both sides."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the reader of a list says, and the one that it shows."""

    yes: Type
    no: Type
    other_yes: Type
    other_no: Type


_STARTUP = _Reader(Type.REQUESTED, Type.DISMISSED, Type.ACCEPTED, Type.DECLINED)
_PARTNER = _Reader(Type.ACCEPTED, Type.DECLINED, Type.REQUESTED, Type.DISMISSED)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said to each of n lines, and which of m responses was said to which.

    `yes`, `no` of the reader of the list, `other_yes`, `other_no` of the one shown, `met` of both: bool [n].
    `yes_at` int64 [n]: the microseconds of the reader's first yes, NEVER without one. `named` intp [m]: the
    line in the list that a response names, `assumed` the one that it is taken to answer; else NOWHERE.
    """

    yes: Mask
    no: Mask
    other_yes: Mask
    other_no: Mask
    met: Mask
    yes_at: Integers
    named: Places
    assumed: Places

    def first(self, count: int) -> "Answers":
        """What was said to the first so many lines."""
        return Answers(
            yes=self.yes[:count],
            no=self.no[:count],
            other_yes=self.other_yes[:count],
            other_no=self.other_no[:count],
            met=self.met[:count],
            yes_at=self.yes_at[:count],
            named=self.named,
            assumed=self.assumed,
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """The lists of one kind of reader: their lines' rows, and the line that each response belongs to."""

    reader: _Reader
    rows: Places
    where: Places


def answers_to(feedback: Feedback) -> Answers:
    """What was said to every line of what was shown."""
    lines, said = _lines(feedback), _said(feedback)
    named = _named(feedback, lines, said)
    to_partner = feedback.people.roles[feedback.shown.partners] == Role.STARTUP
    sides = [
        _side(reader, np.flatnonzero(to_partner == is_partner), feedback, lines, said, named)
        for reader, is_partner in ((_STARTUP, False), (_PARTNER, True))
    ]
    return Answers(
        yes=_flags(feedback, [(side, (side.reader.yes, *MET)) for side in sides]),
        no=_flags(feedback, [(side, (side.reader.no,)) for side in sides]),
        other_yes=_flags(feedback, [(side, (side.reader.other_yes, *MET)) for side in sides]),
        other_no=_flags(feedback, [(side, (side.reader.other_no,)) for side in sides]),
        met=_flags(feedback, [(side, MET) for side in sides]),
        yes_at=_yes_at(feedback, said, sides),
        named=named,
        assumed=np.where(named >= 0, NOWHERE, np.maximum(*(side.where for side in sides))),
    )


def _lines(feedback: Feedback) -> Entries:
    shown, roles = feedback.shown, feedback.people.roles
    queries = shown.queries[shown.lists]
    is_startup = roles[shown.partners] == Role.STARTUP
    startups = np.where(is_startup, shown.partners, queries)
    partners = np.where(is_startup, queries, shown.partners)
    return Entries(_pairs(feedback, startups, partners), shown.moments[shown.lists])


def _said(feedback: Feedback) -> Entries:
    """The responses. One of a day without a time (midnight) may have come at any hour of it: at its end."""
    said = feedback.responses
    moments = np.where(said.moments % DAY == 0, said.moments + DAY - 1, said.moments)
    return Entries(_pairs(feedback, said.startups, said.partners), moments)


def _pairs(feedback: Feedback, startups: Places, partners: Places) -> Integers:
    return startups.astype(np.int64) * len(feedback.people.keys) + partners


def _named(feedback: Feedback, lines: Entries, said: Entries) -> Places:
    """The line of its pair in the list that each response names; NOWHERE where it names none that has one."""
    codes = {request: code for code, request in enumerate(dict.fromkeys(feedback.shown.requests))}
    of_lists = np.array([codes[request] for request in feedback.shown.requests], np.int64)
    of_said = np.array([codes.get(request, NOWHERE) for request in feedback.responses.requests], np.int64)
    every, ranks = np.unique(np.concatenate([lines.pairs, said.pairs]), return_inverse=True)
    known, asked = ranks[: len(lines.pairs)], ranks[len(lines.pairs) :]
    there = Entries(of_lists[feedback.shown.lists] * len(every) + known, lines.moments)
    whenever = np.full(len(asked), NEVER)  # clocks differ, and whoever names a list has seen it
    return latest(there, Entries(np.where(of_said < 0, -1, of_said * len(every) + asked), whenever))


def _side(
    reader: _Reader, rows: Places, feedback: Feedback, lines: Entries, said: Entries, named: Places
) -> _Side:
    """Where the responses belong in the lists of one kind of reader."""
    here = np.isin(named, rows)
    free = ~here & ((feedback.responses.requests == "") | (named >= 0))
    where = np.where(here, named, NOWHERE)
    own = _is(feedback, reader.yes, reader.no)
    shown = _recent(lines, rows, said)
    where = np.where(free & own, shown, where)
    agreed = np.unique(where[(where >= 0) & _is(feedback, reader.yes)])
    replied = _recent(lines, agreed, said)
    where = np.where(free & ~own, np.where(replied >= 0, replied, shown), where)
    return _Side(reader, rows, where)


def _recent(lines: Entries, rows: Places, said: Entries) -> Places:
    """The latest of these lines that each response may belong to."""
    line = np.append(rows, NOWHERE)[latest(lines.take(rows), said)]
    age = said.moments - np.append(lines.moments, 0)[line]
    return np.where(age <= WINDOW_DAYS * DAY, line, NOWHERE)


def _is(feedback: Feedback, *types: Type) -> Mask:
    return np.isin(feedback.responses.types, [TYPES.index(each) for each in types])


def _flags(feedback: Feedback, sides: Sequence[tuple[_Side, Sequence[Type]]]) -> Mask:
    """The lines to which a response of one of the types belongs."""
    flags = np.zeros(len(feedback.shown.lists), np.bool_)
    for side, types in sides:
        flags[side.where[(side.where >= 0) & _is(feedback, *types)]] = True
    return flags


def _yes_at(feedback: Feedback, said: Entries, sides: Sequence[_Side]) -> Integers:
    first = np.full(len(feedback.shown.lists), NEVER)
    for side in sides:
        rows = np.flatnonzero((side.where >= 0) & _is(feedback, side.reader.yes, *MET))
        np.minimum.at(first, side.where[rows], said.moments[rows])
    return first
