"""The weekly run: what becomes of the candidate, of what serves, and what is said of it."""

import dataclasses
import datetime as dt

import pytest

from matcher.errors import Conflict
from matcher.runs import RunRecord, RunStatus
from matcher.shown import ShownList
from tests.matcher.worlds import ORGANISATION
from tests.training.weekly.homes import NIGHT, STRICT, USUAL, Home
from tests.training.weekly.worlds import FIELDS, FIRST, INVESTORS, day
from training.weekly.record import WeeklyRecord
from training.weekly.report import REPORT_HTML, REPORT_JSON

First = tuple[Home, WeeklyRecord]
STEPS = ["check", "encode", "rehearse and fit", "evaluate", "compare", "promote"]


def last(home: Home) -> RunRecord:
    return home.store.runs()[0]


def codes(record: WeeklyRecord) -> set[str]:
    return {finding.code for finding in (*record.checks, *record.gate)}


def test_the_first_run_promotes_a_first_model(first_run: First):
    home, record = first_run

    assert (record.outcome, record.live_before) == ("promoted", None)
    assert record.candidate == record.live_after == home.registry.live()
    assert home.registry.live_model().startups == {f"north:{field}0" for field in FIELDS}
    assert "no_rival" in codes(record)


def test_every_step_is_told_timed_and_in_its_place(first_run: First):
    home, record = first_run

    assert [step for step in home.heard if step in STEPS] == STEPS
    assert [step.name for step in record.steps] == STEPS
    assert all(step.peak_mib and step.seconds >= 0 for step in record.steps)
    assert home.fits == 2


def test_the_candidate_is_kept_with_its_rehearsal_and_what_the_gate_said(first_run: First):
    home, record = first_run

    assert record.candidate is not None
    rehearsal, verdict = home.registry.rehearsal(record.candidate), home.registry.verdict(record.candidate)
    assert rehearsal is not None
    assert rehearsal.facts["settings"]["as_of"] == day(FIRST).isoformat()
    assert verdict is not None
    assert (verdict.passed, verdict.run) == (True, record.run)
    assert [one["code"] for one in verdict.findings] == [one.code for one in record.gate]
    (promotion,) = home.registry.promotions()
    assert (promotion.by, promotion.reason, promotion.forced) == ("me", f"run {record.run}", False)


def test_the_report_and_the_book_of_runs_say_what_became_of_it(first_run: First):
    home, record = first_run

    kept = WeeklyRecord.from_json(home.registry.report(record.run, REPORT_JSON))
    assert kept.to_json() == record.to_json()
    assert home.registry.report(record.run, REPORT_HTML).startswith(b"<!doctype html>")
    run = last(home)
    assert (run.id, run.status, run.started_at, run.finished_at) == (record.run, RunStatus.DONE, NIGHT, NIGHT)
    assert (run.summary["outcome"], run.summary["candidate"]) == ("promoted", record.candidate)
    assert run.summary["live"] == record.candidate
    assert record.run.startswith("20260301T030000Z-")


def test_the_record_tells_what_was_learned_from_and_how(first_run: First):
    _, record = first_run

    assert record.data.profiles == {"startup": 5, "mentor": 0, "investor": 10}
    assert (record.data.interactions, record.data.new_interactions) == (10, 10)
    assert (record.settings["as_of"], record.settings["by"]) == ("2026-03-01", "me")
    assert record.lists.keys() == record.exposure.keys() == {"investor"}
    assert record.history == ()


def test_the_right_to_run_is_given_back(first_run: First):
    assert first_run[0].store.lease("retrain") is None


def test_a_run_with_nothing_new_makes_the_same_version_and_keeps_it(trained: Home):
    live = trained.registry.live()

    record = trained.run()

    assert (record.outcome, record.candidate, record.live_before, record.live_after) == ("kept", *[live] * 3)
    assert trained.fits == 2, "a run that came to its end is not taken up"
    assert len(trained.registry.promotions()) == 1
    assert [info.version for info in trained.registry.versions()] == [live]
    assert "no_rival" not in codes(record), "its rehearsal stands for what serves"


def test_a_later_run_promotes_what_learned_more_and_tells_of_the_earlier_one(trained: Home):
    first = trained.registry.live()
    trained.grows()

    record = trained.run(dataclasses.replace(USUAL, keep=0))

    assert record.outcome == "promoted"
    assert [info.version for info in trained.registry.versions()] == [record.live_after], "no other is kept"
    assert [past.outcome for past in record.history] == ["promoted"]
    assert record.data.interactions == 11
    assert record.data.new_interactions == 0, "it happened on the day before the last run"
    assert record.live_before == record.history[0].version == first != record.live_after


def test_what_was_shown_long_ago_is_forgotten(trained: Home):
    days = [dt.timedelta(days=days) for days in (9, 11)]
    trained.store.add_shown([on_record(f"{ago.days} days ago", trained.now() - ago) for ago in days])

    trained.run(dataclasses.replace(USUAL, keep_shown_days=10))

    assert trained.store.recorded("9 days ago") == {f"{ORGANISATION}:{FIELDS[0]}0"}
    assert trained.store.recorded("11 days ago") == set()


def on_record(request_id: str, at: dt.datetime) -> ShownList:
    return ShownList(
        request_id=request_id,
        organisation=ORGANISATION,
        query_key=f"{ORGANISATION}:{FIELDS[0]}0",
        role="investor",
        model_version="v",
        at=at,
        partners=(),
        scores=(),
    )


def test_a_candidate_that_is_turned_down_leaves_what_serves(trained: Home):
    live = trained.registry.live()
    trained.grows()

    record = trained.run(STRICT)

    assert record.outcome == "rejected"
    assert record.candidate != live
    assert trained.registry.live() == record.live_before == record.live_after == live
    verdict = trained.registry.verdict(str(record.candidate))
    assert verdict is not None
    assert not verdict.passed
    assert last(trained).status is RunStatus.DONE
    with pytest.raises(Conflict, match="was rejected by run"):
        trained.registry.promote(str(record.candidate), at="", by="me")


def test_a_live_version_that_would_no_longer_pass_goes_on_serving(trained: Home):
    record = trained.run(STRICT)

    assert (record.outcome, record.candidate) == ("rejected", record.live_before)
    assert trained.registry.live() == record.live_before


def test_data_that_no_model_may_be_made_of_stop_the_run_and_leave_what_serves(trained: Home):
    live = trained.registry.live()
    for partner in INVESTORS:
        trained.store.delete_profile(ORGANISATION, partner.id)

    record = trained.run()

    assert (record.outcome, record.candidate, record.live_after) == ("stopped", None, live)
    assert "role_vanished" in codes(record)
    assert trained.registry.live() == live
    assert [step for step in trained.heard if step in STEPS] == ["check"]
    assert (last(trained).status, last(trained).step) == (RunStatus.STOPPED, "check")
    assert trained.registry.report(record.run, REPORT_HTML)


def test_a_run_before_there_is_anything_to_match_is_stopped(home: Home):
    for profile in home.store.profiles():
        home.store.delete_profile(ORGANISATION, profile.id)

    record = home.run()

    assert (record.outcome, record.live_after) == ("stopped", None)
    assert codes(record) == {"profiles_none"}


def test_only_what_happened_before_the_day_is_learned(home: Home):
    home.grows()

    record = home.run(as_of=day(FIRST))

    assert record.outcome == "promoted"
    assert record.data.interactions == 10
    assert home.registry.live_model().facts["data"]["last_day"] < FIRST
    assert "north:late" not in home.registry.live_model().startups


def test_pairs_that_people_know_to_be_good_are_probed_with_the_latest_deals(home: Home):
    record = home.run(probes=(("north:alpha0", "north:i9"), ("north:alpha0", "north:gone")))

    (probed,) = [finding for finding in record.gate if finding.code.startswith("probes")]
    assert probed.facts["of"] == 11
    assert probed.facts["examples"] == ["north:alpha0 × north:i9"]


def test_what_people_rolled_back_is_not_brought_back(trained: Home):
    """Staff put an older model in the place of the run's, tried the run's again, and took it back."""
    registry, version = trained.registry, str(trained.registry.live())
    older = registry.rehearsal(version)
    assert older is not None
    registry.add(older)
    registry.promote(older.version, at="2026-03-01T04:00:00+00:00", by="staff", reason="try", forced=True)
    registry.promote(version, at="2026-03-01T05:00:00+00:00", by="staff")
    registry.rollback(at="2026-03-01T06:00:00+00:00", by="staff")

    record = trained.run()

    assert (record.outcome, record.candidate) == ("rejected", version)
    assert "rolled_back" in codes(record)
    assert registry.live() == older.version
