"""/v1/audit: who changed what, and who read what was told in confidence."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.auditing import CHECKED
from api.principals import OFFICE
from api.schemas.auditing import AuditAnswer, AuditQuery, ChainOut, LineOut

bp = APIBlueprint("auditing", __name__, url_prefix="/v1/audit", tag="Audit")


@bp.get("")
@allow(*OFFICE)
@bp.input(AuditQuery, location="query", arg_name="query")
@bp.output(AuditAnswer)
def list_audit(query: AuditQuery) -> AuditAnswer:
    """Search the audit log

    Every change, and every reading of what was told in confidence, the latest first; and whether the latest
    lines are as they were written.
    """
    scope = current_scope()
    log = scope.store.audit
    lines, before = log.page(scope.organisation, query.sought(), before=query.before, limit=query.limit)
    return AuditAnswer(
        request_id=g.request_id,
        lines=[LineOut.of(line) for line in lines],
        next_before=before,
        chain=ChainOut.of(log.verdict(scope.organisation, last=CHECKED)),
    )
