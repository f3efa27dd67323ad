"""Publishing a run: what will be sent to whom, and doing so."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, reason_of, run_page, seen, to
from api.principals import OFFICE
from matcher.cohorts.board import Standing
from matcher.cohorts.introducing.terms import MOST_DAYS, Terms, default_terms
from matcher.cohorts.publishing import Offers, offers_of
from matcher.cohorts.run import Changed
from matcher.cohorts.status import RunStatus
from matcher.errors import Conflict, InvalidInput
from matcher.interactions import qualified


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing would do: the pairs by what becomes of them, the ids of those to whom new offers go,
    and of them those of whom no address is known. `elsewhere` are partners whom their own office reaches."""

    offers: Offers
    startups: Sequence[str]
    partners: Sequence[str]
    unreachable: Sequence[str]
    elsewhere: Sequence[str]


@pages.get("/runs/<reference:run_id>/publish")
@allow(*OFFICE, cookie=True)
def publishing(run_id: str) -> Response:
    """What publishing the run will do."""
    usual = Terms()
    return _page(run_id, str(usual.expires_after_days), ", ".join(map(str, usual.remind_after_days)))


@pages.post("/runs/<reference:run_id>/publish")
@allow(*OFFICE, cookie=True)
def publish_run(run_id: str) -> AnyResponse:
    """Publish the run. One that is published already stays so; where a partner has no room any more nothing
    is published, and the page says so."""
    scope = current_scope()
    expires, reminders = (request.form.get(name, "").strip()[:200] for name in ("expires", "reminders"))
    run = scope.store.match_runs.get(scope.organisation, run_id)
    if run.status is RunStatus.PUBLISHED:
        return to("pages.run", run_id=run_id)
    try:
        terms = _terms(expires, reminders)
        change = seen(scope, reason_of(request.form))
        offering = scope.store.introductions.offering(change, terms)
        scope.store.match_runs.publish(scope.organisation, run_id, change, offering)
    except Changed:
        raise
    except InvalidInput as error:
        return _page(run_id, expires, reminders, wrong=error.field, status=422)
    except Conflict as error:
        return _page(run_id, expires, reminders, refused=error, status=409)
    return to("pages.run", run_id=run_id, _anchor="introductions")


def previewed(scope: Scope, standing: Standing) -> Preview:
    """What publishing the run as it stands would do."""
    replaced = standing.published.id if standing.published else ""
    pairs = [(pair.startup_id, pair.partner_id) for pair in standing.pairs if pair.origin]
    offers = offers_of(pairs, scope.store.introductions.before(scope.organisation, replaced, pairs))
    startups, partners = (list(dict.fromkeys(pair[side] for pair in offers.new)) for side in (0, 1))
    unknown = {id_ for id_, _, _, _ in scope.store.contacts.missing(scope.organisation)}
    own = f"{scope.organisation}:"
    return Preview(
        offers,
        startups,
        partners,
        [who for who in (*startups, *partners) if who in unknown],
        [who for who in partners if not qualified(scope.organisation, who).startswith(own)],
    )


def _terms(expires: str, reminders: str) -> Terms:
    """The terms as they were typed; nothing is as usual.

    Raises:
        InvalidInput: no whole number of days, or one that does not fit.
    """
    days = [part.strip() for part in reminders.replace("，", ",").replace("、", ",").split(",")]
    told = tuple(_days("remind_after_days", day) for day in days if day)
    return default_terms(_days("expires_after_days", expires) if expires else None, told)


def _days(field: str, written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 5):
        raise InvalidInput(field, written, "must be a whole number of days")
    return int(written)


def _page(
    run_id: str,
    expires: str,
    reminders: str,
    *,
    wrong: str = "",
    refused: Conflict | None = None,
    status: int = 200,
) -> Response:
    scope = current_scope()
    standing = scope.store.match_runs.standing(scope.organisation, run_id)
    preview = previewed(scope, standing)
    people = (*preview.unreachable, *(pair for each in preview.offers.new[:5] for pair in each))
    return run_page(
        "publish.html",
        status,
        standing=standing,
        run=standing.run,
        ready=standing.run.status is RunStatus.SOLVED,
        preview=preview,
        names=names_of(scope, people),
        expires=expires,
        reminders=reminders,
        most_days=MOST_DAYS,
        wrong=wrong,
        refused=refused,
        why=reason_of(request.form),
    )
