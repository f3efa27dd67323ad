"""Who finds which part of a startup on any page and any answer of /v1: every address that can be read, asked
by every kind of reader, held against the table."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.access import declared_access
from api.pages.words import money
from api.principals import Caller, Principal, issue_token
from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.store import Store
from matcher.visibility import MAY_READ, Part, Reader
from tests.api.world import Client, introduction_of

ASK = 12_340_000.0
NOTE = "noted-by-the-office"
TICKET = {"ticket_min": 1e6, "ticket_max": 1e8, "currency": "CNY"}
TRACES: Mapping[Part, tuple[str, ...]] = {
    Part.ASK: ("12340000", money(ASK, "CNY", language="zh"), money(ASK, "CNY", language="en")),
    Part.NOTES: (NOTE,),
    Part.CONTACT: ("founder@qingsong.example",),
    Part.LEDGER: ("98765432", "9877万", "9,877万", "9876.5万"),
}
"""What nobody sees of s1 but by reading that part of it."""
READERS: Mapping[Reader, tuple[Caller, str, str]] = {
    Reader.OFFICE: (Caller.STAFF, "", "north"),
    Reader.OTHER_OFFICE: (Caller.STAFF, "", "south"),
    Reader.SELF: (Caller.STARTUP, "s1", "north"),
    Reader.STARTUP: (Caller.STARTUP, "lamp", "north"),
    Reader.MENTOR_ASKED: (Caller.MENTOR, "m1", "north"),
    Reader.MENTOR_MET: (Caller.MENTOR, "m1", "north"),
    Reader.INVESTOR_ASKED: (Caller.INVESTOR, "i1", "north"),
    Reader.INVESTOR_MET: (Caller.INVESTOR, "i1", "north"),
    Reader.STRANGER: (Caller.INVESTOR, "i2", "north"),
}


@pytest.fixture
def told(store: Store) -> Store:
    """s1 with something to find in every part; i2 is an investor whom nobody introduced to it."""
    s1 = store.profile("north", "s1")
    store.put_profiles(
        [
            replace(s1, raising_amount=ASK, raising_currency="CNY", tags=(NOTE,), exclude=()),
            Profile(organisation="north", role=Role.INVESTOR, id="i2", name="Far Fund", **TICKET),
        ]
    )
    contact = store.contacts.get("north", "s1")
    store.contacts.put("north", replace(contact, email="founder@qingsong.example"), "staff")
    month = LedgerEntry(
        organisation="north", startup_id="s1", month=dt.date(2026, 2, 1), revenue=98_765_432.0, headcount=9.0
    )
    store.put_ledger([month])
    return store


def addresses(app: APIFlask, role: Caller, ids: Mapping[str, str]) -> list[str]:
    """Every address that callers of the role may read, about s1 wherever it is about somebody."""
    found = []
    for rule in app.url_map.iter_rules():
        access = declared_access(app, rule.endpoint)
        if "GET" in rule.methods and role in access.roles:
            name = lambda match: ids.get(match[2], "s1")  # noqa: E731
            found.append(re.sub(r"<(?:(\w+):)?(\w+)>", name, rule.rule))
    return sorted(found)


def found_by(app: APIFlask, store: Store, reader: Reader) -> dict[Part, list[str]]:
    """The parts of s1 that a reader finds, and where."""
    role, profile, organisation = READERS[reader]
    client = Client(app.test_client(), issue_token(store, Principal(organisation, role, profile)))
    cohort = "funded" if role is Caller.INVESTOR else "published"
    ids = {"partner_id": profile or "m1", "a": profile or "s1", "b": "s1" if profile != "s1" else "m1"}
    ids |= {"introduction_id": introduction_of(store, cohort), "cohort_id": cohort}
    found: dict[Part, list[str]] = {part: [] for part in TRACES}
    for address in addresses(app, role, ids):
        answer = client.get(address)
        assert answer.status_code < 500, (address, answer.text)
        for part, traces in TRACES.items():
            if any(trace.encode() in answer.data for trace in traces):
                found[part].append(address)
    return found


LONG = {Reader.OFFICE, Reader.OTHER_OFFICE}
"""Who may open so much that it takes its time."""
UNTOLD = {Reader.INVESTOR_MET: {Part.ASK}}
"""What may be read, but stands nowhere any more once the two have met."""


@pytest.mark.parametrize(
    "reader", [pytest.param(each, marks=pytest.mark.e2e if each in LONG else ()) for each in READERS]
)
def test_a_reader_finds_the_parts_of_the_table_and_no_others(app: APIFlask, told: Store, reader: Reader):
    if reader in {Reader.MENTOR_MET, Reader.INVESTOR_MET}:
        cohort = "funded" if reader is Reader.INVESTOR_MET else "published"
        told.introductions.accept("north", introduction_of(told, cohort), list(Side), Change(by="staff"))
    foreign = reader is Reader.OTHER_OFFICE  # a startup is never shared: of its notes nothing is seen
    may = frozenset() if foreign else MAY_READ[reader] & TRACES.keys()
    found = {part: where for part, where in found_by(app, told, reader).items() if where}
    assert found.keys() == may - UNTOLD.get(reader, set()), found
