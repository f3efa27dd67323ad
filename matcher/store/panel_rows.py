"""A panel's rows: how they are found, locked, written, and what is recorded of a change."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.run import Change, Changed
from matcher.errors import InvalidInput, NotFound
from matcher.panel.changes import EventKind, PanelEvent
from matcher.panel.documents import application_of, document_of, reviewer_of, settings_of
from matcher.panel.values import Panel, PanelStatus, Review
from matcher.store.bulk import lists, upsert
from matcher.store.panel_schema import panel_events, panel_reviews, panels
from matcher.store.texts import check_storable

_BY = ("panel", "application", "reviewer")


def find(connection: sa.Connection, organisation: str, id_: str) -> Panel:
    """The panel with its reviews.

    Raises:
        NotFound: the organisation has none of this id.
    """
    own = (panels.c.organisation == organisation, panels.c.id == id_)
    row = connection.execute(sa.select(panels).where(*own)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no panel {id_!r} here; the list of panels names those there are")
    [reviews] = _reviews(connection, [row["number"]]).values()
    return _panel(row, reviews)


def every(connection: sa.Connection, organisation: str) -> list[Panel]:
    """The organisation's panels with their reviews, the newest first."""
    wanted = sa.select(panels).where(panels.c.organisation == organisation)
    rows = connection.execute(wanted.order_by(panels.c.created_at.desc(), panels.c.id)).mappings().all()
    reviews = _reviews(connection, [row["number"] for row in rows])
    return [_panel(row, reviews[row["number"]]) for row in rows]


def naming(connection: sa.Connection, organisation: str, key: str) -> list[Panel]:
    """Other organisations' panels that name the profile of the key as a reviewer, the newest first."""
    numbers = {
        row["number"]
        for row in connection.execute(
            sa.select(panels.c.number, panels.c.reviewers).where(panels.c.organisation != organisation)
        ).mappings()
        if any(each.get("partner_id") == key for each in row["reviewers"])
    }
    wanted = sa.select(panels).where(panels.c.number.in_(numbers))
    rows = connection.execute(wanted.order_by(panels.c.created_at.desc(), panels.c.id)).mappings().all()
    reviews = _reviews(connection, [row["number"] for row in rows])
    return [_panel(row, reviews[row["number"]]) for row in rows]


def _panel(row: sa.RowMapping, reviews: Sequence[Review]) -> Panel:
    return Panel(
        organisation=row["organisation"],
        id=row["id"],
        name=row["name"],
        settings=settings_of(row["settings"]),
        applications=tuple(map(application_of, row["applications"])),
        reviewers=tuple(map(reviewer_of, row["reviewers"])),
        status=PanelStatus(row["status"]),
        version=row["version"],
        reviews=tuple(reviews),
    )


def locked(connection: sa.Connection, organisation: str, id_: str, change: Change) -> Panel:
    """The panel, which nobody else changes until the transaction ends.

    Raises:
        NotFound: the organisation has none of this id. Changed: it is not at the version that was seen.
    """
    own = (panels.c.organisation == organisation, panels.c.id == id_)
    connection.execute(sa.select(panels.c.number).where(*own).with_for_update())
    found = find(connection, organisation, id_)
    if change.version is not None and change.version != found.version:
        events = events_of(connection, organisation, id_)
        since = [event for event in events if event.version > change.version]
        raise Changed(change.version, found.version, since, f"panel {id_!r}")
    return found


def row_of(panel: Panel) -> dict[str, Any]:
    """The panel's columns, without its reviews and decision.

    Raises:
        InvalidInput: a text that no database keeps.
    """
    row = {
        "organisation": panel.organisation,
        "id": panel.id,
        "name": panel.name,
        "status": panel.status.value,
        "version": panel.version,
        "settings": document_of(panel.settings),
        "applications": [document_of(each) for each in panel.applications],
        "reviewers": [document_of(each) for each in panel.reviewers],
    }
    for text in _texts(row):
        check_storable("panel", text)
    return row


def _texts(value: Any) -> Iterator[str]:
    """Every text within a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def write_reviews(
    connection: sa.Connection, panel: Panel, reviews: Sequence[Review], *, whole: bool = True
) -> None:
    """Keep the reviews. Where they are the `whole` of the panel's, others go, and those there are stay as
    they are: a score may have come in meanwhile."""
    number = _number(connection, panel)
    rows = [asdict(review) | {"panel": number} for review in reviews]
    for row in rows:
        check_storable("comment", row["comment"])
    if not whole:
        upsert(connection, panel_reviews, rows, by=_BY)
        return
    wanted = {(review.application, review.reviewer) for review in reviews}
    there = {(one.application, one.reviewer) for one in _reviews(connection, [number])[number]}
    for application, reviewer in there - wanted:
        gone = (panel_reviews.c.application == application, panel_reviews.c.reviewer == reviewer)
        connection.execute(sa.delete(panel_reviews).where(panel_reviews.c.panel == number, *gone))
    fresh = [row for row in rows if (row["application"], row["reviewer"]) not in there]
    if fresh:
        connection.execute(sa.insert(panel_reviews), fresh)


def record(
    connection: sa.Connection,
    panel: Panel,
    change: Change,
    kind: EventKind,
    now: dt.datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Keep what happened.

    Raises:
        InvalidInput: a reason that no database keeps.
    """
    check_storable("why", change.why)
    row = {
        "panel": _number(connection, panel),
        "version": panel.version,
        "at": now,
        "who": change.by,
        "kind": kind.value,
        "why": change.why,
        "details": _plain(details or {}),
    }
    connection.execute(sa.insert(panel_events), row)


def events_of(connection: sa.Connection, organisation: str, id_: str) -> list[PanelEvent]:
    """What happened to the panel, the first change first."""
    own = (panels.c.organisation == organisation, panels.c.id == id_)
    wanted = (
        sa.select(panel_events).join_from(panel_events, panels).where(*own).order_by(panel_events.c.number)
    )
    return [
        PanelEvent(
            version=row["version"],
            at=row["at"],
            by=row["who"],
            kind=EventKind(row["kind"]),
            why=row["why"],
            details=row["details"],
        )
        for row in connection.execute(wanted.order_by(panel_events.c.number)).mappings()
    ]


def _reviews(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[Review]]:
    """The reviews of each of the panels of these numbers, by application and reviewer."""
    found: dict[int, list[Review]] = {number: [] for number in numbers}
    for part in lists(numbers):
        wanted = sa.select(panel_reviews).where(panel_reviews.c.panel.in_(part))
        ordered = wanted.order_by(panel_reviews.c.application, panel_reviews.c.reviewer)
        for row in connection.execute(ordered).mappings():
            given = dict(row)
            number = given.pop("panel")
            found[number].append(Review(**given | {"marks": tuple(given["marks"] or ())}))
    return found


def _number(connection: sa.Connection, panel: Panel) -> int:
    own = (panels.c.organisation == panel.organisation, panels.c.id == panel.id)
    number: int = connection.execute(sa.select(panels.c.number).where(*own)).scalar_one()
    return number


def _plain(details: Mapping[str, Any]) -> Any:
    """The details as JSON gives them back."""
    try:
        return json.loads(json.dumps(dict(details), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise InvalidInput("details", error, "cannot be kept as JSON") from error
