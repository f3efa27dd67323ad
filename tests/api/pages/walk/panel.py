"""A review panel in the middle of its work, and reports of the city's past: what of them can be opened."""

import datetime as dt
from collections.abc import Sequence

from matcher.cohorts.run import Change
from matcher.panel.changes import Score
from matcher.panel.criteria import Criterion
from matcher.panel.values import Application, Panel, PanelSettings, Reviewer
from matcher.profiles import Role
from matcher.store import Store
from tests.api.pages.visitor import Visitor

REPORTS = (
    "/reports?period=year&on=2025-06-01",
    "/reports/acceptance",
    "/reports/exposure?period=year&on=2025-06-01",
    "/reports/supply",
)


def under_review(store: Store, staff: Visitor, office: str, startups: Sequence[str], mentor: str) -> None:
    """The panel "seed" of these startups: assigned, and half of its scores are in."""
    mentors = [profile.id for profile in store.profiles(office, roles=(Role.MENTOR,))][:5]
    reviewers = dict.fromkeys([mentor, *mentors])
    panel = Panel(
        organisation=office,
        id="seed",
        name="2026 年春季孵化种子资金",
        settings=PanelSettings(
            budget=1_000_000,
            cap=200_000,
            call="支持在孵企业首轮研发与试制。",
            due=dt.date(2026, 2, 27),
            criteria=(Criterion(name="创新性", weight=3), Criterion(name="市场前景", weight=2)),
        ),
        applications=tuple(
            Application(id=each, startup_id=each, title="首轮研发", asked=190_000, least=50_000)
            for each in startups
        ),
        reviewers=tuple(
            Reviewer(id=each, name=store.profile(office, each).name, partner_id=each) for each in reviewers
        ),
    )
    by = Change(by="staff 陈老师")
    store.panels.create(panel, by)
    staff.send("/panels/seed/assignment", page="/panels", version="1")
    reviews = store.panels.get(office, "seed").reviews
    scores = [
        Score(application=each.application, reviewer=each.reviewer, score=60 + 7 * (place % 6))
        for place, each in enumerate(reviews[: len(reviews) * 2 // 3])
    ]
    store.panels.put_scores(office, "seed", scores, by)


def office_paths(mentor: str) -> Sequence[str]:
    """What the office opens of panels and reports."""
    parts = ("", "/assignment", "/scores", "/awards?budget=150万", "/setup", "/history", "/sheet")
    panels = ("/panels", "/panels/new?cohort=spring", *(f"/panels/seed{part}" for part in parts))
    return (*panels, f"/panels/seed/reviews?reviewer={mentor}", *REPORTS)
