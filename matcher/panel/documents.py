"""A panel's parts as JSON documents and back."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from matcher.panel.awards import Award, Awards, Outcome
from matcher.panel.criteria import Criterion
from matcher.panel.values import Application, PanelSettings, RankBy, Reviewer, Sharing, TieBreak

Document = dict[str, Any]
_WORDS: Mapping[str, type[RankBy] | type[Sharing]] = {"rank_by": RankBy, "sharing": Sharing}


def document_of(part: PanelSettings | Application | Reviewer) -> Document:
    """The part as plain JSON values."""
    return {name: _plain(value) for name, value in asdict(part).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def settings_of(document: Mapping[str, Any]) -> PanelSettings:
    """The settings that a document describes; what it leaves out is as by default."""
    words = {name: kind(document[name]) for name, kind in _WORDS.items() if name in document}
    breaks = {"tie_breaks": tuple(map(TieBreak, document["tie_breaks"]))} if "tie_breaks" in document else {}
    due, criteria = document.get("due"), document.get("criteria", ())
    rest = {
        "due": dt.date.fromisoformat(due) if due else None,
        "criteria": tuple(Criterion(**each) for each in criteria),
    }
    return PanelSettings(**{**document, **words, **breaks, **rest})


def application_of(document: Mapping[str, Any]) -> Application:
    """The application that a document describes."""
    return Application(**document)


def reviewer_of(document: Mapping[str, Any]) -> Reviewer:
    """The reviewer that a document describes."""
    return Reviewer(**{**document, "conflicts": tuple(document.get("conflicts", ()))})


def decision_of(awards: Awards) -> Document:
    """What is decided, as plain JSON values."""
    listed = [
        asdict(award) | {"application": award.application.id, "outcome": award.outcome.value}
        for award in awards.awards
    ]
    return {"awards": listed, "budget": awards.budget, "spent": awards.spent}


def decided_awards(decision: Mapping[str, Any], applications: Iterable[Application]) -> Awards:
    """The awards of a decision, on the applications of its panel."""
    known = {application.id: application for application in applications}
    awards = [
        Award(**{**each, "application": known[each["application"]], "outcome": Outcome(each["outcome"])})
        for each in decision["awards"]
    ]
    return Awards(tuple(awards), decision["budget"], decision["spent"])


def fingerprint(decision: Mapping[str, Any]) -> str:
    """A tag that differs where anything of the decision does."""
    text = json.dumps(decision, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
