"""All checks together: the stories are told, clean worlds pass without a word."""

import json
import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.weekly.checks.stories import STORIES, imported_events_again, mentors_deleted
from tests.training.weekly.checks.worlds import SETTINGS, TODAY, demo, grown, live_of, odd, told
from training.weekly import checks
from training.weekly.checks import ERRORS, CheckedData, CheckSettings, check
from training.weekly.findings import Severity


@pytest.mark.parametrize(
    ("story", "expected"), STORIES.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_each_story_is_told_and_nothing_else(
    story: Callable[[], CheckedData], expected: Mapping[str, str]
) -> None:
    assert odd(story()) == expected


def test_the_demo_gives_no_warning() -> None:
    assert odd(demo()) == {}


def test_every_check_says_that_all_is_well() -> None:
    found = check(demo(), SETTINGS)
    assert len(found) == len(checks.CHECKS)
    assert {finding.severity for finding in found} == {Severity.OK}


@settings(max_examples=25, deadline=None)
@given(
    size=st.sampled_from([(30, 20, 10, 600), (40, 8, 5, 1500), (120, 60, 40, 5000)]),
    seed=st.integers(0, 1_000),
    weeks_ago=st.integers(0, 95),
    weeks_since=st.integers(1, 26),
)
def test_clean_worlds_that_grow_give_no_warning(
    size: tuple[int, int, int, int], seed: int, weeks_ago: int, weeks_since: int
) -> None:
    startups, mentors, investors, interactions = size
    world = grown(
        startups=startups, mentors=mentors, investors=investors, interactions=interactions, seed=seed
    )
    assert odd(world.after(7 * weeks_since, TODAY - 7 * weeks_ago)) == {}


def test_a_first_run_knows_no_live_model_and_does_not_mind() -> None:
    assert odd(grown().on(TODAY)) == {}


def test_the_worst_comes_first() -> None:
    severities = [finding.severity for finding in check(mentors_deleted(), SETTINGS)]
    assert severities[:2] == ["error", "warning"]
    assert severities[-1] == "ok"


def test_facts_go_into_json() -> None:
    for story in STORIES:
        json.dumps([finding.to_dict() for finding in check(story(), SETTINGS)], allow_nan=False)


def test_what_a_person_let_pass_is_a_warning_that_says_so() -> None:
    (finding,) = (
        finding
        for finding in check(imported_events_again(), CheckSettings(accepted=("duplicate_events",)))
        if finding.code == "duplicate_events"
    )
    assert finding.severity is Severity.WARNING
    assert finding.facts["accepted"] is True


def test_other_errors_still_stop() -> None:
    assert odd(mentors_deleted(), CheckSettings(accepted=("duplicate_events",)))["role_vanished"] == "error"


def test_the_table_of_errors_has_all_that_stop_a_run() -> None:
    table = re.findall(r"^\| ([a-z_]+) \| .* \| .* \|$", checks.__doc__ or "", re.MULTILINE)
    assert sorted(table) == sorted([*ERRORS, "code"])


def test_no_other_error_is_ever_told() -> None:
    stopping = {
        code
        for story in STORIES
        for code, severity in told(check(story(), SETTINGS)).items()
        if severity is Severity.ERROR
    }
    assert stopping <= set(ERRORS)


def test_the_same_data_stays_fine_whenever_it_is_looked_at_again() -> None:
    data = demo()
    assert odd(CheckedData(data.profiles, data.interactions, data.today, live_of(data))) == {}
