"""A panel as its form holds it: texts as they were typed, until they are read.

Everything that was chosen so far stands in the form itself, so that a search for one more reviewer, a mistake
or a session that ended loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from api.panel_sheets import currency_in, whole_amount
from matcher.errors import InvalidInput
from matcher.panel.documents import document_of
from matcher.panel.values import Panel, PanelSettings

Row = dict[str, str]
AMOUNTS = ("budget", "cap", "step", "asked", "least")
WHOLE = ("each", "quorum", "per_firm", "weight", "most")
FIGURES = ("score_min", "score_max", "pass_mark")
PLAIN = ("call", "due", "currency", "rank_by", "sharing")
OTHER_CURRENCY = "is in another currency: "
RULES = "tie"
"""The fields of the rules for ties, in order."""
SETTINGS = (*PLAIN, *FIGURES, "each", "quorum", "per_firm", "budget", "cap", "step")
CRITERION = ("name", "weight", "help")
APPLICATION = ("startup_id", "id", "title", "asked", "least", "withdrawn")
REVIEWER = ("partner_id", "id", "name", "firm", "conflicts", "least", "most")
SPARE = 2
"""So many blank lines for further criteria stand below those that there are."""
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `usual` are the amounts of an application that is added: asked and least."""

    name: str = ""
    settings: Row = field(default_factory=dict)
    ties: Sequence[str] = ()
    criteria: Sequence[Row] = ()
    applications: Sequence[Row] = ()
    reviewers: Sequence[Row] = ()
    usual: Row = field(default_factory=dict)

    def with_applications(self, startups: Sequence[str]) -> "Typed":
        """The same with these startups' applications, where they are not there."""
        there = {row["startup_id"] for row in self.applications}
        blank = dict.fromkeys(APPLICATION, "")
        usual = {"asked": self.usual.get("asked", ""), "least": self.usual.get("least", "")}
        more = [blank | usual | {"startup_id": each} for each in dict.fromkeys(startups) if each not in there]
        return replace(self, applications=[*self.applications, *more])

    def with_partners(self, partners: Sequence[str], names: Mapping[str, str]) -> "Typed":
        """The same with these mentors and investors as reviewers, where they are not there."""
        there = {row["partner_id"] for row in self.reviewers}
        blank = dict.fromkeys(REVIEWER, "")
        more = [
            blank | {"partner_id": each, "name": names[each]}
            for each in dict.fromkeys(partners)
            if each not in there and each in names
        ]
        return replace(self, reviewers=[*self.reviewers, *more])

    def with_experts(self, written: str) -> "Typed":
        """The same with reviewers who have no profile, one name a line."""
        there = {row["name"] for row in self.reviewers}
        names = [name.strip() for name in written.splitlines() if name.strip()]
        blank = dict.fromkeys(REVIEWER, "")
        more = [blank | {"name": each} for each in dict.fromkeys(names) if each not in there]
        return replace(self, reviewers=[*self.reviewers, *more])


def typed_of(panel: Panel) -> Typed:
    """A panel as its form shows it."""
    document = document_of(panel.settings)
    return Typed(
        name=panel.name,
        settings={name: _text(document[name]) for name in SETTINGS},
        ties=[str(rule) for rule in panel.settings.rules],
        criteria=[_texts(vars_of(each), CRITERION) for each in panel.settings.criteria],
        applications=[_texts(document_of(each), APPLICATION) for each in panel.applications],
        reviewers=[
            _texts(document_of(each) | {"conflicts": "；".join(each.conflicts)}, REVIEWER)
            for each in panel.reviewers
        ],
    )


def vars_of(criterion: Any) -> dict[str, Any]:
    """The criterion's fields by name."""
    return {name: getattr(criterion, name) for name in CRITERION}


def usual_form() -> Typed:
    """The form of a new panel."""
    document = document_of(PanelSettings())
    return Typed(
        settings={name: _text(document[name]) for name in SETTINGS},
        ties=[str(rule) for rule in PanelSettings().rules],
    )


def typed_in(form: "MultiDict[str, str]") -> Typed:
    """What a form that was sent holds, without the lines that were taken out."""
    return Typed(
        name=form.get("name", "").strip(),
        settings={name: form.get(name, "").strip() for name in SETTINGS},
        ties=[rule for rule in form.getlist(RULES) if rule],
        criteria=[row for row in _rows(form, "criterion", CRITERION) if row["name"]],
        applications=_rows(form, "application", APPLICATION),
        reviewers=_rows(form, "reviewer", REVIEWER),
        usual={name: form.get(f"usual_{name}", "").strip() for name in ("asked", "least")},
    )


def document_in(typed: Typed) -> dict[str, Any]:
    """What was typed as the body of a request; what was left blank is as by default.

    Raises:
        InvalidInput: an amount or number that is none; its field names where it stands.
    """
    _check_currencies(typed)
    settings = _read(typed.settings, "settings")
    criteria = [
        _read(row, f"settings.criteria.{place}", kept=("name", "help"))
        for place, row in enumerate(typed.criteria)
    ]
    return {
        "name": typed.name,
        "settings": settings | {"tie_breaks": list(typed.ties), "criteria": criteria},
        "applications": [_application(row, place) for place, row in enumerate(typed.applications)],
        "reviewers": [_reviewer(row, place) for place, row in enumerate(typed.reviewers)],
    }


def _check_currencies(typed: Typed) -> None:
    """Refuse an amount that names another currency than the panel's: nobody knows the day's rate."""
    own = (typed.settings["currency"] or PanelSettings().currency).upper()
    rows = [("settings", typed.settings)]
    rows += [(f"applications.{place}", row) for place, row in enumerate(typed.applications)]
    for where, row in rows:
        for name in AMOUNTS:
            written = currency_in(row.get(name, ""))
            if written not in ("", own):
                raise InvalidInput(f"{where}.{name}", row[name][:80], f"{OTHER_CURRENCY}{written} {own}")


def _application(row: Row, place: int) -> dict[str, Any]:
    read = _read(row, f"applications.{place}", kept=("startup_id", "id", "title"))
    return read | {"withdrawn": row["withdrawn"] == "True"}


def _reviewer(row: Row, place: int) -> dict[str, Any]:
    plain = {name: text for name, text in row.items() if name not in ("conflicts", "least")}
    read = _read(plain, f"reviewers.{place}", kept=("partner_id", "id", "name", "firm"))
    named = row["conflicts"]
    for mark in "；、|,，\n":
        named = named.replace(mark, ";")
    least = _whole(row["least"], f"reviewers.{place}.least") if row["least"] else 0
    return read | {"conflicts": [part.strip() for part in named.split(";") if part.strip()], "least": least}


def _read(row: Row, where: str, kept: Sequence[str] = PLAIN) -> dict[str, Any]:
    """The row's values; blank ones are left out."""
    read: dict[str, Any] = {}
    for name, text in row.items():
        if not text:
            continue
        if name in AMOUNTS:
            read[name] = _amount(text, f"{where}.{name}")
        elif name in WHOLE:
            read[name] = _whole(text, f"{where}.{name}")
        elif name in FIGURES:
            read[name] = figure_in(text, f"{where}.{name}")
        elif name in kept:
            read[name] = text
    return read


def _amount(text: str, where: str) -> int:
    try:
        return whole_amount(where, text)
    except InvalidInput as error:
        raise InvalidInput(where, text[:80], error.rule, error.remedy) from error


def _whole(text: str, where: str) -> int:
    text = text.rstrip("%％ ") if where.endswith(".weight") else text
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise InvalidInput(where, text[:80], "must be a whole number")
    return int(text)


def figure_in(text: str, where: str) -> float:
    """A number as it was typed, also in full width.

    Raises:
        InvalidInput: none.
    """
    try:
        return float(text) if len(text) < 30 else float("nan")
    except ValueError as error:
        raise InvalidInput(where, text[:80], "must be a number") from error


def _rows(form: "MultiDict[str, str]", kind: str, names: Sequence[str]) -> list[Row]:
    """The lines of a table, but those whose number is among the ones to take out."""
    columns = [form.getlist(f"{kind}_{name}")[:_MOST_ROWS] for name in names]
    out = set(form.getlist(f"{kind}_out"))
    rows = [dict(zip(names, map(str.strip, row), strict=True)) for row in zip(*columns, strict=False)]
    return [row for place, row in enumerate(rows) if str(place) not in out]


def _texts(document: Mapping[str, Any], names: Sequence[str]) -> Row:
    return {name: _text(document[name]) for name in names}


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
