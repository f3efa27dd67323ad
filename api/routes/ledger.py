"""/v1/ledger, /v1/startups/…/ledger, /v1/attention: what ledgers say, and what staff make of it."""

from collections.abc import Iterable, Sequence

from apiflask import APIBlueprint
from flask import Response, g

from api.access import allow, current_scope, current_services
from api.downloads import FILES, download
from api.office import today
from api.principals import OFFICE, Caller
from api.schemas.common import Query
from api.schemas.ledger import (
    AttentionAnswer,
    AttentionQuery,
    CareOut,
    DecisionAnswer,
    DecisionIn,
    DecisionOut,
    DecisionQuery,
    DecisionsAnswer,
    LedgerAnswer,
    MonthOut,
    SignalOut,
    SignalQuery,
    SignalsAnswer,
    TableQuery,
    WordedQuery,
)
from api.spreadsheets import FileKind
from matcher.attention.caring import Care
from matcher.attention.deciding import decide
from matcher.attention.reading import attention_list, signals
from matcher.attention.tables import ATTENTION_COLUMNS, TITLES, attention_rows, headers
from matcher.matching.phrases import Language
from matcher.tables import Row
from matcher.visibility import Part

bp = APIBlueprint("ledger", __name__, url_prefix="/v1", tag="Ledgers")


@bp.get("/startups/<reference:startup_id>/ledger")
@allow(*OFFICE, Caller.STARTUP)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(LedgerAnswer)
def get_ledger(startup_id: str, _query: Query) -> LedgerAnswer:
    """Read a startup's ledger

    Month by month, as reported. A startup reads its own.
    """
    scope = current_scope()
    startup = scope.entitled(startup_id, Part.LEDGER)
    months = scope.store.ledger(scope.organisation, startup.id)
    return LedgerAnswer(
        request_id=g.request_id, startup_id=startup.id, months=[MonthOut.of(entry) for entry in months]
    )


@bp.get("/ledger/signals")
@allow(*OFFICE)
@bp.input(SignalQuery, location="query", arg_name="query")
@bp.output(SignalsAnswer)
def list_signals(query: SignalQuery) -> SignalsAnswer:
    """List what the ledgers signal

    By stated rules, each with the figures that it rests on and the needs that it suggests. Startups that are
    paused or closed are left out.
    """
    scope, services = current_scope(), current_services()
    startup_id = scope.startup(query.startup_id).id if query.startup_id else ""
    raised = signals(services.store, scope.organisation, today(), services.attention, startup_id=startup_id)
    found = [SignalOut.of(each.signal, each.decision, query.lang) for each in raised if query.asks_for(each)]
    return SignalsAnswer(request_id=g.request_id, signals=found)


@bp.get("/ledger/decisions")
@allow(*OFFICE)
@bp.input(DecisionQuery, location="query", arg_name="query")
@bp.output(DecisionsAnswer)
def list_decisions(query: DecisionQuery) -> DecisionsAnswer:
    """List what staff made of signals

    Who, when and why, the latest first.
    """
    scope = current_scope()
    startup_id = scope.startup(query.startup_id).id if query.startup_id else ""
    made = scope.store.attention.decisions(scope.organisation, startup_id=startup_id)
    latest = sorted((each for many in made.values() for each in many), key=lambda each: each.at, reverse=True)
    told = [DecisionOut.of(each, query.lang) for each in latest[: query.limit]]
    return DecisionsAnswer(request_id=g.request_id, decisions=told)


@bp.post("/ledger/decisions")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(DecisionIn, location="json", arg_name="body")
@bp.output(DecisionAnswer, status_code=201)
def post_decision(query: WordedQuery, body: DecisionIn) -> DecisionAnswer:
    """Confirm or dismiss a signal

    Confirming adds the need to the startup's profile, and so changes its lists at once. 404 where there is no
    such signal, 409 where somebody was faster or the ledger has changed.
    """
    scope, services = current_scope(), current_services()
    startup = scope.startup(body.startup_id)
    decision, after = decide(
        services.store,
        scope.organisation,
        body.said(startup.id),
        services.attention,
        who=scope.principal.who,
        at=services.clock(),
        language=query.lang,
    )
    told = DecisionOut.of(decision, query.lang)
    return DecisionAnswer(request_id=g.request_id, decision=told, needs=list(after.needs))


@bp.get("/attention")
@allow(*OFFICE)
@bp.input(AttentionQuery, location="query", arg_name="query")
@bp.output(AttentionAnswer)
def list_attention(query: AttentionQuery) -> AttentionAnswer:
    """List who needs care first, and why

    Startups with open signals, or with a confirmed need that no partner has met yet.
    """
    cares = _cares()
    told = [CareOut.of(rank, care, query.lang) for rank, care in enumerate(cares[: query.limit], start=1)]
    return AttentionAnswer(request_id=g.request_id, count=len(cares), startups=told)


@bp.get("/attention/table")
@allow(*OFFICE)
@bp.input(TableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_attention(query: TableQuery) -> Response:
    """Download who needs care first as CSV or XLSX"""
    rows = attention_rows(_cares(), query.lang)
    return table_answer(query.format, "attention", ATTENTION_COLUMNS, rows, query.lang)


def _cares() -> list[Care]:
    services = current_services()
    return attention_list(services.store, current_scope().organisation, today(), services.attention)


def table_answer(
    kind: FileKind, name: str, columns: Sequence[str], rows: Iterable[Row], language: Language
) -> Response:
    """A table to download, named in English; sheets have their headers in the language."""
    named = columns if kind is FileKind.CSV else headers(columns, language)
    return download(kind, name, TITLES[language][name], named, rows)
