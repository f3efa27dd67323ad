"""What was told in confidence is read: on record before whoever reads it gets it.

Called where such fields are selected, so that nothing above can read them and forget it. Left out are Bole's
own work, whose reading reaches nobody, and who reads about themselves.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from matcher.audit import EXPORTED, READ, Actor, Deed, acts
from matcher.store.engine import put_on_record, reading
from matcher.store.schema import profiles

ADDRESS = frozenset({"contacts.email"})
LEDGER = frozenset({"ledger"})
REMARKS = frozenset({"remarks.text"})
ACCOUNTS = frozenset({"people.email"})


def read_of(engine: sa.Engine, keys: Collection[str], fields: frozenset[str]) -> None:
    """These fields of the profiles of these keys are read; each has a line, in its own organisation's chain
    and, where that is another, in that of who reads."""
    actor = acts()
    others = set(keys) - {actor.profile}
    if not others or not actor.is_somebody:
        return
    wanted = sa.select(profiles.c.organisation, profiles.c.number)
    with reading(engine) as connection:
        rows = connection.execute(wanted.where(profiles.c.key.in_(sorted(others)))).all()
    put_on_record(
        engine,
        [
            Deed(organisation, READ, "profile", str(number), fields)
            for owner, number in sorted(map(tuple, rows))
            for organisation in sorted({owner, actor.organisation or owner})
        ],
    )


def read_of_all(
    engine: sa.Engine, organisation: str, fields: frozenset[str], rows: int, *, subject: str = "profile"
) -> None:
    """These fields of all that the organisation has are read: one line, which is about each of them."""
    _one_line(engine, acts(), Deed(organisation, READ, subject, "", fields, {"read": rows}))


def exported(engine: sa.Engine, organisation: str, table: str, counts: Mapping[str, int]) -> None:
    """A table of the organisation leaves Bole as a file."""
    deed = Deed(organisation, EXPORTED, "organisation", organisation, frozenset({table}), dict(counts))
    _one_line(engine, acts(), deed)


def _one_line(engine: sa.Engine, actor: Actor, deed: Deed) -> None:
    if actor.is_somebody and any(deed.counts.values()):
        put_on_record(engine, [deed])
