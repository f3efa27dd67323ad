"""A run's configuration as the fields of a form, and back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from api.schemas.configurations import ConfigurationIn
from matcher.cohorts.configuration import (
    MOST_ALTERNATES,
    MOST_MEETINGS,
    MOST_SLOTS,
    Configuration,
)
from matcher.errors import InvalidInput
from matcher.profiles import Role

NUMBERS = ("startup_min", "startup_max", "capacity", "per_firm", "alternates", "arcs")
MUST_HAVES = ("industries", "regions", "stages", "offers", "languages", "tags")
CHOICES = ("role", "objective", "startup_importance", "partner_importance", "firm_importance")
_SEPARATORS = re.compile(r"[;；、|,，\n]")
_LISTS = {"must_meet": ("must_meet",), **{f"must_have_{name}": ("must_have", name) for name in MUST_HAVES}}
FIELDS = (*CHOICES, *NUMBERS, *_LISTS, "capacities", "slots", "away")
USUAL = Configuration(role=Role.MENTOR)
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form's fields, by name; `configuration` is what it says, None where `wrong` has the
    fields that cannot be so, each with the rule that it breaks."""

    fields: Mapping[str, str]
    configuration: Configuration | None
    wrong: Mapping[str, str]


def fields_of(configuration: Configuration) -> dict[str, str]:
    """The configuration as somebody would type it."""
    plain = configuration.to_json()
    slots = plain["slots"] or {"labels": [], "away": {}}
    return {
        **{name: plain[name] for name in CHOICES},
        **{name: "" if plain[name] is None else str(plain[name]) for name in NUMBERS},
        **{name: ", ".join(_at(plain, path)) for name, path in _LISTS.items()},
        "capacities": "\n".join(f"{who} = {places}" for who, places in plain["capacities"].items()),
        "slots": "\n".join(slots["labels"]),
        "away": "\n".join(f"{who} = {', '.join(labels)}" for who, labels in slots["away"].items()),
    }


def typed_of(form: Mapping[str, str]) -> Typed:
    """What a form says; a field that it leaves out counts as empty."""
    fields = {name: form.get(name, "").replace("\0", "").strip()[:LONGEST] for name in FIELDS}
    wrong: dict[str, str] = {}
    asked = dict(_asked(fields, wrong))
    if not wrong:
        try:
            return Typed(fields, ConfigurationIn.model_validate(asked).configuration(), {})
        except ValidationError as error:
            wrong = {_field(each["loc"]): "" for each in error.errors(include_url=False)}
        except InvalidInput as error:
            wrong = {_field(tuple(error.field.split("."))): ""}
    rules = _rules()
    return Typed(
        fields, None, {name: told or rules.get(name, _("It cannot be so.")) for name, told in wrong.items()}
    )


def _asked(fields: Mapping[str, str], wrong: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The configuration's members; fields that are no numbers or pairs are noted as wrong."""
    yield from ((name, fields[name]) for name in CHOICES if fields[name])
    for name in NUMBERS:
        if _is_whole(fields[name]):
            yield name, int(fields[name])
        elif fields[name] or name not in {"per_firm", "alternates", "arcs"}:
            wrong[name] = ""
    yield "must_meet", _split(fields["must_meet"])
    yield "must_have", {name: _split(fields[f"must_have_{name}"]) for name in MUST_HAVES}
    places = dict(_pairs(fields, "capacities", wrong))
    wrong |= {"capacities": ""} if not all(map(_is_whole, places.values())) else {}
    yield "capacities", {who: int(number) for who, number in places.items() if _is_whole(number)}
    if labels := _split(fields["slots"]):
        away = {who: _split(told) for who, told in _pairs(fields, "away", wrong)}
        yield "slots", {"labels": labels, "away": away}
    elif fields["away"]:
        wrong["slots"] = _("Name the slots too.")


def _pairs(fields: Mapping[str, str], name: str, wrong: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Lines of the form WHO = WHAT."""
    for line in filter(None, map(str.strip, fields[name].splitlines())):
        who, sign, told = line.partition("=")
        if sign and who.strip() and told.strip():
            yield who.strip(), told.strip()
        else:
            wrong[name] = ""


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))


def _field(path: Sequence[int | str]) -> str:
    """The field in which a member of the configuration stands."""
    if path[0] == "must_have" and len(path) > 1:
        return f"must_have_{path[1]}"
    return "away" if path[0] == "slots" and "away" in path else str(path[0])


def _at(plain: Mapping[str, Any], path: Sequence[str]) -> Sequence[str]:
    found: Any = plain
    for step in path:
        found = found.get(step, ())
    return found  # type: ignore[no-any-return]


def _rules() -> dict[str, str]:
    """What must hold of each field."""
    from_to = _("A whole number from %(least)d to %(most)d.", least=0, most=MOST_MEETINGS)
    lists = _("Short labels, at most 200 characters each.")
    return {
        **dict.fromkeys(CHOICES, _("Choose one of those that are there.")),
        **dict.fromkeys(_LISTS, lists),
        "startup_min": _("A whole number from 0 up to the most that a startup may have."),
        "startup_max": _("A whole number from %(least)d to %(most)d.", least=1, most=MOST_MEETINGS),
        "capacity": from_to,
        "per_firm": _("A whole number from 1, or nothing for no limit."),
        "alternates": _("A whole number from %(least)d to %(most)d.", least=0, most=MOST_ALTERNATES),
        "arcs": _("A whole number from %(least)d to %(most)d.", least=1, most=10_000),
        "capacities": _("One line for each partner: id = places."),
        "slots": _("At most %(most)d slots, each with a name of its own.", most=MOST_SLOTS),
        "away": _("One line for each person: id = slots, separated by commas, as they are named above."),
    }
