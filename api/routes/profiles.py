"""/v1/profiles: what an organisation wrote about startups, mentors and investors."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import g, request
from pydantic import ValidationError
from werkzeug.exceptions import PreconditionFailed

from api.access import allow, current_scope, current_services
from api.principals import OFFICE, Caller
from api.problems import InvalidRequest, faults_of
from api.schemas.common import Query
from api.schemas.profiles import (
    ProfileAnswer,
    ProfileIn,
    ProfileListQuery,
    ProfilePage,
    ProfilePatch,
    etag_of,
    merged,
    profile_answer,
    profile_out,
)
from matcher.errors import NotFound
from matcher.profiles import Profile, Role

Tagged = tuple[ProfileAnswer, int, dict[str, str]]

bp = APIBlueprint("profiles", __name__, url_prefix="/v1/profiles", tag="Profiles")


@bp.get("")
@allow(*OFFICE)
@bp.input(ProfileListQuery, location="query", arg_name="query")
@bp.output(ProfilePage)
def list_profiles(query: ProfileListQuery) -> ProfilePage:
    """List and search profiles

    Those of the organisation and the partners that others share, in a stable order.
    """
    scope = current_scope()
    page = scope.store.page(
        scope.organisation,
        roles=(query.role,) if query.role else tuple(Role),
        search=query.search,
        after=query.cursor,
        limit=query.limit,
    )
    return ProfilePage.model_construct(
        request_id=g.request_id,
        profiles=[profile_out(scope.visible(profile), scope.organisation) for profile in page.profiles],
        next_cursor=page.next_cursor or None,
    )


@bp.get("/<reference:profile_id>")
@allow(*Caller)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ProfileAnswer)
def get_profile(profile_id: str, _query: Query) -> Tagged:
    """Read one profile

    Members read their own. Of another organisation's shared partner (`org:id`) only the public part is there.
    """
    return _tagged(current_scope().readable(profile_id))


@bp.put("/<reference:profile_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ProfileIn, location="json", arg_name="body")
@bp.output(ProfileAnswer)
def put_profile(profile_id: str, _query: Query, body: ProfileIn) -> Tagged:
    """Write one profile whole

    Creates it (201) or replaces it (200). With `If-Match`, only where it is still as it was read.
    """
    before = _stored(profile_id)
    after = body.profile(current_scope().organisation, current_scope().writable(profile_id))
    return _keep(before, replace(after, id=before.id) if before else after)  # it may have been merged


@bp.patch("/<reference:profile_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ProfilePatch, location="json", arg_name="body")
@bp.output(ProfileAnswer)
def patch_profile(profile_id: str, _query: Query, body: ProfilePatch) -> Tagged:
    """Change some members of one profile

    A JSON Merge Patch (RFC 7396): members given replace, null makes unknown.
    """
    scope = current_scope()
    before = scope.profile(scope.writable(profile_id))
    return _keep(before, _patched(before, body))


@bp.delete("/<reference:profile_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output({}, status_code=204)
def delete_profile(profile_id: str, _query: Query) -> str:
    """Delete one profile

    What it said is erased; that it interacted is kept.
    """
    scope = current_scope()
    before = scope.profile(scope.writable(profile_id))
    _check_unchanged(before)
    scope.store.delete_profile(scope.organisation, before.id)
    return ""


def _stored(reference: str) -> Profile | None:
    """The own profile behind `reference`; None where there is none yet. Raises NotFound for a foreign one."""
    scope = current_scope()
    own = scope.writable(reference)
    try:
        return scope.profile(own)
    except NotFound:
        return None


def _patched(profile: Profile, patch: ProfilePatch) -> Profile:
    try:
        body = ProfileIn.model_validate(merged(profile, patch))
    except ValidationError as error:
        raise InvalidRequest(faults_of(error, "body")) from error
    return body.profile(profile.organisation, profile.id)


def _keep(before: Profile | None, after: Profile) -> Tagged:
    _check_unchanged(before)
    current_services().store.put_profiles([after])
    return _tagged(after, 200 if before else 201)


def _check_unchanged(before: Profile | None) -> None:
    """Keep to If-Match and If-None-Match, so that nobody overwrites what they have not seen."""
    tag = etag_of(before) if before else None
    if request.if_match and not (tag and request.if_match.contains(tag)):
        raise PreconditionFailed("the profile is no longer as it was read; read it again")
    if tag and request.if_none_match.contains(tag):
        raise PreconditionFailed("there is such a profile already")


def _tagged(profile: Profile, status: int = 200) -> Tagged:
    answer = profile_answer(profile, current_scope().organisation, g.request_id)
    return answer, status, {"ETag": f'"{etag_of(profile)}"'}
