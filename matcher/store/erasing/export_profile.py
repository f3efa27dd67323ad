"""An export's places about a profile itself: what it says and said, its figures, what panels made of it."""

import sqlalchemy as sa

from matcher.store.amendment_schema import amended_months, amended_profiles, amendments
from matcher.store.attention_schema import signal_decisions
from matcher.store.cohort_schema import cohort_startups, cohorts
from matcher.store.erasing.rows import Rows, columns_of, office
from matcher.store.erasing.subjects import Subject
from matcher.store.introduction_schema import contacts
from matcher.store.merging_schema import duplicates
from matcher.store.panel_schema import panel_reviews, panels
from matcher.store.schema import ledger, profiles


def told_profile(connection: sa.Connection, subject: Subject) -> Rows:
    names = "id role name status shared opted_out_at updated_at also body"
    for row in columns_of(connection, profiles, names, profiles.c.number.in_(subject.numbers)):
        yield {**row, **row["body"], "body": None}


def told_history(connection: sa.Connection, subject: Subject) -> Rows:
    wanted = (
        sa.select(amendments.c.at, amendments.c.kind, amendments.c.who, amended_profiles.c.before)
        .join_from(amended_profiles, amendments)
        .where(amended_profiles.c.profile.in_(subject.numbers))
        .order_by(amendments.c.at)
    )
    for row in connection.execute(wanted).mappings():
        yield {**row, "who": office(row["who"])}


def told_ledger_before(connection: sa.Connection, subject: Subject) -> Rows:
    mine = amended_months.c.startup.in_(subject.numbers)
    return columns_of(connection, amended_months, "month before after", mine)


def told_contacts(connection: sa.Connection, subject: Subject) -> Rows:
    mine = contacts.c.profile.in_(subject.numbers)
    return columns_of(connection, contacts, "email language updated_at", mine)


def told_ledger(connection: sa.Connection, subject: Subject) -> Rows:
    names = "month headcount present revenue orders cash note"
    return columns_of(connection, ledger, names, ledger.c.startup.in_(subject.numbers))


def told_decisions(connection: sa.Connection, subject: Subject) -> Rows:
    mine = signal_decisions.c.startup.in_(subject.numbers)
    return columns_of(connection, signal_decisions, "at rule month verdict need reason signal", mine)


def told_applications(connection: sa.Connection, subject: Subject) -> Rows:
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
    its = sa.or_(duplicates.c.one.in_(subject.numbers), duplicates.c.other.in_(subject.numbers))
    return columns_of(connection, duplicates, "found_at likeness apart_at", its)


def told_cohorts(connection: sa.Connection, subject: Subject) -> Rows:
    wanted = sa.select(cohorts.c.id, cohorts.c.name, cohorts.c.created_at).join_from(cohort_startups, cohorts)
    return connection.execute(wanted.where(cohort_startups.c.startup.in_(subject.numbers))).mappings().all()
