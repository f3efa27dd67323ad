"""A startup and a mentor whose every text is told from all others, in every place that the store has."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import sqlalchemy as sa

from matcher.amendments import AmendmentKind
from matcher.attention.decisions import Decision, Verdict
from matcher.attention.signals import Rule, Severity, Signal
from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.encoding.cache import content_hash
from matcher.ledger import LedgerEntry
from matcher.panel.changes import Score
from matcher.panel.values import Application, Panel, PanelSettings, Review, Reviewer
from matcher.people import Purpose
from matcher.profiles import Profile
from matcher.remarks import Remark, RemarkKind
from matcher.shown import ShownList
from matcher.store import Store
from matcher.store.engine import open_engine
from matcher.store.schema import metadata
from matcher.text.comparable import comparable
from tests.matcher.store.runs_at_hand import published
from tests.matcher.store.runs_at_hand import result as found
from tests.matcher.store.samples import NOW, investor, mentor, met, startup

FOX = "fox-id-7731"
OWL = "owl-id-4410"
WORDS = {
    FOX: ("fox-id-7731", "量子狐科技", "fox@quorvex.example", "Reineke Fuchs", "狐狸原话"),
    OWL: ("owl-id-4410", "夜鸮老师", "owl@strigid.example", "Minerva Kauz", "鸮的原话"),
}
"""Of each its id, name and address, the name of the account, and words that stand in whatever is said."""
HASHES = {id_: content_hash(comparable(f"{words[4]} text")) for id_, words in WORDS.items()}


def fox(**fields: Any) -> Profile:
    """The startup."""
    said = WORDS[FOX][4]
    told: dict[str, Any] = {"description": f"{said} text", "tags": (f"{said} tag",), "industries": (said,)}
    return startup(FOX, WORDS[FOX][1], **told | fields)


def owl(**fields: Any) -> Profile:
    """The mentor."""
    said = WORDS[OWL][4]
    return mentor(OWL, WORDS[OWL][1], description=f"{said} text", offers=("融资",), **fields)


def settle(store: Store) -> None:
    """Have both in every place."""
    others = [startup("s2"), mentor("m2"), investor("i2", conflicts=(FOX, WORDS[OWL][1], "s2"))]
    store.put_profiles([fox(), owl(), *others])
    for id_, words in WORDS.items():
        store.put_vectors("usem3", {HASHES[id_]: np.ones(4, np.float16)})
        store.contacts.put("north", Contact(id_, words[2], "zh"), f"staff {words[3]}")
        _account(store, id_, words)
    _events(store)
    _run(store)
    _panel(store)
    _office(store)


def _account(store: Store, id_: str, words: tuple[str, ...]) -> None:
    role = "startup" if id_ == FOX else "mentor"
    person = store.people.add("north", f"account.{words[2]}", role=role, profile_id=id_, name=words[3])
    store.people.add_link(person.id, Purpose.INVITE, f"hash {id_}", NOW + dt.timedelta(days=7))
    store.people.ask_for_codes(person.id, words[4], [f"code {id_}"], step=1)
    for number, whose in enumerate((person.id, "")):
        store.add_token(
            token_hash=f"token {id_} {number}",
            organisation="north",
            role=role,
            profile_id=id_,
            label=words[4],
            person_id=whose,
        )
    store.erasures.ask("north", person.id, whole=True)


def _events(store: Store) -> None:
    said = {id_: words[4] for id_, words in WORDS.items()}
    deal = {"stage": said[FOX], "amount": 5.0, "currency": "CNY"}
    store.add_interactions(
        [
            met(FOX, OWL, source_id=said[FOX] + said[OWL], **deal),
            met(FOX, "m2", source_id=f"{said[FOX]} 2", request_id=FOX),
            met("s2", OWL, source_id=said[OWL]),
            met("s2", "m2", source_id="of others"),
        ]
    )
    month = dt.date(2024, 4, 1)
    store.put_ledger(
        [LedgerEntry(organisation="north", startup_id=FOX, month=month, cash=7.0, note=said[FOX])]
    )
    signal = Signal(
        startup_id=FOX,
        rule=Rule.RUNWAY_SHORT,
        month=month,
        severity=Severity.NOTICE,
        gravity=1.0,
        facts={"months": 2.0},
        evidence=(),
        needs=(),
    )
    made = {"verdict": Verdict.DISMISSED, "who": f"staff {said[FOX]}", "at": NOW, "reason": said[FOX]}
    store.attention.decide(Decision(organisation="north", signal=signal, **made), lambda same: same)
    for query, others in ((FOX, (OWL, "m2")), ("s2", (OWL,)), (OWL, (FOX,))):
        store.add_shown([_shown(query, others, query)])
    common = {"organisation": "north", "kind": RemarkKind.DISMISSED, "introduction": "", "value": None}
    common |= {"at": NOW, "request_id": ""}
    for key, partner, side in (
        (FOX, "m2", Side.STARTUP),
        ("s2", OWL, Side.PARTNER),
        (FOX, OWL, Side.STARTUP),
    ):
        sides = {"startup_key": f"north:{key}", "partner_key": f"north:{partner}", "side": side}
        store.remarks.put(Remark(**sides, text=said[OWL if partner == OWL else FOX], **common))


def _shown(query: str, others: tuple[str, ...], request: str) -> ShownList:
    keys = tuple(f"north:{other}" for other in others)
    return ShownList(
        request_id=request,
        organisation="north",
        query_key=f"north:{query}",
        role="mentor",
        model_version="v1",
        at=NOW,
        partners=keys,
        scores=tuple(0.5 for _ in keys),
    )


def _run(store: Store) -> None:
    store.cohorts.create("north", f"Spring with {WORDS[FOX][1]}", [FOX, "s2"], id="spring")
    published(store, found([(FOX, OWL), ("s2", "m2")], {FOX: ["m2"], "s2": [OWL]}))
    offers = {each.pair.startup_id: each.id for each in store.introductions.all("north")}
    by = f"startup {FOX} {WORDS[FOX][3]}"
    store.introductions.accept("north", offers[FOX], [Side.STARTUP], Change(by=by, why=WORDS[OWL][4]))


def _panel(store: Store) -> None:
    said = WORDS[FOX][4]
    panel = Panel(
        organisation="north",
        id="p1",
        name=f"For {WORDS[FOX][1]}",
        settings=PanelSettings(each=1),
        applications=(
            Application(id=FOX, startup_id=FOX, title=said, asked=5),
            Application(id="a2", startup_id="s2", title="other"),
        ),
        reviewers=(
            Reviewer(id=OWL, name=WORDS[OWL][1], partner_id=OWL, firm=WORDS[OWL][4]),
            Reviewer(id="r2", name="Ada", conflicts=(FOX,)),
        ),
    )
    change = Change(by=f"staff {WORDS[OWL][3]}", why=f"as {WORDS[FOX][1]} asked")
    store.panels.create(panel, change)
    pairs = [Review(application=FOX, reviewer="r2", expertise=0.5)]
    pairs += [Review(application="a2", reviewer=OWL, expertise=0.5)]
    store.panels.assign("north", "p1", change, pairs, {})
    given = ((FOX, "r2", said), ("a2", OWL, WORDS[OWL][4]))
    scores = [
        Score(application=one, reviewer=other, score=80.0, comment=words) for one, other, words in given
    ]
    store.panels.put_scores("north", "p1", scores, change)


def _office(store: Store) -> None:
    said = WORDS[FOX][4]
    report = {"problems": [{"row": 3, "value": WORDS[FOX][1]}, {"row": 4, "value": "north:" + FOX}]}
    store.save_import("north", report)
    listed = f"id,name\n1,{WORDS[FOX][1]}\n".encode("gb18030")
    store.uploads.add("north", [("周报.csv", listed)], who="staff", plan={}, look={})
    store.uploads.add("north", [("other.csv", b"id,name\n1,Ada\n")], who="staff", plan={}, look={})
    store.amendments.amend(
        "north",
        {FOX: lambda before: fox(description=f"{said} later")},
        AmendmentKind.EDITED,
        who=f"staff {WORDS[OWL][3]}",
        summary={"name": WORDS[FOX][1], "id": FOX},
    )


def cells(url: str) -> Iterator[tuple[str, Any]]:
    """Every value of the database with the table that it stands in."""
    engine = open_engine(url)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                yield from ((table.name, value) for value in row)
    engine.dispose()


def traces(url: str, id_: str) -> set[tuple[str, str]]:
    """In which tables something of somebody still stands, and what."""
    left = set()
    for table, value in cells(url):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        left |= {(table, mark) for mark in WORDS[id_] if mark in text}
    return left
