"""Match runs, their events, edits and results as rows, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.configuration import configuration_of
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import (
    Alternate,
    Clash,
    Impasse,
    LeftOut,
    Meeting,
    Move,
    Origin,
    Price,
    Shortage,
    Summary,
    WayOut,
)
from matcher.cohorts.run import EventKind, MatchRun, RunEvent
from matcher.cohorts.status import RunStatus
from matcher.interactions import local
from matcher.matching.answers import PairScore, Reason, Warmth
from matcher.profiles import Role

_AS_THEY_ARE = (
    "id organisation version created_at updated_at copied_from queued_at started_at heartbeat_at "
    "solved_version failure published_at closed_at"
).split()


def run_of(row: sa.RowMapping) -> MatchRun:
    """The run of a row of `match_runs` with its cohort's id as `cohort_id`."""
    return MatchRun(
        cohort=row["cohort_id"],
        configuration=configuration_of(row["configuration"]),
        status=RunStatus(row["status"]),
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def event_of(row: sa.RowMapping) -> RunEvent:
    """The event of a row."""
    return RunEvent(
        version=row["version"],
        at=row["at"],
        by=row["who"],
        kind=EventKind(row["kind"]),
        why=row["why"],
        details=row["details"],
    )


def edit_of(row: sa.RowMapping, organisation: str) -> Edit:
    """The edit of a row with the profiles' keys as `startup_key`, `partner_key` and `other_key`."""
    return Edit(
        kind=EditKind(row["kind"]),
        startup_id=local(organisation, row["startup_key"]),
        partner_id=local(organisation, row["partner_key"]),
        instead_of=local(organisation, row["other_key"] or ""),
        reason=row["reason"],
        by=row["who"],
        at=row["at"],
        number=row["number"],
        version=row["version"],
    )


def meeting_of(row: sa.RowMapping, organisation: str) -> Meeting:
    """The pair of a row with the profiles' keys and the partner's role."""
    return Meeting(pair=pair_of(row, organisation), origin=Origin(row["origin"]), slot=row["slot"])


def alternate_of(row: sa.RowMapping, organisation: str) -> Alternate:
    """The alternate of a row with the profiles' keys and the partner's role."""
    return Alternate(place=row["place"], pair=pair_of(row, organisation))


def pair_columns(pair: PairScore) -> dict[str, Any]:
    """A pair's columns but for who it is."""
    body = {
        "base": pair.base,
        "warmth": pair.warmth.value,
        "reasons": [[each.signal, each.points, dict(each.facts), each.uncertain] for each in pair.reasons],
    }
    figures = {name: float(getattr(pair, name)) for name in ("score", "p_startup", "p_partner")}
    return {**figures, "body": plain(body)}


def pair_of(row: sa.RowMapping, organisation: str) -> PairScore:
    """The pair of a row with both keys, the partner's role and a `body` as `pair_columns` made it."""
    body = row["body"]
    return PairScore(
        startup_id=local(organisation, row["startup_key"]),
        partner_id=local(organisation, row["partner_key"]),
        role=Role(row["partner_role"]),
        score=row["score"],
        p_startup=row["p_startup"],
        p_partner=row["p_partner"],
        base=body["base"],
        reasons=tuple(_reason_of(*each) for each in body["reasons"]),
        warmth=Warmth(body["warmth"]),
    )


def _reason_of(signal: str, points: float, facts: Mapping[str, Any], uncertain: bool) -> Reason:
    """A reason as it was: what was a tuple of names is one again."""
    return Reason(signal, points, _tuples(facts), uncertain)


def summary_row(summary: Summary) -> Any:
    """The summary as JSON."""
    return plain(asdict(summary))


def summary_of(kept: Mapping[str, Any]) -> Summary:
    """The summary that `summary_row` made JSON of."""
    parts = {"prices": Price, "left_out": LeftOut, "supply": Shortage}
    told = {name: tuple(kind(**each) for each in kept[name]) for name, kind in parts.items()}
    return Summary(**{**kept, **told})


def impasse_row(impasse: Impasse) -> Any:
    """The impasse as JSON."""
    return plain(asdict(impasse))


def impasse_of(kept: Mapping[str, Any]) -> Impasse:
    """The impasse that `impasse_row` made JSON of."""
    return Impasse(clashes=tuple(_clash_of(each) for each in kept["clashes"]))


def _clash_of(kept: Mapping[str, Any]) -> Clash:
    ways = tuple(
        WayOut(**{**way, "moves": tuple(_move_of(move) for move in way["moves"])}) for way in kept["ways_out"]
    )
    return Clash(**{**_tuples(kept), "ways_out": ways})


def _move_of(kept: Mapping[str, Any]) -> Move:
    return Move(**{**_tuples(kept), "pairs": tuple((one, other) for one, other in kept["pairs"])})


def _tuples(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}


def plain(value: Mapping[str, Any] | Sequence[Any]) -> Any:
    """The value as JSON gives it back, so that what is kept is what was saved."""
    return json.loads(json.dumps(value, allow_nan=False))
