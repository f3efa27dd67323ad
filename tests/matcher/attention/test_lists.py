"""A confirmed signal changes whom the startup is matched with, at once."""

import datetime as dt

from matcher.attention.deciding import Answer, decide
from matcher.attention.decisions import Verdict
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule
from matcher.ledger import LedgerEntry
from matcher.profiles import Role
from tests.matcher.matching.conftest import Serve, serve
from tests.matcher.worlds import mentor, startup

__all__ = ["serve"]

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def test_a_confirmed_need_changes_the_list_at_once(serve: Serve):
    world = serve(
        startup("s", needs=("法律",), description="laser optics"),
        mentor("lawyer", offers=("法律",), description="laser optics"),
        mentor("lender", offers=("贷款",), description="laser optics"),
    )
    world.store.put_ledger(
        LedgerEntry(organisation="north", startup_id="s", month=dt.date(2026, month, 1), cash=cash)
        for month, cash in ((8, 30.0), (9, 20.0), (10, 10.0))
    )
    before = {match.pair.partner_id: match.pair.score for match in world.listed("s", Role.MENTOR).matches}
    answer = Answer(
        startup_id="s", rule=Rule.RUNWAY_SHORT, verdict=Verdict.CONFIRMED, reason="yes", need="贷款"
    )
    decide(world.store, "north", answer, AttentionSettings(), who="wei", at=NOON)
    after = {match.pair.partner_id: match.pair.score for match in world.listed("s", Role.MENTOR).matches}
    assert before["lawyer"] > before["lender"]
    assert after["lender"] > before["lender"]
