"""The pages of one profile beside its matches: they say who it is and lead to one another."""

from flask import Response

from api.access import current_scope
from api.pages.profiles.acting import notice
from api.pages.rendering import page
from matcher.profiles import Profile


def section_page(
    template: str, profile: Profile, chapter: str, status: int = 200, **values: object
) -> Response:
    """The page of one `chapter` of the profile."""
    return page(template, status, profile=profile, chapter=chapter, change=notice(current_scope()), **values)
