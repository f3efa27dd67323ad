"""An export's places about pairs: what happened with whom, what was said, and what was computed and why."""

import numpy as np
import sqlalchemy as sa

from matcher.store.cohort_schema import match_alternates, match_edits, match_pairs, match_runs, preferences
from matcher.store.erasing.counterparts import Counterparts
from matcher.store.erasing.pairs import of_pair
from matcher.store.erasing.rows import Rows, columns_of, office
from matcher.store.erasing.subjects import Subject
from matcher.store.introduction_schema import introduction_events, introductions
from matcher.store.remark_schema import remarks
from matcher.store.schema import EPOCH, MICROSECOND, interactions, shown_lists


def told_interactions(connection: sa.Connection, subject: Subject) -> Rows:
    """What happened with whom."""
    names = "startup partner type at value stage amount currency source_id request_id"
    others = Counterparts(connection, subject)
    for row in columns_of(connection, interactions, names, of_pair(interactions, subject)):
        yield {"at": EPOCH + row["at"] * MICROSECOND, **others.told(row, without=("at",))}


def told_introductions(connection: sa.Connection, subject: Subject) -> Rows:
    """Introductions, with their own reason for a no and nobody else's."""
    names = (
        "id startup partner status slot score p_startup p_partner body offered_at expires_at "
        "startup_agreed_at partner_agreed_at ended_at declined_by reason note"
    )
    others, own = Counterparts(connection, subject), "startup" if subject.is_startup else "partner"
    for row in columns_of(connection, introductions, names, of_pair(introductions, subject)):
        reason = row["reason"] if row["declined_by"] == own else ""
        yield {**others.told(row), "reason": reason}


def told_introduction_events(connection: sa.Connection, subject: Subject) -> Rows:
    """What happened to introductions; of others by their role alone, and without why."""
    mine = sa.select(introductions.c.id).where(of_pair(introductions, subject))
    which = introduction_events.c.introduction.in_(mine)
    for row in columns_of(connection, introduction_events, "introduction version at kind who why", which):
        own = subject.marks.in_text(row["who"]) != row["who"]
        yield {**row, "who": row["who"] if own else office(row["who"]), "why": row["why"] if own else ""}


def told_remarks(connection: sa.Connection, subject: Subject) -> Rows:
    """What they said; of what was said of them that it was said: the words are the office's alone."""
    own, others = "startup" if subject.is_startup else "partner", Counterparts(connection, subject)
    names = "startup partner side kind introduction value text at recorded_at"
    for row in columns_of(connection, remarks, names, of_pair(remarks, subject)):
        if row["side"] == own:
            yield others.told(row)
        else:
            yield {"side": row["side"], "kind": row["kind"], "at": row["at"]}


def told_pairs(connection: sa.Connection, subject: Subject) -> Rows:
    """Pairs of published runs with their reasons: others are drafts of the office."""
    return _of_runs(connection, subject, match_pairs, "startup partner score p_startup p_partner slot body")


def told_alternates(connection: sa.Connection, subject: Subject) -> Rows:
    """The same of who would have followed."""
    return _of_runs(connection, subject, match_alternates, "startup partner score p_startup p_partner body")


def _of_runs(connection: sa.Connection, subject: Subject, table: sa.Table, names: str) -> Rows:
    others = Counterparts(connection, subject)
    columns = [table.c[name] for name in names.split()]
    wanted = (
        sa.select(match_runs.c.id.label("run"), match_runs.c.created_at, match_runs.c.published_at, *columns)
        .join_from(table, match_runs, table.c.run == match_runs.c.id)
        .where(of_pair(table, subject))
        .order_by(match_runs.c.created_at, match_runs.c.id)
    )
    for row in connection.execute(wanted).mappings():
        if row["published_at"] is not None:
            yield others.told(row)
        else:
            yield {"run": row["run"], "created_at": row["created_at"], "published_at": None}


def told_edits(connection: sa.Connection, subject: Subject) -> Rows:
    """When matches of theirs were changed by hand, and how."""
    either = sa.or_(of_pair(match_edits, subject), match_edits.c.instead_of.in_(subject.numbers))
    return columns_of(connection, match_edits, "run kind at", either)


def told_preferences(connection: sa.Connection, subject: Subject) -> Rows:
    """When changes by hand were learnt from."""
    sides = ("startup", "preferred", "over_partner")
    either = sa.or_(*(preferences.c[side].in_(subject.numbers) for side in sides))
    return columns_of(connection, preferences, "run kind at", either)


def told_lists_shown(connection: sa.Connection, subject: Subject) -> Rows:
    """The lists that were shown to them, with places and scores."""
    others = Counterparts(connection, subject)
    mine = shown_lists.c.query.in_(subject.numbers)
    for row in columns_of(connection, shown_lists, "at role model_version partners scores", mine):
        numbers = np.frombuffer(row["partners"], "<i8").tolist()
        scores = np.frombuffer(row["scores"], "<f4").tolist()
        listed = [
            {"place": place, "score": round(score, 4), **others.of(number)}
            for place, (number, score) in enumerate(zip(numbers, scores, strict=True), start=1)
        ]
        at = EPOCH + row["at"] * MICROSECOND
        yield {"at": at, "role": row["role"], "model_version": row["model_version"], "list": listed}


def told_shown_in(connection: sa.Connection, subject: Subject) -> Rows:
    """Lists of others in which they stood: when, and at which place."""
    mine = shown_lists.c.organisation == subject.organisation
    wanted = sa.select(shown_lists.c.at, shown_lists.c.model_version, shown_lists.c.partners)
    if not subject.shared:
        wanted = wanted.where(mine)
    for row in connection.execute(wanted.order_by(shown_lists.c.number)).yield_per(1000).mappings():
        numbers = np.frombuffer(row["partners"], "<i8").tolist()
        for number in set(subject.numbers) & set(numbers):
            at = EPOCH + row["at"] * MICROSECOND
            yield {"at": at, "model_version": row["model_version"], "place": numbers.index(number) + 1}
