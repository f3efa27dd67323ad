"""Who may open and send which page of panels, and what of another organisation's is told: nothing."""

from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, PARTNERS, Caller, Principal, issue_token
from matcher.cohorts.run import Change
from matcher.panel.values import Review
from matcher.store import Store
from tests.api.pages.panels.paths import READ, WRITE
from tests.api.pages.visitor import Visitor, visitor


@pytest.mark.parametrize("endpoint", READ)
def test_a_page_of_panels_opens_for_the_office_and_nobody_else(app: APIFlask, store: Store, endpoint: str):
    for role in Caller:
        answer = visitor(app, store, role).get(READ[endpoint])
        assert answer.status_code == (200 if role in OFFICE else 403), role
        assert "Content-Security-Policy" in answer.headers


def test_only_the_office_sends_its_forms_and_none_without_the_form_token(app: APIFlask, store: Store):
    for path in WRITE.values():
        for role in set(Caller) - OFFICE:
            assert visitor(app, store, role).send(path, page="/account").status_code == 403, path
        assert visitor(app, store, Caller.STAFF).client.post(path).status_code == 403, path


def test_another_organisations_panel_is_as_unknown_as_one_that_does_not_exist(staff: Visitor):
    for path in (*READ.values(), *WRITE.values(), "/panels/p1/reviews?reviewer=m9", "/panels/p1/recusal"):
        for name in ("p9", "none"):
            other = path.replace("p1", name).replace("p2", name)
            if other != path:
                posts = path in (*WRITE.values(), "/panels/p1/recusal")
                sent = staff.send(other, page="/panels", version="1") if posts else staff.get(other)
                assert sent.status_code == 404, other
                assert "Project of s9" not in sent.text


def test_a_reviewer_finds_its_own_panel_and_no_other_reviewers_scores(app: APIFlask, store: Store):
    for role, own, other in (
        (Caller.MENTOR, "Project of s1", "Project of s2"),
        (Caller.INVESTOR, "Project of s2", "Project of s1"),
    ):
        text = visitor(app, store, role).text("/panels/p1/reviews?reviewer=i1")
        assert own in text
        assert other not in text


def test_who_reviews_nothing_finds_nothing(app: APIFlask, store: Store):
    assert visitor(app, store, Caller.STARTUP).get("/panels/p1/reviews").status_code == 403
    assert visitor(app, store, Caller.STARTUP).get("/my/reviews").status_code == 403
    for role in PARTNERS:
        assert visitor(app, store, role).get("/panels/p9/reviews").status_code == 404
        assert "孵化种子资金" in visitor(app, store, role).text("/my/reviews")


def test_a_shared_partner_reads_for_another_organisations_panel_and_its_staff_see_nothing(
    app: APIFlask, store: Store
):
    before = store.panels.get("north", "p1")
    named = replace(before.reviewers[0], id="guest", name="Guest", partner_id="south:m8")
    change = Change(by="staff")
    store.panels.change("north", "p1", change, reviewers=(*before.reviewers, named))
    extra = Review(application="s2", reviewer="guest", expertise=0.5)
    now = store.panels.get("north", "p1")
    store.panels.assign("north", "p1", change, (*now.reviews, extra), {})
    guest = entered(app, store, Caller.MENTOR, "m8")
    assert "孵化种子资金" in guest.text("/my/reviews")
    text = guest.text("/panels/north:p1/reviews")
    assert "Project of s2" in text
    assert "Project of s1" not in text
    sent = {"application": "s2", "score": "71", "comment": "", "seen": ""}
    assert guest.send("/panels/north:p1/reviews", "/panels/north:p1/reviews", **sent).status_code == 303
    kept = {each.reviewer: each.score for each in store.panels.get("north", "p1").reviews}
    assert kept["guest"] == 71

    for role, who in ((Caller.STAFF, ""), (Caller.ADMIN, ""), (Caller.MENTOR, "m9"), (Caller.STARTUP, "s9")):
        other = entered(app, store, role, who)
        for path in (
            "/panels/north:p1",
            "/panels/north:p1/reviews",
            "/panels/north:p1/reviews?reviewer=guest",
        ):
            assert other.get(path).status_code in {403, 404}, (role, path)
    assert guest.get("/panels/north:p2/reviews").status_code == 404
    assert guest.get("/panels/north:p1/scores").status_code == 403
    profile = store.profile("south", "m8")
    store.put_profiles([replace(profile, shared=False)])
    assert guest.get("/panels/north:p1/reviews").status_code == 404
    assert "孵化种子资金" not in guest.text("/my/reviews")


def entered(app: APIFlask, store: Store, role: Caller, who: str) -> Visitor:
    """Somebody of south."""
    found = Visitor(app.test_client(), issue_token(store, Principal("south", role, who)))
    found.sign_in()
    return found
