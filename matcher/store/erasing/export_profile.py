"""An export's places about a profile itself: what it says and said, its figures, what panels made of it."""

import sqlalchemy as sa

from matcher.store.amendment_schema import amended_profiles, amendments
from matcher.store.cohort_schema import cohort_startups, cohorts
from matcher.store.erasing.rows import Rows, columns_of, office
from matcher.store.erasing.subjects import Subject
from matcher.store.merging_schema import duplicates
from matcher.store.panel_schema import panel_reviews, panels
from matcher.store.schema import profiles


def told_profile(connection: sa.Connection, subject: Subject) -> Rows:
    """The profile as it is, its body field by field."""
    names = "id role name status shared opted_out_at updated_at also body"
    for row in columns_of(connection, profiles, names, profiles.c.number.in_(subject.numbers)):
        yield {**row, **row["body"], "body": None}


def told_history(connection: sa.Connection, subject: Subject) -> Rows:
    """What it was before changes that can be taken back, with when and by which role."""
    wanted = (
        sa.select(amendments.c.at, amendments.c.kind, amendments.c.who, amended_profiles.c.before)
        .join_from(amended_profiles, amendments)
        .where(amended_profiles.c.profile.in_(subject.numbers))
        .order_by(amendments.c.at)
    )
    for row in connection.execute(wanted).mappings():
        yield {**row, "who": office(row["who"])}


def told_applications(connection: sa.Connection, subject: Subject) -> Rows:
    """What it applied with to panels and what it was awarded, and panels that it read for."""
    for row in _panels(connection, subject):
        for each in row["applications"]:
            if subject.is_called(each["startup_id"]):
                awards = (row["decision"] or {}).get("awards", ())
                award = next((one for one in awards if one["application"] == each["id"]), None)
                yield {"panel": row["name"], "created_at": row["created_at"], **each, "award": award}
        for each in row["reviewers"]:
            if subject.is_called(each["partner_id"]):
                yield {"panel": row["name"], "created_at": row["created_at"], "reviewer": each}


def told_reviews(connection: sa.Connection, subject: Subject) -> Rows:
    """What they scored, and what was scored of them, not by whom."""
    for row in _panels(connection, subject):
        asked = {each["id"] for each in row["applications"] if subject.is_called(each["startup_id"])}
        reading = {each["id"] for each in row["reviewers"] if subject.is_called(each["partner_id"])}
        names = "application reviewer score comment scored_at"
        for review in columns_of(connection, panel_reviews, names, panel_reviews.c.panel == row["number"]):
            if review["reviewer"] in reading:
                yield {"panel": row["name"], **review}
            elif review["application"] in asked:
                yield {"panel": row["name"], **review, "reviewer": ""}


def _panels(connection: sa.Connection, subject: Subject) -> Rows:
    names = "number name created_at applications reviewers decision"
    return columns_of(connection, panels, names, panels.c.organisation == subject.organisation)


def told_duplicates(connection: sa.Connection, subject: Subject) -> Rows:
    """When it was found to be like another, and how like: which one is not told."""
    its = sa.or_(duplicates.c.one.in_(subject.numbers), duplicates.c.other.in_(subject.numbers))
    return columns_of(connection, duplicates, "found_at likeness apart_at", its)


def told_cohorts(connection: sa.Connection, subject: Subject) -> Rows:
    """The cohorts that it is in."""
    wanted = sa.select(cohorts.c.id, cohorts.c.name, cohorts.c.created_at).join_from(cohort_startups, cohorts)
    return connection.execute(wanted.where(cohort_startups.c.startup.in_(subject.numbers))).mappings().all()
