"""What a member may write of itself: each field as a form shows it, and as it is read again.

Texts are read as imports read cells: 500万 is an amount, labels keep their spelling, and what no catalogue
knows is kept and told with the nearest label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _

from api.pages.profiles.names import FIELD_NAMES
from matcher.errors import InvalidInput
from matcher.importing.headers import Column
from matcher.importing.readers import CURRENCY_OF, read_cell
from matcher.importing.tickets import with_ticket
from matcher.matching.naming import amount_text
from matcher.matching.wording import Language
from matcher.profiles import Profile, Role
from matcher.taxonomy import services

_STARTUP = (
    "name description industries region stage needs raising_amount raising_currency founded team_size "
    "languages"
)
_MENTOR = "name description offers industries region stages languages capacity"
_INVESTOR = (
    "name description kind offers industries region stages ticket_min ticket_max currency annual_rate "
    "term_months deploying capacity"
)
EDITABLE: Mapping[Role, Sequence[str]] = {
    Role.STARTUP: tuple(_STARTUP.split()),
    Role.MENTOR: tuple(_MENTOR.split()),
    Role.INVESTOR: tuple(_INVESTOR.split()),
}
"""What members write; the rest (tags, exclusions, conflicts, sharing, least load) is the office's."""
LABELS = MappingProxyType(
    {name: FIELD_NAMES[name] for names in EDITABLE.values() for name in names}
    | {
        "raising_currency": _("Currency"),
        "ticket_min": _("Ticket from"),
        "ticket_max": _("Ticket to"),
        "annual_rate": _("Annual rate"),
        "term_months": _("Term in months"),
    }
)
"""What members read above each field."""
SERVICES = frozenset(("needs", "offers"))
"""Fields that are two on the form: codes of the catalogue that are ticked, and other words."""
_COLUMNS = {name: Column(name, name, 0) for name in LABELS}
_BLANK = {each.name: each.default for each in fields(Profile)} | {"name": ""}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one text: the `value`, the currency that it named, and for labels that no catalogue
    knows the nearest ones, by label ("" where none is near)."""

    value: Any
    currency: str = ""
    unknown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `texts` by field as typed, codes that are `ticked` by field of services, what is wrong
    (`faults`) and what no catalogue knew (`unknown`). `changes` are the values read, whole only where there
    are no faults."""

    texts: Mapping[str, str]
    ticked: Mapping[str, Sequence[str]]
    changes: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, InvalidInput] = field(default_factory=dict)
    unknown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_field(name: str, text: str) -> Read:
    """The value behind a text; nothing typed is the field's blank.

    Raises:
        InvalidInput: it cannot be read.
    """
    if not text.strip():
        return Read(_BLANK[name])
    reading = read_cell(_COLUMNS[name], text)
    unknown = {note.value: note.nearest for note in reading.notes} if name in _LABELLED else {}
    return Read(reading.fields.get(name, _BLANK[name]), reading.currency, unknown)


_LABELLED = frozenset(("industries", "region", "stage", "stages", *SERVICES))


def read_form(
    profile: Profile, texts: Mapping[str, str], ticked: Mapping[str, Sequence[str]], language: Language
) -> Form:
    """The form that was filled for the profile."""
    changes, faults, unknown = dict[str, Any](), dict[str, InvalidInput](), dict[str, Mapping[str, str]]()
    for name in EDITABLE[profile.role]:
        try:
            read = read_field(name, texts.get(name, ""))
        except InvalidInput as error:
            faults[name] = error
            continue
        changes[name] = read.value
        if name in SERVICES:
            own = _labels_of(ticked.get(name, ()), getattr(profile, name), language)
            changes[name] = tuple(dict.fromkeys((*own, *read.value)))
        if read.unknown:
            unknown[name] = read.unknown
        if read.currency and not texts.get(CURRENCY_OF[name], "").strip():
            changes[CURRENCY_OF[name]] = read.currency
    return Form(texts, ticked, changes, faults or _faults_of(profile, changes), unknown)


def _faults_of(profile: Profile, changes: Mapping[str, Any]) -> dict[str, InvalidInput]:
    """What no profile may say."""
    try:
        with_ticket(replace(profile, **changes))
    except InvalidInput as error:
        return {error.field: error}
    return {}


def form_of(profile: Profile, language: Language) -> Form:
    """The profile as its form shows it."""
    texts, ticked = dict[str, str](), dict[str, Sequence[str]]()
    for name in EDITABLE[profile.role]:
        value = getattr(profile, name)
        if name in SERVICES:
            codes = {label: services().resolve(label) for label in value}
            ticked[name] = list(dict.fromkeys(code for code in codes.values() if code))
            value = tuple(label for label, code in codes.items() if not code)
        texts[name] = _text_of(value, name, language)
    return Form(texts, ticked)


def _text_of(value: Any, name: str, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ("、" if language == "zh" else "; ").join(value)
    if name in CURRENCY_OF:
        return _exact(value, language)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _exact(amount: float, language: Language) -> str:
    """The amount as people write it where that is exact, else in full."""
    short = amount_text(amount, "", language)
    try:
        same = read_field("raising_amount", short).value == amount
    except InvalidInput:
        same = False
    return short if same else f"{amount:.15g}"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the service catalogue: the broad entry, and what it contains, as (code, name); how many of
    them are ticked."""

    code: str
    entries: Sequence[tuple[str, str]]
    ticked: int


def groups(chosen: Sequence[str], language: Language) -> list[Group]:
    """The service catalogue, part by part, with the broad entry first in each."""
    catalogue = services()
    tops = [code for code in catalogue.codes if len(catalogue.ancestors(code)) == 1]
    found = []
    for top in tops:
        codes = [code for code in catalogue.codes if catalogue.ancestors(code)[-1] == top]
        entries = [(code, catalogue.name(code, language)) for code in codes]
        found.append(Group(top, entries, sum(code in chosen for code in codes)))
    return found


def _labels_of(codes: Sequence[str], before: Sequence[str], language: Language) -> list[str]:
    """Labels of the codes: as they were written before, else by their name. Unknown codes are left out."""
    written, known = {services().resolve(label): label for label in reversed(before)}, services().codes
    return [written.get(code) or services().name(code, language) for code in codes if code in known]
