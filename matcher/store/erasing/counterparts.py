"""Who the others are that somebody had to do with, as far as they may know it."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from matcher.interactions import InteractionType, local
from matcher.store.erasing.pairs import of_pair
from matcher.store.erasing.subjects import Subject
from matcher.store.introduction_schema import introductions
from matcher.store.schema import interactions, profiles

_TOGETHER = tuple(
    kind.value
    for kind in InteractionType
    if kind.value in {"requested", "accepted", "declined", "met", "rated", "mentored", "invested"}
)
"""What both sides of a pair know of; who was shown, or waved away, is the other's."""


class Counterparts:
    """The names of others. A startup may know the partners it was shown; a mentor or investor the startups
    that it was introduced to or met."""

    def __init__(self, connection: sa.Connection, subject: Subject) -> None:
        self._connection, self._subject = connection, subject
        self._names: dict[int, dict[str, str]] = {}
        self._known = None if subject.is_startup else self._met()

    def told(self, row: Mapping[Any, Any], without: Iterable[str] = ()) -> dict[str, Any]:
        """A row of a pair with the other one's id and name in the place of both numbers."""
        other = row["partner"] if row["startup"] in self._subject.numbers else row["startup"]
        kept = {name: value for name, value in row.items() if name not in {"startup", "partner", *without}}
        body = kept.pop("body", None)
        reasons = {} if body is None else {"computed": True, "reasons": body.get("reasons", [])}
        return {**self.of(other), **kept, **reasons}

    def of(self, number: int) -> dict[str, str]:
        """The other one's id and name, "" where that is not the subject's to know, or they are gone."""
        if self._known is not None and number not in self._known:
            return {"other": "", "other_name": ""}
        if number not in self._names:
            wanted = sa.select(profiles.c.key, profiles.c.name, profiles.c.deleted)
            row = self._connection.execute(wanted.where(profiles.c.number == number)).one()
            key = "" if row.deleted else local(self._subject.organisation, row.key)
            self._names[number] = {"other": key, "other_name": row.name}
        return self._names[number]

    def _met(self) -> set[int]:
        offered = sa.select(introductions.c.startup).where(of_pair(introductions, self._subject))
        met = sa.select(interactions.c.startup).where(
            of_pair(interactions, self._subject), interactions.c.type.in_(_TOGETHER)
        )
        return set(self._connection.execute(sa.union(offered, met)).scalars())
