"""What founders, mentors and investors see: suggestions, requests, their inbox, their own profile."""

from api.pages.members import (  # noqa: F401 - each adds its views
    answering,
    asking,
    availability,
    history,
    home,
    profile,
    requests,
    waving,
)
