"""The pages of reports: each for a period, beside the one before, with tables and files."""

from typing import Any

from flask import Response

from api.access import allow, current_scope, current_services
from api.office import today, zone
from api.pages.blueprint import pages
from api.pages.language import in_script, language
from api.pages.models import RETRAIN
from api.pages.rendering import page
from api.pages.reports.asking import asked
from api.pages.reports.charts import bars, polyline, rate_bars
from api.pages.reports.wording import day_text, industry_name, month_name, service_name
from api.principals import Caller
from api.reports import Span, accepted, exposure, outcomes, supply
from matcher.reports.outcomes import STEPS
from matcher.reports.periods import Period
from matcher.reports.wording import compared, notes

MOST_LINES = 30


@pages.get("/reports")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def report_outcomes() -> Response:
    """What became of pairs: the funnel, by month, role and cohort."""
    scope, wanted = current_scope(), asked(today())
    now, before = outcomes(scope, _span(wanted.period), _span(wanted.period.before), zone=zone())
    cohorts = {cohort.id: cohort.name for cohort in scope.store.cohorts.all(scope.organisation)}
    return _page(
        "outcomes.html",
        asked=wanted,
        report=now,
        before=before,
        steps=STEPS,
        bars=bars([getattr(now.total, step) for step in STEPS]),
        cohorts=cohorts,
    )


@pages.get("/reports/acceptance")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def report_acceptance() -> Response:
    """What came of the lists that were shown."""
    scope, wanted, moment = current_scope(), asked(today()), current_services().clock()
    now, before = accepted(scope, moment, _span(wanted.period), _span(wanted.period.before))
    positions = now.groups["position"]
    return _page(
        "acceptance.html",
        asked=wanted,
        report=now,
        before=before,
        positions=positions[:MOST_LINES],
        bars=rate_bars([group.tally.requested_of_shown for group in positions[:MOST_LINES]]),
        comparisons=[in_script(compared(each, language())) for each in now.comparisons],
        notes=[in_script(note) for note in notes(now, language())],
    )


@pages.get("/reports/exposure")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def report_exposure() -> Response:
    """Who is shown how often, against the room that each has."""
    scope, wanted = current_scope(), asked(today())
    now, before = exposure(scope, _span(wanted.period), _span(wanted.period.before))
    return _page(
        "exposure.html",
        asked=wanted,
        report=now,
        before=before,
        curve=polyline(now.curve),
        own=f"{scope.organisation}:",
    )


@pages.get("/reports/supply")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def report_supply() -> Response:
    """What startups need beside who gives it, now."""
    report = supply(current_scope())
    listed = report.services[:MOST_LINES]
    lengths = bars([float(value) for line in listed for value in (line.wanted, line.places)])
    return _page("supply.html", asked=None, report=report, most=MOST_LINES, bars=lengths, today=today())


def _page(template: str, **values: Any) -> Response:
    runs = current_services().store.runs(RETRAIN, limit=1)
    words = (day_text, month_name, service_name, industry_name)
    return page(
        f"reports/{template}",
        422 if values["asked"] and values["asked"].wrong else 200,
        last_run=runs[0] if runs else None,
        zone=zone(),
        **{word.__name__: word for word in words},
        **values,
    )


def _span(period: Period) -> Span:
    return period.since(zone()), period.until(zone())
