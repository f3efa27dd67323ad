"""The tables of what was erased, and of who asks for it. `versions/0011_erasure.py` builds them."""

import sqlalchemy as sa

from matcher.store import people_schema  # noqa: F401 - the tables that keys here point to
from matcher.store.schema import KEY, NUMBER, Instant, metadata

# A receipt. It has no text of whom it is about: `kind` is a role or "person", `asked_by` a role and the id of
# a person, `counts` how much went by place. `digest` is of the key that was, with `salt`, to know again the
# model versions that hold it; both go with the last of these. `waits` says what still holds something.
erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("pseudonym", KEY, nullable=False),
    sa.Column("person", KEY, sa.ForeignKey("people.id"), index=True),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("done_at", Instant, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("waits", sa.JSON, nullable=False),
    sa.Column("finished_at", Instant),
    sa.Index(None, "organisation", "asked_at"),
)

# The profiles of a receipt: one, and those that were merged into it. Interactions of a profile that is listed
# here may be blanked: their triggers let exactly that through.
erased_profiles = sa.Table(
    "erased_profiles",
    metadata,
    sa.Column("profile", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("receipt", KEY, sa.ForeignKey("erasures.id"), nullable=False, index=True),
)

# Somebody asks to be erased: the account alone, or (`whole`) the profile it acts for as well. One that ended
# without a receipt was taken back.
erasure_requests = sa.Table(
    "erasure_requests",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("person", KEY, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("receipt", KEY, sa.ForeignKey("erasures.id")),
    sa.Index(None, "organisation", "ended_at"),
)
