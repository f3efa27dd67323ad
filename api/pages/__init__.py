"""The web pages for staff: a blueprint that `create_app` takes among its `pages`.

Server-rendered, in Chinese and English, usable without scripts, with nothing from outside.
"""

from api.pages import (  # noqa: F401 - each adds its views
    accounts,
    attention,
    audit,
    cohorts,
    errors,
    helping,
    home,
    importing,
    matches,
    members,
    merging,
    models,
    panels,
    privacy,
    profiles,
    reports,
    settings,
    signing,
)
from api.pages.blueprint import pages
from api.pages.links import sign_in_link

__all__ = ["pages", "sign_in_link"]
