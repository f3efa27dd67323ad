"""A profile as the fields of a form, and back: each text is read as imports read cells."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from matcher.errors import InvalidInput
from matcher.importing.aliases import LISTS
from matcher.importing.headers import Column
from matcher.importing.readers import CURRENCY_OF, read_cell
from matcher.importing.rules import Rule
from matcher.profiles import COLUMNS, MAX_DESCRIPTION, MAX_NAME, Profile, Role, Status

LONG = frozenset(("description",))
CATALOGUE = {
    "industries": "industry",
    "stage": "stage",
    "stages": "stage",
    "needs": "service",
    "offers": "service",
    "region": "region",
}
"""Fields whose labels a catalogue knows."""
NAMED = {"exclude": "partner", "conflicts": "startup"}
"""Fields that name others."""
SUGGESTED = frozenset((*CATALOGUE, *NAMED))
NUMBERS = frozenset(("capacity", "min_load", "team_size", "term_months"))
MOST_CHARACTERS = {"name": MAX_NAME, "description": MAX_DESCRIPTION}
_BLANK = {each.name: each.default for each in fields(Profile)}
_BAD = re.compile("[\0\ud800-\udfff]")


def form_fields(role: Role) -> tuple[str, ...]:
    """The fields that the office writes of a role, in the order of the form."""
    return tuple(name for name in COLUMNS[role] if name not in ("id", "status", "deploying"))


@dataclass(frozen=True, slots=True)
class Misread:
    """A field that cannot be so: what was typed, the rule that it breaks, the nearest right value or ""."""

    value: str
    rule: str
    rule_zh: str
    nearest: str
    by_example: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form, by field; what is wrong with it; labels that no catalogue knows, with the
    nearest known; and the values, whole only where nothing is wrong."""

    texts: Mapping[str, str]
    wrong: Mapping[str, Misread] = field(default_factory=dict)
    unknown: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def form_of(profile: Profile) -> Form:
    """The profile as its form shows it."""
    texts = {name: text_of(name, getattr(profile, name)) for name in form_fields(profile.role)}
    texts |= {
        "id": profile.id,
        "status": profile.status.value,
        "shared": "yes" if profile.shared else "",
        "deploying": {True: "yes", False: "no", None: ""}[profile.deploying],
    }
    return Form(texts, unknown=_all_unknown(texts))


def read_form(role: Role, texts: Mapping[str, str], before: Profile | None) -> Form:
    """The form that was typed. A text that stands as the form showed it keeps the value `before`, to the
    letter: reading what was written is never exact."""
    values: dict[str, Any] = {"status": _status(texts), "shared": texts.get("shared") == "yes"}
    wrong: dict[str, Misread] = {}
    if role is Role.STARTUP:
        values["shared"] = False
    if "deploying" in COLUMNS[role]:
        values["deploying"] = {"yes": True, "no": False}.get(texts.get("deploying", ""))
    named: dict[str, Any] = {}
    for name in form_fields(role):
        try:
            read = _read(name, texts, before)
        except InvalidInput as error:
            wrong[name] = misread(error)
            continue
        currency = CURRENCY_OF.get(name, "")
        named |= {currency: read[currency]} if currency in read else {}
        values |= read | named
    return Form(texts, wrong, _all_unknown(texts), values)


def misread(error: InvalidInput) -> Misread:
    """What the form says of an error."""
    rule = error.rule if isinstance(error.rule, Rule) else None
    told = rule.chinese if rule else {"name": "不能为空"}.get(error.field, "不符合档案要求")
    nearest = error.remedy if rule else ""
    return Misread(error.value[:120], str(error.rule), told, nearest, bool(rule and rule.by_example))


def text_of(name: str, value: object) -> str:
    """A field's value as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "；".join(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}" if name == "annual_rate" else f"{value:,.15g}"
    return str(value)


def _read(name: str, texts: Mapping[str, str], before: Profile | None) -> dict[str, Any]:
    text = texts.get(name, "").strip()
    if before is not None and text == text_of(name, getattr(before, name)).strip():
        return {name: getattr(before, name)}
    if not text:
        return {name: _BLANK[name]} if name != "name" else _nameless()
    if _BAD.search(text):
        raise InvalidInput(name, ascii(text), Rule.UNSTORABLE)
    if len(text) > MOST_CHARACTERS.get(name, MAX_DESCRIPTION):
        raise InvalidInput(name, text, Rule.TOO_LONG)
    reading = read_cell(Column(name, name, 0), text)
    found = {name: reading.fields.get(name, _BLANK[name])}
    named = CURRENCY_OF.get(name)
    if reading.currency and named and not texts.get(named, "").strip():
        found[named] = reading.currency
    return found


def _nameless() -> dict[str, Any]:
    raise InvalidInput("name", "", Rule.REQUIRED)


def _status(texts: Mapping[str, str]) -> Status:
    given = texts.get("status", "")
    return Status(given) if given in set(Status) else Status.ACTIVE


def _all_unknown(texts: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Labels of each field that its catalogue does not know, with the nearest that it knows."""
    found = {name: _unknown(name, texts[name]) for name in CATALOGUE if texts.get(name, "").strip()}
    return {name: labels for name, labels in found.items() if labels}


def _unknown(name: str, text: str) -> list[tuple[str, str]]:
    try:
        notes = read_cell(Column(name, name, 0), text).notes
    except InvalidInput:
        return []
    return [
        (note.value, note.nearest) for note in notes if note.rule in (Rule.UNKNOWN_LABEL, Rule.MISSPELT_LABEL)
    ]


def replaced(name: str, text: str, label: str, instead: str) -> str:
    """The field's text with one label in the place of another."""
    if name not in LISTS:
        return instead if text.strip() == label else text
    parts = [part.strip() for part in re.split("[;；、|｜，,\n]", text)]
    return "；".join(dict.fromkeys(instead if part == label else part for part in parts if part))
