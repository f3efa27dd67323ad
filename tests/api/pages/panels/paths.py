"""Every page of panels by endpoint: where it is, and what posting to it takes."""

from collections.abc import Mapping

READ: Mapping[str, str] = {
    "pages.panels": "/panels",
    "pages.new_panel": "/panels/new?cohort=solved",
    "pages.panel": "/panels/p1",
    "pages.panel_history": "/panels/p1/history",
    "pages.panel_assignment": "/panels/p1/assignment",
    "pages.panel_scores": "/panels/p1/scores",
    "pages.panel_awards": "/panels/p1/awards?budget=20万",
    "pages.panel_setup": "/panels/p1/setup",
    "pages.panel_sheet": "/panels/p1/sheet",
}
WRITE: Mapping[str, str] = {
    "pages.make_panel": "/panels",
    "pages.assign_reviewers": "/panels/p1/assignment",
    "pages.decide_panel": "/panels/p1/awards",
    "pages.reopen_panel": "/panels/p2/reopening",
    "pages.change_panel": "/panels/p1/setup",
    "pages.import_scores": "/panels/p1/sheet",
}
REVIEWERS: Mapping[str, str] = {
    "pages.my_reviews": "/my/reviews",
    "pages.reviews": "/panels/p1/reviews",
    "pages.put_review": "/panels/p1/reviews",
    "pages.recuse": "/panels/p1/recusal",
}
ENDPOINTS = READ.keys() | WRITE.keys() | REVIEWERS.keys()
