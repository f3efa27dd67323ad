"""The application factory: the web service around given services."""

from collections.abc import Sequence

from apiflask import APIFlask
from flask import Blueprint

from api.access import uncounted
from api.accounts.breached import Breached
from api.admitting import register_access
from api.answering import register_answering
from api.limits import register_limits
from api.observing import Observer, observer, register_observing
from api.openapi import register_openapi
from api.problems import register_problems
from api.references import ReferenceConverter, keep_encoded_slashes
from api.routes import (
    auditing,
    cohorts,
    contacts,
    documents,
    funding,
    health,
    imports,
    interactions,
    introductions,
    ledger,
    ledger_reports,
    match_runs,
    matches,
    merging,
    model_reports,
    models,
    panels,
    privacy,
    profiles,
    reports,
    run_edits,
    run_results,
    run_sheets,
)
from api.services import Services
from api.sessions import register_sessions
from api.settings import Settings

__all__ = ["Services", "create_app"]

ROUTES = (
    profiles.bp,
    merging.bp,
    imports.bp,
    matches.bp,
    interactions.bp,
    models.bp,
    model_reports.bp,
    reports.bp,
    cohorts.bp,
    match_runs.bp,
    run_results.bp,
    run_edits.bp,
    run_sheets.bp,
    introductions.bp,
    contacts.bp,
    panels.bp,
    funding.bp,
    ledger.bp,
    ledger_reports.bp,
    auditing.bp,
    privacy.bp,
    health.bp,
    documents.bp,
)


def create_app(
    services: Services,
    settings: Settings,
    *,
    pages: Sequence[Blueprint] = (),
    records: Observer | None = None,
) -> APIFlask:
    """The web service, ready to answer.

    `pages` are blueprints of web pages. Their views declare their callers as all others do (with
    `cookie=True`, a browser's session stands for the token), and may handle errors in their own way.
    `records` is where log lines and figures go; by default to stderr and /metrics.

    Raises:
        LookupError: a route does not declare who may call it.
        InvalidInput: the file of breached passwords is none.
    """
    app = APIFlask("api", title="Bole", version="1", docs_path=None)
    app.url_map.converters["reference"] = ReferenceConverter
    app.extensions["bole-services"] = services
    app.extensions["bole-breached"] = (
        Breached(settings.breached_passwords) if settings.breached_passwords else ()
    )
    register_observing(app, records or observer(settings.metrics_directory))
    register_limits(app, settings)
    register_sessions(app, settings.home)
    register_problems(app)
    register_openapi(app)
    register_answering(app)
    for blueprint in (*ROUTES, *pages):
        app.register_blueprint(blueprint)
    for endpoint in (
        "static",
        "openapi.spec",
        *(f"{page.name}.static" for page in pages if page.has_static_folder),
    ):
        app.view_functions[endpoint] = uncounted(app.view_functions[endpoint])
    register_access(app, settings)
    app.wsgi_app = keep_encoded_slashes(app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app
