"""What introductions promise, for a run that is about to be solved."""

import sqlalchemy as sa

from matcher.cohorts.commitments import Commitments, Pairs
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.cohorts.run import MatchRun
from matcher.store.cohorts import number_of
from matcher.store.introduction_room import OPEN
from matcher.store.introduction_rows import partners, read
from matcher.store.introduction_schema import introductions
from matcher.store.match_publishing import published

_NOTHING_CAME_OF_IT = {IntroductionStatus.DECLINED, IntroductionStatus.EXPIRED}


def of(connection: sa.Connection, run: MatchRun) -> Commitments:
    """Places promised by open introductions of all runs but the published one of the run's cohort and role,
    which it would replace; and what became of that one's pairs.

    A pair that was declined or expired in an earlier run of the cohort counts as refused too; one that was
    withdrawn only where the published run did so.
    """
    organisation, role = run.organisation, run.configuration.role
    base = published(connection, organisation, run.cohort, role)
    base_id = "" if base is None else base.id
    of_cohort = introductions.c.cohort == number_of(connection, organisation, run.cohort)
    known = list(read(connection, organisation, of_cohort, partners.c.role == role.value))
    own = [each for each in known if each.run == base_id]
    withdrawn = _pairs(own, {IntroductionStatus.WITHDRAWN})
    return Commitments(
        promised=_promised(connection, base_id),
        base=base_id,
        kept=_pairs(own, {IntroductionStatus.ACCEPTED}),
        offered=_pairs(own, {IntroductionStatus.OFFERED}),
        refused=withdrawn | _pairs(known, _NOTHING_CAME_OF_IT),
    )


def _promised(connection: sa.Connection, but_of: str) -> dict[str, int]:
    wanted = sa.select(partners.c.key, sa.func.count()).join_from(
        introductions, partners, introductions.c.partner == partners.c.number
    )
    others = sa.or_(introductions.c.run.is_(None), introductions.c.run != but_of)
    rows = connection.execute(wanted.where(OPEN, others).group_by(partners.c.key))
    return {row[0]: row[1] for row in rows}


def _pairs(those: list[Introduction], statuses: set[IntroductionStatus]) -> Pairs:
    return frozenset(
        (each.pair.startup_id, each.pair.partner_id) for each in those if each.status in statuses
    )
