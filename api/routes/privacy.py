"""/v1/…/export and /v1/…/erasure: what is held of somebody, handed over or gone for good."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, g

from api.access import allow, current_scope, current_services
from api.principals import OFFICE
from api.privacy.handing_over import zipped
from api.privacy.subjects import Subject, another, erase_for_good, person, profile
from api.schemas.common import Query
from api.schemas.privacy import (
    ErasureIn,
    ErasuresAnswer,
    PreviewAnswer,
    ReceiptAnswer,
    ReceiptOut,
    RequestOut,
)

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
ZIP: dict[int | str, Any] = {
    200: {"description": "data.json and data.xlsx", "content": {"application/zip": _FILE}}
}

bp = APIBlueprint("privacy", __name__, url_prefix="/v1", tag="Privacy")


@bp.get("/profiles/<reference:profile_id>/export")
@allow(*OFFICE, heavy=True)
@bp.input(Query, location="query", arg_name="_query")
@bp.doc(responses=ZIP)
def export_profile(profile_id: str, _query: Query) -> Response:
    """Download everything that is held of a profile

    With its accounts, as JSON and XLSX in a ZIP, to be handed to them and to nobody else.
    """
    return zipped(profile(profile_id).whom, "profile")


@bp.get("/people/<reference:person_id>/export")
@allow(*OFFICE, heavy=True)
@bp.input(Query, location="query", arg_name="_query")
@bp.doc(responses=ZIP)
def export_person(person_id: str, _query: Query) -> Response:
    """Download everything that is held of an account"""
    return zipped(person(person_id).whom, "account")


@bp.get("/profiles/<reference:profile_id>/erasure")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(PreviewAnswer)
def preview_profile(profile_id: str, _query: Query) -> PreviewAnswer:
    """Read what erasing a profile would take"""
    return _preview(profile(profile_id))


@bp.post("/profiles/<reference:profile_id>/erasure")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ErasureIn, location="json", arg_name="body")
@bp.output(ReceiptAnswer)
def erase_profile(profile_id: str, _query: Query, body: ErasureIn) -> ReceiptAnswer:
    """Erase a profile with its accounts, for good

    Its name is asked for, as nothing brings it back. 409 while the weekly run or a match run is at work.
    """
    return _erased(profile(profile_id), body)


@bp.get("/people/<reference:person_id>/erasure")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(PreviewAnswer)
def preview_person(person_id: str, _query: Query) -> PreviewAnswer:
    """Read what erasing an account would take"""
    return _preview(another(person_id))


@bp.post("/people/<reference:person_id>/erasure")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ErasureIn, location="json", arg_name="body")
@bp.output(ReceiptAnswer)
def erase_person(person_id: str, _query: Query, body: ErasureIn) -> ReceiptAnswer:
    """Erase an account, for good

    Its e-mail address is asked for. The profile that it acts for stays.
    """
    return _erased(another(person_id), body)


@bp.get("/erasures")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ErasuresAnswer)
def list_erasures(_query: Query) -> ErasuresAnswer:
    """List who asks to be erased, and the receipts of who was"""
    scope = current_scope()
    erasures = scope.store.erasures
    return ErasuresAnswer(
        request_id=g.request_id,
        requests=[RequestOut.of(each) for each in erasures.requests(scope.organisation)],
        receipts=[ReceiptOut.of(each) for each in erasures.receipts(scope.organisation)],
    )


def _preview(subject: Subject) -> PreviewAnswer:
    counts = current_services().store.erasures.preview(subject.whom)
    return PreviewAnswer(request_id=g.request_id, counts=counts)


def _erased(subject: Subject, body: ErasureIn) -> ReceiptAnswer:
    receipt = erase_for_good(subject, body.name)
    return ReceiptAnswer(request_id=g.request_id, receipt=ReceiptOut.of(receipt))
