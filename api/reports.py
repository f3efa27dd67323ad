"""Between the routes and pages of reports and the rules: the own organisation's, of a span of time."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from api.access import Scope
from api.answering import current_moment
from api.keeping import Kept
from matcher.interactions import qualified
from matcher.profiles import PARTNER_ROLES, Role
from matcher.reports.acceptance import SPAN_DAYS, AcceptanceReport, acceptances
from matcher.reports.exposure import ExposureReport, exposure_of
from matcher.reports.outcomes import Events, OutcomeReport, outcomes_of
from matcher.reports.supply import SupplyReport, supply_report
from matcher.reports.tables import (
    ACCEPTANCE_COLUMNS,
    EXPOSURE_COLUMNS,
    OUTCOME_COLUMNS,
    SUPPLY_COLUMNS,
    acceptance_rows,
    exposure_rows,
    outcome_rows,
    supply_rows,
)
from matcher.tables import Row

Span = tuple[dt.datetime, dt.datetime]
"""The first moment, and the first one after."""
_EVENTS: Kept[Events] = Kept("bole-outcomes")
"""To read the events of ten thousand pairs takes longer than to count them for a period."""


class Kind(StrEnum):
    """The reports that there are."""

    ACCEPTANCE = "acceptance"
    OUTCOMES = "outcomes"
    EXPOSURE = "exposure"
    SUPPLY = "supply"


def span_of(since: dt.datetime | None, until: dt.datetime | None, now: dt.datetime) -> Span:
    """The span that is asked for: by default SPAN_DAYS to now."""
    end = until or now
    return since or end - dt.timedelta(days=SPAN_DAYS), end


def accepted(scope: Scope, now: dt.datetime, *spans: Span) -> list[AcceptanceReport]:
    """What came of the lists that were shown in each of the spans."""
    return acceptances(scope.store, now, *spans, organisation=scope.organisation)


def outcomes(scope: Scope, *spans: Span, zone: dt.tzinfo = dt.UTC) -> list[OutcomeReport]:
    """What became of the pairs that entered in each of the spans."""
    cohorts = {
        cohort.id: [qualified(scope.organisation, each) for each in cohort.startups]
        for cohort in scope.store.cohorts.all(scope.organisation)
    }
    found, organisation = scope.store.outcomes, scope.organisation
    mark = found.mark(organisation)  # before reading: what changes meanwhile counts anew
    events = _EVENTS.found(organisation, mark, lambda: found.events(organisation))
    return [outcomes_of(events, *span, cohorts, zone) for span in spans]


def exposure(scope: Scope, *spans: Span) -> list[ExposureReport]:
    """Who was shown how often in each of the spans."""
    found, organisation = scope.store.outcomes, scope.organisation
    partners, shown = found.partners(organisation), found.shown(organisation, *spans)
    return [exposure_of(partners, each, *span) for each, span in zip(shown, spans, strict=True)]


def supply(scope: Scope) -> SupplyReport:
    """What is needed and who gives it, now."""
    moment, organisation = current_moment(), scope.organisation
    startups = [startup for startup, _ in moment.people(organisation, Role.STARTUP)]
    partners = [each for role in PARTNER_ROLES for each in moment.people(organisation, role)]
    return supply_report(startups, partners)


def table(
    kind: Kind, scope: Scope, span: Span, now: dt.datetime, zone: dt.tzinfo = dt.UTC
) -> tuple[tuple[str, ...], Iterator[Row]]:
    """A report's columns and rows."""
    if kind is Kind.ACCEPTANCE:
        return ACCEPTANCE_COLUMNS, acceptance_rows(accepted(scope, now, span)[0])
    if kind is Kind.OUTCOMES:
        return OUTCOME_COLUMNS, outcome_rows(outcomes(scope, span, zone=zone)[0])
    if kind is Kind.EXPOSURE:
        return EXPOSURE_COLUMNS, exposure_rows(exposure(scope, span)[0])
    return SUPPLY_COLUMNS, supply_rows(supply(scope))
