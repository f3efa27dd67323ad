"""/v1/duplicates and /v1/profiles/…/merge: profiles that are one and the same."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.duplicates import search_or_queue
from api.merging import merge, own_pair
from api.principals import Caller
from api.schemas.common import Query
from api.schemas.merging import (
    ApartAnswer,
    ApartIn,
    DuplicateOut,
    DuplicatesAnswer,
    DuplicatesQuery,
    MergeAnswer,
    MergeIn,
    SearchAnswer,
)
from matcher.interactions import local
from matcher.profiles import Role

bp = APIBlueprint("merging", __name__, url_prefix="/v1", tag="Duplicates")


@bp.get("/duplicates")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(DuplicatesQuery, location="query", arg_name="query")
@bp.output(DuplicatesAnswer)
def list_duplicates(query: DuplicatesQuery) -> DuplicatesAnswer:
    """List profiles that may be one and the same

    The organisation's own, as the last search found them, each pair with what speaks for it.
    """
    scope = current_scope()
    pairs, searched = scope.store.duplicates, scope.store.duplicates.searched(scope.organisation)
    counts = pairs.count(scope.organisation)
    roles = (query.role,) if query.role else tuple(Role)
    found = pairs.all(
        scope.organisation, roles=roles, apart=query.apart, offset=query.offset, limit=query.limit
    )
    return DuplicatesAnswer(
        request_id=g.request_id,
        count=sum(counts.get(role, 0) for role in roles),
        searched_at=searched.at if searched else None,
        stale=searched is None or searched.revision != scope.store.revision(),
        duplicates=[DuplicateOut.of(each, query.lang) for each in found],
    )


@bp.post("/duplicates/search")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(SearchAnswer)
def search_duplicates(_query: Query) -> SearchAnswer:
    """Search for duplicates

    At once, or, where there are many profiles, by a worker: then `found` is null.
    """
    return SearchAnswer(request_id=g.request_id, found=search_or_queue(current_scope()))


@bp.post("/duplicates/apart")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ApartIn, location="json", arg_name="body")
@bp.output(ApartAnswer)
def set_apart(_query: Query, body: ApartIn) -> ApartAnswer:
    """Say that two profiles are not the same

    They are not suggested again; `apart` false takes it back.
    """
    scope = current_scope()
    one, other = own_pair(scope, body.id, body.other_id)
    who = scope.principal.who
    scope.store.duplicates.set_apart(scope.organisation, one.id, other.id, who, apart=body.apart)
    return ApartAnswer(request_id=g.request_id, id=one.id, other_id=other.id, apart=body.apart)


@bp.post("/profiles/<reference:profile_id>/merge")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(MergeIn, location="json", arg_name="body")
@bp.output(MergeAnswer)
def merge_profile(profile_id: str, _query: Query, body: MergeIn) -> MergeAnswer:
    """Merge another profile into this one

    Whatever names the other one means this one from then on: interactions, introductions, cohorts, ledger,
    people. Its id leads here.
    """
    scope = current_scope()
    stays, gone = own_pair(scope, profile_id, body.gone)
    return MergeAnswer.of(merge(scope, stays, gone, body.choice()), g.request_id)


@bp.delete("/profiles/<reference:profile_id>/merge")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(MergeAnswer)
def part_profile(profile_id: str, _query: Query) -> MergeAnswer:
    """Take back that this profile was merged into another

    As far as nobody has changed the same since; within seven days.
    """
    scope = current_scope()
    own = local(scope.organisation, scope.writable(profile_id))
    change = scope.store.amendments.merge_of(scope.organisation, own)
    done = scope.store.amendments.undo(scope.organisation, change.id, scope.principal.who)
    return MergeAnswer.of(done, g.request_id)
