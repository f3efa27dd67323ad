"""What was before a change, kept with it: written beside the change, read to take it back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.store import merged
from matcher.store.amendment_schema import amended_months, amended_profiles
from matcher.store.bulk import insert_new, lists
from matcher.store.merging_schema import merged_rows
from matcher.store.schema import profiles

CONTENT = ("organisation", "role", "id", "name", "status", "shared", "opted_out_at", "body")
_FIGURES = ("headcount", "present", "revenue", "orders", "cash", "note")
_MOST = 2_000

Content = Mapping[str, Any]


def contents(connection: sa.Connection, keys: Collection[str]) -> dict[str, Content]:
    """What the live profiles of these keys say, as columns."""
    found: dict[str, Content] = {}
    for some in lists(keys, _MOST):
        wanted = sa.select(profiles.c.key, *(profiles.c[name] for name in CONTENT))
        rows = connection.execute(
            wanted.where(profiles.c.deleted == sa.false(), profiles.c.key.in_(some))
        ).mappings()
        found |= {row["key"]: _content(row) for row in rows}
    return found


def _content(row: sa.RowMapping) -> Content:
    left = row["opted_out_at"]
    content = {name: row[name] for name in CONTENT}
    return content | {"opted_out_at": left and left.isoformat()}


def keep(
    connection: sa.Connection,
    amendment: str,
    before: Mapping[str, Content],
    after: Mapping[str, bytes],
) -> None:
    """Note what profiles said before a change (those not in `before` were not there) and the digests of what
    they say `after`, by key. Of one that changes twice in an amendment what was before the first stays."""
    numbers = _numbers(connection, after)
    rows = [
        {"amendment": amendment, "profile": numbers[key], "before": before.get(key), "after": digest}
        for key, digest in after.items()
    ]
    if insert_new(connection, amended_profiles, rows, ["amendment", "profile"]) < len(rows):
        mine = (
            amended_profiles.c.amendment == amendment,
            amended_profiles.c.profile == sa.bindparam("number"),
        )
        digests = [{"number": numbers[key], "digest": digest} for key, digest in after.items()]
        connection.execute(
            sa.update(amended_profiles).where(*mine).values(after=sa.bindparam("digest")), digests
        )


def keep_months(
    connection: sa.Connection,
    amendment: str,
    before: Mapping[tuple[int, Any], Content],
    written: Iterable[Content],
) -> None:
    """The same of months of ledgers: those known `before`, by startup's number and month, and the rows."""
    rows = [
        {
            "amendment": amendment,
            "startup": row["startup"],
            "month": row["month"],
            "before": _figures(before.get((row["startup"], row["month"]))),
            "after": _figures(row),
        }
        for row in written
    ]
    by = ["amendment", "startup", "month"]
    if insert_new(connection, amended_months, rows, by) < len(rows):
        mine = [amended_months.c[name] == sa.bindparam(f"the_{name}") for name in by]
        changed = [{**{f"the_{name}": row[name] for name in by}, "figures": row["after"]} for row in rows]
        connection.execute(
            sa.update(amended_months).where(*mine).values(after=sa.bindparam("figures", type_=sa.JSON)),
            changed,
        )


def _figures(row: Content | None) -> Content | None:
    return None if row is None else {name: row[name] for name in _FIGURES}


def _numbers(connection: sa.Connection, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in lists(keys, _MOST):
        wanted = sa.select(profiles.c.key, profiles.c.number).where(profiles.c.key.in_(some))
        found |= {row.key: row.number for row in connection.execute(wanted)}
    return found


def forget_profile(connection: sa.Connection, number: sa.ScalarSelect[int]) -> None:
    """Forget what was before of the profile of this number, and of those that were merged into it: it is to
    be gone."""
    theirs = merged.with_merged(sa.select(number))
    merges = sa.select(amended_profiles.c.amendment).where(amended_profiles.c.profile.in_(theirs))
    connection.execute(sa.delete(merged_rows).where(merged_rows.c.amendment.in_(merges)))
    connection.execute(sa.update(profiles).where(profiles.c.merged_into == number).values(also=""))
    connection.execute(sa.delete(amended_profiles).where(amended_profiles.c.profile.in_(theirs)))
    connection.execute(sa.delete(amended_months).where(amended_months.c.startup.in_(theirs)))


def forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Forget what was before these amendments: they cannot be taken back any more."""
    for table in (amended_profiles, amended_months, merged_rows):
        connection.execute(sa.delete(table).where(table.c.amendment.in_(ids)))
