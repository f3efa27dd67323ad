"""What the pages of panels share: the panel asked for, its words, and who sends a form."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response

from api.access import Scope, current_scope
from api.office import today, zone
from api.pages.cohorts.shared import seen_version
from api.pages.panels.wording import spoken
from api.pages.rendering import page
from api.pages.said import said
from matcher.cohorts.run import Change
from matcher.interactions import local, qualified
from matcher.panel.values import Panel
from matcher.panel.wording import title_of


def panel_page(template: str, panel: Panel, status: int = 200, **values: Any) -> Response:
    """A page about one panel; what was done is said once."""
    scored = sum(review.score is not None for review in panel.reviews)
    facts: Mapping[str, Any] = {
        "panel": panel,
        "titles": titles_of(panel),
        "scored": scored,
        "reviewers": {each.id: each for each in panel.reviewers},
        "late": is_late(panel),
    }
    return plain_page(template, status, **{**facts, **values})


def plain_page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of panels, about none or several."""
    told: Mapping[str, Callable[..., str]] = spoken()
    return page(
        f"panels/{template}", status, zone=zone(), said=said(), address_of=address_of, **told, **values
    )


def titles_of(panel: Panel) -> dict[str, str]:
    """The applications as people call them, by id: by their titles, else by their startups' names."""
    keys = {
        each.id: qualified(panel.organisation, each.startup_id)
        for each in panel.applications
        if not each.title
    }
    names = current_scope().store.names(set(keys.values())) if keys else {}
    return {
        each.id: title_of(each.id, each.title or names.get(keys[each.id], "")) for each in panel.applications
    }


def own_panel(panel_id: str) -> Panel:
    """The panel that the caller may know of, or NotFound; see `Scope.panel`."""
    return current_scope().panel(panel_id)


def address_of(panel: Panel) -> str:
    """The panel's id as the caller writes it: another organisation's as org:id."""
    return local(current_scope().organisation, qualified(panel.organisation, panel.id))


def change_seen(scope: Scope, why: str = "") -> Change:
    """Who sends this form, why, and the version of the panel that stood on it.

    Raises:
        InvalidInput: it names no version.
    """
    return Change(by=scope.principal.who, why=why, version=seen_version())


def is_late(panel: Panel) -> bool:
    """Whether the last day for scores is over and some are not in."""
    due, waits = panel.settings.due, any(review.score is None for review in panel.reviews)
    return due is not None and waits and today() > due
