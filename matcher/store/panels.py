"""Review panels as the store keeps them: each method is one transaction."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.run import Change
from matcher.errors import Conflict, InvalidInput
from matcher.panel.changes import EventKind, PanelEvent, Score
from matcher.panel.documents import Document
from matcher.panel.editing import changed, checked, recused, refuse_loss, undecided
from matcher.panel.values import Application, Panel, PanelSettings, PanelStatus, Review, Reviewer
from matcher.profiles import check_id
from matcher.store import organisations
from matcher.store.bulk import insert_new
from matcher.store.engine import reading, writing
from matcher.store.panel_rows import (
    events_of,
    every,
    find,
    locked,
    naming,
    record,
    row_of,
    write_reviews,
)
from matcher.store.panel_schema import panels


class Panels:
    """The panels of all organisations. Whoever asks names the own one and finds no other's."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create(self, panel: Panel, change: Change) -> Panel:
        """A new panel without reviews, whatever those given; its id is made where it is "new".

        Raises:
            Conflict: there is one of this id. NotFound: no such organisation. InvalidInput: an id that none
                may have, or a text that no database keeps.
        """
        now = self._clock()
        own = replace(panel, id=panel.id if panel.id != NEW else f"p{now:%Y%m%d}-{secrets.token_hex(3)}")
        check_id("id", own.id)
        with writing(self._engine) as connection:
            organisations.require(connection, {own.organisation})
            row = row_of(replace(own, status=PanelStatus.DRAFT, version=1)) | {"created_at": now}
            if not insert_new(connection, panels, [row], by=["organisation", "id"]):
                raise Conflict(f"there is a panel {own.id!r} already: give another id, or change that one")
            record(connection, own, change, EventKind.CREATED, now)
            return find(connection, own.organisation, own.id)

    def get(self, organisation: str, id: str) -> Panel:  # noqa: A002
        """The panel, or NotFound."""
        with reading(self._engine) as connection:
            return find(connection, organisation, id)

    def all(self, organisation: str) -> list[Panel]:
        """The organisation's panels, the newest first."""
        with reading(self._engine) as connection:
            return every(connection, organisation)

    def elsewhere(self, organisation: str, reviewer: str) -> list[Panel]:
        """The panels of other organisations that name the organisation's partner (key) as a reviewer."""
        with reading(self._engine) as connection:
            return naming(connection, organisation, reviewer)

    def events(self, organisation: str, id: str) -> list[PanelEvent]:  # noqa: A002
        """What happened to the panel, the first change first; NotFound where there is none."""
        with reading(self._engine) as connection:
            find(connection, organisation, id)
            return events_of(connection, organisation, id)

    def decision(self, organisation: str, id: str) -> Document | None:  # noqa: A002
        """What was decided, as `decide` was given it; None before. NotFound where there is no panel."""
        with reading(self._engine) as connection:
            find(connection, organisation, id)
            own = (panels.c.organisation == organisation, panels.c.id == id)
            decision: Document | None = connection.execute(
                sa.select(panels.c.decision).where(*own)
            ).scalar_one()
            return decision

    def change(
        self,
        organisation: str,
        id: str,  # noqa: A002
        change: Change,
        *,
        name: str | None = None,
        settings: PanelSettings | None = None,
        applications: Sequence[Application] | None = None,
        reviewers: Sequence[Reviewer] | None = None,
    ) -> Panel:
        """The panel with what is given; it is a draft again where that could change who reads what.

        Raises:
            NotFound: no such panel. Changed: it is not at the version that was seen. Conflict: it is
                decided, or an application or reviewer that has scores is left out. InvalidInput: a value.
        """
        given = {"name": name, "settings": settings, "applications": applications, "reviewers": reviewers}
        with writing(self._engine) as connection:
            before = undecided(locked(connection, organisation, id, change))
            parts = {field: _kept(value) for field, value in given.items() if value is not None}
            after = changed(before, replace(before, **parts))
            _save(connection, after)
            write_reviews(connection, after, after.reviews)
            details = {
                "changed": [field for field in parts if getattr(before, field) != getattr(after, field)]
            }
            record(connection, after, change, EventKind.CHANGED, self._clock(), details)
            return find(connection, organisation, id)

    def assign(
        self,
        organisation: str,
        id: str,  # noqa: A002
        change: Change,
        reviews: Sequence[Review],
        details: Mapping[str, Any],
    ) -> Panel:
        """The panel with these reviews instead of those it has; scores of those that stay are kept.

        Raises:
            NotFound, Changed: as `change`. Conflict: it is decided, or a score came in meanwhile for a
                review that would go.
        """
        with writing(self._engine) as connection:
            before = undecided(locked(connection, organisation, id, change))
            refuse_loss(before, reviews, details.get("dropped", ()))
            after = replace(before, status=PanelStatus.ASSIGNED, version=before.version + 1)
            _save(connection, after)
            write_reviews(connection, after, reviews)
            record(connection, after, change, EventKind.ASSIGNED, self._clock(), details)
            return find(connection, organisation, id)

    def put_scores(self, organisation: str, id: str, scores: Sequence[Score], change: Change) -> Panel:  # noqa: A002
        """The panel with these scores, all or none; later ones take the place of earlier ones.

        Raises:
            NotFound: no such panel. Conflict: it is decided. InvalidInput: a score outside the range, or of
                one who does not review that application.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            panel = undecided(locked(connection, organisation, id, replace(change, version=None)))
            readers = {(review.application, review.reviewer): review for review in panel.reviews}
            given = {(score.application, score.reviewer): checked(score, panel) for score in scores}
            changed = [
                replace(
                    readers[pair],
                    score=score.score,
                    comment=score.comment,
                    marks=score.marks,
                    scored_at=now,
                    scored_by=change.by,
                )
                for pair, score in given.items()
            ]
            write_reviews(connection, panel, changed, whole=False)
            told = {"scores": [asdict(score) for score in given.values()]}
            record(connection, panel, change, EventKind.SCORED, now, told)
            return find(connection, organisation, id)

    def recuse(self, organisation: str, id: str, application: str, reviewer: str, change: Change) -> Panel:  # noqa: A002
        """The panel after the reviewer declared a conflict of interest with an application that it was to
        read: that review is no more, its score is told by the event, and the panel is a draft.

        Raises:
            NotFound: no such panel or review. Changed: as `change`. Conflict: it is decided.
        """
        with writing(self._engine) as connection:
            before = undecided(locked(connection, organisation, id, change))
            after, gone = recused(before, application, reviewer)
            _save(connection, after)
            write_reviews(connection, after, after.reviews)
            told = {name: getattr(gone, name) for name in ("application", "reviewer", "score", "comment")}
            record(connection, after, change, EventKind.RECUSED, self._clock(), told)
            return find(connection, organisation, id)

    def decide(
        self,
        organisation: str,
        id: str,  # noqa: A002
        change: Change,
        decision: Callable[[Panel], Document],
    ) -> Panel:
        """The decided panel: neither its parts nor its scores change any more. `decision` is made of the
        panel as it stands under the lock.

        Raises:
            NotFound, Changed: as `change`. Conflict: it is decided already, or nobody was assigned.
        """
        with writing(self._engine) as connection:
            before = undecided(locked(connection, organisation, id, change))
            if before.status is not PanelStatus.ASSIGNED:
                raise Conflict(f"panel {id!r} is a {before.status}: assign reviewers first")
            after = replace(before, status=PanelStatus.DECIDED, version=before.version + 1)
            document = decision(before)
            _save(connection, after, decision=document)
            record(connection, after, change, EventKind.DECIDED, self._clock(), document)
            return find(connection, organisation, id)

    def reopen(self, organisation: str, id: str, change: Change) -> Panel:  # noqa: A002
        """The panel as it was before its decision, which its events keep.

        Raises:
            NotFound, Changed: as `change`. Conflict: it is not decided. InvalidInput: no reason.
        """
        if not change.why.strip():
            raise InvalidInput(
                "why", change.why, "is needed to reopen a decision", "say what was wrong with it"
            )
        with writing(self._engine) as connection:
            before = locked(connection, organisation, id, change)
            if before.status is not PanelStatus.DECIDED:
                raise Conflict(f"panel {id!r} is {before.status}, not decided: there is nothing to reopen")
            after = replace(before, status=PanelStatus.ASSIGNED, version=before.version + 1)
            _save(connection, after, decision=None)
            record(connection, after, change, EventKind.REOPENED, self._clock())
            return find(connection, organisation, id)


NEW = "new"
"""The id of a panel that is to be given one."""
_NO_DECISION: Any = object()


def _save(connection: sa.Connection, panel: Panel, decision: Any = _NO_DECISION) -> None:
    row = row_of(panel) | ({} if decision is _NO_DECISION else {"decision": decision})
    own = (panels.c.organisation == panel.organisation, panels.c.id == panel.id)
    connection.execute(sa.update(panels).where(*own).values(**row))


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
