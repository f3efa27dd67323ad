"""What founders, mentors and investors see (suggestions, requests, their inbox, their own profile), and what
they say for the office to read."""

from api.pages.members import (  # noqa: F401 - each adds its views
    answering,
    asking,
    availability,
    feedback,
    history,
    home,
    outcomes,
    profile,
    requests,
    waving,
)
