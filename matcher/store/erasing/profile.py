"""What goes of a profile itself: its texts and their vectors, what it said before, what reviewers said."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from matcher.store.amendment_schema import amended_months, amended_profiles
from matcher.store.bulk import lists
from matcher.store.erasing.pairs import deleted
from matcher.store.erasing.subjects import Subject
from matcher.store.erasing.sweeping import hashes_of
from matcher.store.merging_schema import merged_rows
from matcher.store.panel_schema import panel_events, panel_reviews, panels
from matcher.store.profile_rows import blank
from matcher.store.schema import profiles, vectors


def blank_profiles(connection: sa.Connection, subject: Subject, revision: int, now: dt.datetime) -> int:
    """Nothing is left of what the rows said; they are called by the pseudonym, and a profile that comes under
    the old id is another one."""
    for place, number in enumerate(subject.numbers):
        id_ = subject.marks.pseudonym + (f"-{place}" if place else "")
        named = {"id": id_, "key": f"{subject.organisation}:{id_}", "also": ""}
        gone = blank(revision, now) | named
        connection.execute(sa.update(profiles).where(profiles.c.number == number).values(gone))
    return len(subject.numbers)


def delete_history(connection: sa.Connection, subject: Subject) -> int:
    """What the profile and its ledger said before changes, and what merges moved: no undo brings it back."""
    its = amended_profiles.c.profile.in_(subject.numbers)
    changes = sa.select(amended_profiles.c.amendment).where(its)
    merges = deleted(connection, merged_rows, merged_rows.c.amendment.in_(changes))
    months = deleted(connection, amended_months, amended_months.c.startup.in_(subject.numbers))
    return merges + months + deleted(connection, amended_profiles, its)


def delete_vectors(connection: sa.Connection, subject: Subject) -> int:
    """The vectors of what the profile says and said. One of a text that another has too is made anew when it
    is next needed."""
    hashes = sorted({hashed for text in _texts(connection, subject) for hashed in hashes_of(text)})
    return sum(deleted(connection, vectors, vectors.c.hash.in_(some)) for some in lists(hashes))


def _texts(connection: sa.Connection, subject: Subject) -> Iterator[str]:
    now = sa.select(profiles.c.body).where(profiles.c.number.in_(subject.numbers))
    before = sa.select(amended_profiles.c.before).where(amended_profiles.c.profile.in_(subject.numbers))
    for (said,) in connection.execute(now):
        yield str(said.get("description", ""))
    for (said,) in connection.execute(before):
        yield str(((said or {}).get("body") or {}).get("description", ""))


def blank_reviews(connection: sa.Connection, subject: Subject) -> int:
    """Titles of their applications, and the comments of reviews of them and by them; the scores stay, which
    others' ranking rests on."""
    found = 0
    mine = panels.c.organisation == subject.organisation
    columns = ("number", "applications", "reviewers")
    rows = connection.execute(sa.select(*(panels.c[name] for name in columns)).where(mine)).mappings().all()
    for row in rows:
        theirs = [each for each in row["applications"] if subject.is_called(each["startup_id"])]
        asked = [each for each in row["reviewers"] if subject.is_called(each["partner_id"])]
        if theirs or asked:
            found += _blank(connection, row, theirs, asked, subject.marks.pseudonym)
    return found


def _blank(
    connection: sa.Connection,
    row: sa.RowMapping,
    theirs: list[dict[str, Any]],
    asked: list[dict[str, Any]],
    pseudonym: str,
) -> int:
    named = {"name": pseudonym, "firm": ""}
    told = {
        "applications": [each | {"title": ""} if each in theirs else each for each in row["applications"]],
        "reviewers": [each | named if each in asked else each for each in row["reviewers"]],
    }
    mine = panels.c.number == row["number"]
    connection.execute(sa.update(panels).where(mine).values(told))
    of_them = sa.or_(
        panel_reviews.c.application.in_([each["id"] for each in theirs]),
        panel_reviews.c.reviewer.in_([each["id"] for each in asked]),
    )
    _silence_events(connection, row["number"], {each["id"] for each in (*theirs, *asked)})
    silent = sa.update(panel_reviews).where(panel_reviews.c.panel == row["number"], of_them)
    return connection.execute(silent.values(comment="")).rowcount


_WORDS = {"comment", "title", "name", "firm"}


def _silence_events(connection: sa.Connection, panel: int, ids: set[str]) -> None:
    """What the panel's events quote of them goes."""
    columns = (panel_events.c.number, panel_events.c.details)
    events = connection.execute(sa.select(*columns).where(panel_events.c.panel == panel)).all()
    for number, details in events:
        silent = _silenced(details, ids)
        if silent != details:
            mine = panel_events.c.number == number
            connection.execute(sa.update(panel_events).where(mine).values(details=silent))


def _silenced(value: Any, ids: set[str]) -> Any:
    if isinstance(value, list):
        return [_silenced(each, ids) for each in value]
    if not isinstance(value, dict):
        return value
    about = any(value.get(name) in ids for name in ("application", "reviewer", "id") if _is_text(value, name))
    return {
        name: "" if about and name in _WORDS and each else _silenced(each, ids)
        for name, each in value.items()
    }


def _is_text(value: dict[str, Any], name: str) -> bool:
    return isinstance(value.get(name), str)
