"""What a startup's ledger says, and what staff make of it."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.office import today
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.profiles.acting import typed
from api.pages.profiles.sections import section_page
from api.principals import OFFICE
from api.schemas.ledger import SignalOut
from matcher.attention.deciding import Answer, decide
from matcher.attention.decisions import Verdict
from matcher.attention.reading import signals
from matcher.attention.signals import Rule
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.profiles import Profile

MONTHS = 12


@pages.get("/startups/<reference:startup_id>/signals")
@allow(*OFFICE, cookie=True)
def startup_signals(startup_id: str) -> Response:
    """The signals, open ones first, and the last year of the ledger."""
    return _shown(current_scope().startup(startup_id))


@pages.post("/startups/<reference:startup_id>/signals")
@allow(*OFFICE, cookie=True)
def decide_signal(startup_id: str) -> AnyResponse:
    """Confirm the need that a signal suggests, or put the signal aside; both with a reason."""
    scope, services = current_scope(), current_services()
    startup = scope.startup(startup_id)
    try:
        answer = answer_of(startup)
        decide(
            services.store,
            scope.organisation,
            answer,
            services.attention,
            who=scope.principal.who,
            at=services.clock(),
            language=language(),
        )
    except InvalidInput as error:
        return _shown(startup, 422, refused=error.field)
    except (Conflict, NotFound):
        return _shown(startup, 409, refused="changed")
    return redirect(url_for("pages.startup_signals", startup_id=startup_id), 303)


def answer_of(startup: Profile) -> Answer:
    """What the form says of one of the startup's signals.

    Raises:
        InvalidInput: a rule or verdict that there is not.
    """
    rule, verdict = typed("rule"), typed("verdict") or (Verdict.CONFIRMED if typed("need") else "")
    if rule not in set(Rule):
        raise InvalidInput("rule", rule, "must be one that signals")
    if verdict not in set(Verdict):
        raise InvalidInput("verdict", verdict, "must be one of the two")
    return Answer(
        startup_id=startup.id,
        rule=Rule(rule),
        verdict=Verdict(verdict),
        reason=typed("reason"),
        need=typed("need"),
        mark=typed("mark"),
    )


def _shown(startup: Profile, status: int = 200, refused: str = "") -> Response:
    scope, services = current_scope(), current_services()
    raised = signals(
        services.store,
        scope.organisation,
        today(),
        services.attention,
        startup_id=startup.id,
    )
    told = [SignalOut.of(each.signal, each.decision, language()) for each in raised]
    return section_page(
        "profiles/signals.html",
        startup,
        "signals",
        status,
        signals=sorted(told, key=lambda each: each.decision is not None),
        months=scope.store.ledger(scope.organisation, startup.id)[::-1][:MONTHS],
        refused=refused,
        typed_reason=request.form.get("reason", "")[:1000] if refused else "",
        typed_rule=request.form.get("rule", "") if refused else "",
    )
