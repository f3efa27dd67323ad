"""What came of introductions, as far as anybody recorded it: on a page, by an import or through the API."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionStatus, Side
from matcher.cohorts.introducing.outcomes import Outcome
from matcher.remarks import OUTCOMES, RemarkKind
from matcher.store import merged
from matcher.store.bulk import lists
from matcher.store.introduction_schema import introductions
from matcher.store.remark_schema import remarks
from matcher.store.schema import EPOCH, MICROSECOND, interactions

_KINDS = [kind.value for kind in OUTCOMES]
_DAY = dt.timedelta(days=1) // MICROSECOND
_CONTEXT = ("stage", "amount", "currency")
_OF_PAIR = (
    merged.means(interactions.c.startup, introductions.c.startup),
    merged.means(interactions.c.partner, introductions.c.partner),
    interactions.c.type.in_(_KINDS),
    # imports know the day alone, which begins before the offer was made on it
    interactions.c.at >= sa.type_coerce(introductions.c.offered_at, sa.BigInteger) - _DAY,
)
_SAID = (remarks.c.introduction == introductions.c.id, remarks.c.kind.in_(_KINDS))


def of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[Outcome]]:
    """What came of each of the introductions, the first first; without those of which nothing is known."""
    found: dict[str, dict[Any, Outcome]] = {}
    for some in lists(ids):
        for id_, outcome in (*_recorded(connection, some), *_said(connection, some)):
            found.setdefault(id_, {})[outcome.is_same_as] = outcome
    return {id_: sorted(those.values(), key=lambda each: each.at) for id_, those in found.items()}


def missing(connection: sa.Connection, organisation: str, before: dt.datetime) -> Counter[str]:
    """How many introductions of each run ("" for none) both agreed to before a moment, and nobody has said
    what came of them."""
    wanted = sa.select(introductions.c.run, sa.func.count()).where(*unknown(organisation, before))
    rows = connection.execute(wanted.group_by(introductions.c.run))
    return Counter({run or "": count for run, count in rows})


def unknown(organisation: str, before: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that they are such introductions."""
    return (
        introductions.c.organisation == organisation,
        introductions.c.status == IntroductionStatus.ACCEPTED.value,
        introductions.c.ended_at <= before,
        ~sa.exists().where(*_OF_PAIR),
        ~sa.exists().where(*_SAID),
    )


def _recorded(connection: sa.Connection, ids: Sequence[str]) -> list[tuple[str, Outcome]]:
    names = ("type", "at", *_CONTEXT)
    columns = [interactions.c[name] for name in names]
    wanted = sa.select(introductions.c.id, *columns).where(introductions.c.id.in_(ids), *_OF_PAIR)
    return [
        (
            row["id"],
            Outcome(
                kind=RemarkKind(row["type"]),
                at=EPOCH + row["at"] * MICROSECOND,
                **{name: row[name] for name in _CONTEXT},
            ),
        )
        for row in connection.execute(wanted).mappings()
    ]


def _said(connection: sa.Connection, ids: Sequence[str]) -> list[tuple[str, Outcome]]:
    names = ("number", "introduction", "kind", "side", "happened_at", "record_at", "recorded_at", *_CONTEXT)
    wanted = sa.select(*(remarks.c[name] for name in names)).where(
        remarks.c.introduction.in_(ids), remarks.c.kind.in_(_KINDS)
    )
    return [(row["introduction"], _said_outcome(row)) for row in connection.execute(wanted).mappings()]


def _said_outcome(row: sa.RowMapping) -> Outcome:
    """What somebody said on a page; only as long as it is not on record it may be taken back."""
    told = {name: row[name] for name in _CONTEXT}
    found = Outcome(kind=RemarkKind(row["kind"]), at=row["happened_at"], **told)
    if row["recorded_at"] is not None:
        return found
    side = next((side for side in Side if side == row["side"]), None)
    return replace(found, number=row["number"], record_at=row["record_at"], side=side)
