"""`bole serve` and `bole token`: the web service, and who may call it."""

import dataclasses
import datetime as dt
import gc
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

import click
import threadpoolctl

from api.accounts.vault import Vault, seal_codes
from api.cli.workplace import (
    DEFAULT_ORGANISATION,
    Workplace,
    open_workplace,
    with_workplace,
    workplace,
)
from api.principals import Caller, Principal, issue_token
from api.serve import serve as serve_application
from api.sessions import secret_key
from api.settings import Settings
from matcher.attention.settings_file import read_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@click.command()
@click.option("--host", help="Address to listen on (BOLE_HOST; 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port (BOLE_PORT; 8000).")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes (BOLE_WORKERS; 2).")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the API and the pages until stopped."""
    run_server(
        dataclasses.replace(
            settings,
            host=host or settings.host,
            port=port or settings.port,
            workers=workers or settings.workers,
        )
    )


@click.command()
@click.option("--org", "organisation", default=DEFAULT_ORGANISATION, show_default=True)
@click.option(
    "--role",
    "caller",
    type=click.Choice([caller.value for caller in Caller]),
    default="staff",
    show_default=True,
)
@click.option(
    "--profile", "profile_id", default="", help="Whose token it is, for startup, mentor and investor."
)
@click.option("--days", type=click.IntRange(1, 3650), help="Days until it expires (default: never).")
@with_workplace
def token(place: Workplace, organisation: str, caller: str, profile_id: str, days: int | None) -> None:
    """Print a new API token. It is shown once: only its hash is kept."""
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days) if days else None
    place.store.add_organisation(organisation)
    principal = Principal(organisation, Caller(caller), profile_id)
    click.echo(issue_token(place.store, principal, label="command line", expires_at=expires))


def run_server(settings: Settings) -> None:
    """Serve in this process and its workers.

    Raises:
        InvalidInput: an address that other machines can reach, without the setting that allows it; a key of
            sessions that others can read; an attention.toml that cannot be understood.
    """
    read_settings(settings.attention_file)  # refuse a slip in it here, where somebody reads it
    vault = Vault(secret_key(settings.home))
    with workplace(settings) as place:  # migrate once, before the workers start
        seal_codes(place.store, vault)
    click.echo(f"Bole listens on http://{settings.host}:{settings.port} (Ctrl-C stops it)", err=True)
    serve_application(_application_of(settings), settings)


def _application_of(settings: Settings) -> "Callable[[], WSGIApplication]":
    """What makes the application, inside a worker."""

    def make() -> "WSGIApplication":
        threadpoolctl.threadpool_limits(1)  # numpy came with the parent, before its environment was set
        from api.app import Services, create_app
        from api.cli.working import queue_job
        from api.observing import observer
        from api.pages import pages
        from api.recording import Recorder
        from api.refreshing import Refresher
        from matcher.text.sounds import spelt

        place, records = open_workplace(settings), observer(settings.metrics_directory)
        service = place.matches(renewed_apart=True)
        service.refresh()
        refresher = Refresher(service.renew, records.log)
        recorder = Recorder(place.store.add_shown, records, share=settings.record_share)
        services = Services(
            place.store,
            service,
            place.registry,
            record=recorder.put,
            check=refresher.check,
            attention=read_settings(settings.attention_file),
            queue_job=partial(queue_job, settings),
        )
        app = create_app(services, settings, pages=(pages,), records=records)
        refresher.start()

        def warm() -> None:
            place.encoder.encode(["伯乐"])
            spelt("伯乐")
            gc.freeze()

        gc.freeze()  # to go through a hundred thousand profiles in search of garbage takes a second
        # the first text has weights and readings read: no request should wait for that
        Thread(target=warm, name="warming").start()
        return app

    return make
