"""What happened to one profile: its interactions, and the introductions that it was offered."""

from flask import Response, request

from api.access import allow, current_scope
from api.office import zone
from api.pages.blueprint import pages
from api.pages.profiles.names import TYPE_NAMES
from api.pages.profiles.sections import section_page
from api.principals import OFFICE
from matcher.errors import InvalidInput

PAGE_SIZE = 25
MOST_INTRODUCTIONS = 50


@pages.get("/profiles/<reference:profile_id>/history")
@allow(*OFFICE, cookie=True)
def profile_history(profile_id: str) -> Response:
    """The latest first, a page at a time."""
    scope, number = current_scope(), _page_number()
    profile = scope.profile(profile_id)
    offset = (number - 1) * PAGE_SIZE
    past = scope.store.past(scope.organisation, profile.key, offset=offset, limit=PAGE_SIZE)
    introductions = scope.store.introductions.all(scope.organisation, member=profile.key)
    shown = introductions[::-1][:MOST_INTRODUCTIONS]
    return section_page(
        "profiles/history.html",
        profile,
        "history",
        past=past,
        number=number,
        last=max(-(-past.count // PAGE_SIZE), 1),
        introductions=shown,
        outcomes=scope.store.introductions.outcomes([each.id for each in shown]),
        zone=zone(),
        introduction_count=len(introductions),
        type_names=TYPE_NAMES,
    )


def _page_number() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 7 and int(given) >= 1):
        raise InvalidInput("page", given, "must be a whole number from 1")
    return int(given)
