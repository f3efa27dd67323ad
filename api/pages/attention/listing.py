"""Everybody who needs care, the most urgent first, with what speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request

from api.access import Scope, allow, current_scope, current_services
from api.pages.attention import books
from api.pages.attention.shared import attention_page, taken_away
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.parameters import text
from api.pages.profiles.names import FIELD_NAMES
from api.principals import OFFICE
from api.schemas.ledger import CareOut
from matcher.attention.caring import Care
from matcher.attention.signals import SEVERITIES, Rule, Severity
from matcher.attention.tables import ATTENTION_COLUMNS, attention_rows
from matcher.attention.words import RULE_NAMES
from matcher.errors import InvalidInput

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which startups the address asks for: with an open signal of this rule, of this severity, in the
    cohort; "" for any."""

    rule: str
    severity: str
    cohort: str

    @property
    def on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.rule or self.severity or self.cohort)


@pages.get("/attention")
@allow(*OFFICE, cookie=True)
def attention() -> Response:
    """The list, a page at a time."""
    return shown(200)


@pages.get("/attention/table")
@allow(*OFFICE, cookie=True)
def attention_table() -> Response:
    """The list as a file, with the same filters."""
    cares = _chosen(current_scope(), _wanted())
    return taken_away("attention", ATTENTION_COLUMNS, attention_rows(cares, language()))


def shown(status: int, refused: str = "") -> Response:
    """The page of the list; `refused` where a decision could not be kept."""
    scope, wanted = current_scope(), _wanted()
    cares, number = _chosen(scope, wanted), _page_number()
    first = (number - 1) * PAGE_SIZE
    return attention_page(
        "list.html",
        "list",
        status,
        cares=[
            CareOut.of(first + place, care, language())
            for place, care in enumerate(cares[first : first + PAGE_SIZE], start=1)
        ],
        count=len(cares),
        number=number,
        last=max(-(-len(cares) // PAGE_SIZE), 1),
        wanted=wanted,
        rules=RULE_NAMES[language()],
        severities=SEVERITIES[::-1],
        cohorts=scope.store.cohorts.all(scope.organisation),
        refused=refused,
        figure_names=FIELD_NAMES,
    )


def _chosen(scope: Scope, wanted: Wanted) -> Sequence[Care]:
    cares = books.cares(current_services(), scope.organisation)
    cohort = scope.store.cohorts.get(scope.organisation, wanted.cohort) if wanted.cohort else None
    members = None if cohort is None else set(cohort.startups)
    return [
        care
        for care in cares
        if (members is None or care.profile.id in members)
        and wanted.severity in ("", care.severity)
        and (not wanted.rule or any(signal.rule == wanted.rule for signal in care.signals))
    ]


def _wanted() -> Wanted:
    rule, severity = text("rule"), text("severity")
    for name, given, known in (("rule", rule, Rule), ("severity", severity, Severity)):
        if given and given not in set(known):
            raise InvalidInput(name, given, "is none that is signalled", "choose one of the list")
    return Wanted(rule, severity, text("cohort"))


def _page_number() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 5 and int(given) >= 1):
        raise InvalidInput("page", given, "must be a whole number from 1")
    return int(given)
