"""What profiles say of themselves."""

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups, told
from training.weekly.checks.content import labels, texts

LABELLED = {"description": "", "industries": ("人工智能",)}


@pytest.mark.parametrize(("silent", "severity"), [(19, None), (20, "note"), (69, "note"), (70, "warning")])
def test_profiles_without_text_are_judged_by_their_share(silent: int, severity: str | None):
    people = [*startups(silent, **LABELLED), *startups(100)[silent:]]
    assert told(texts(seen(people), SETTINGS)).get("profiles_without_text") == severity


@pytest.mark.parametrize(("empty", "severity"), [(1, None), (2, "note"), (19, "note"), (20, "warning")])
def test_profiles_with_a_name_alone_are_judged_by_their_share(empty: int, severity: str | None):
    people = [*startups(empty, description=""), *startups(100)[empty:]]
    assert told(texts(seen(people), SETTINGS)).get("profiles_incomparable") == severity


def test_a_label_or_a_past_is_something_to_compare():
    people = [*startups(15, **LABELLED), *startups(30, description="")[15:], mentor("m")]
    met = [(f"s{n}", "m", Type.MET, 3) for n in range(15, 30)]
    assert "profiles_incomparable" not in told(texts(seen(people, met), SETTINGS))
    assert "profiles_incomparable" in told(texts(seen(people), SETTINGS))


def test_roles_are_told_apart():
    people = [*startups(30), *(mentor(f"m{n}", **LABELLED) for n in range(30))]
    (finding,) = texts(seen(people), SETTINGS)
    assert finding.facts == {"role": "mentor", "profiles": 30, "of": 30, "share": 1.0}


def test_of_a_few_profiles_nothing_is_told():
    assert told(texts(seen(startups(19, description="")), SETTINGS)) == {"texts_ok": "ok"}


@pytest.mark.parametrize(("strange", "severity"), [(9, None), (10, "note"), (39, "note"), (40, "warning")])
def test_labels_of_no_catalogue_are_judged_by_their_share(strange: int, severity: str | None):
    people = [*startups(strange, stage="第九轮"), *startups(100, stage="天使轮")[strange:]]
    assert told(labels(seen(people), SETTINGS)).get("labels_unknown") == severity


def test_the_commonest_unknown_label_is_the_example():
    people = [startup(f"s{n}", needs=("量子点" if n % 3 else "咒语", "融资")) for n in range(60)]
    (finding,) = labels(seen(people), SETTINGS)
    assert finding.facts == {
        "labels": 60,
        "of": 120,
        "share": 0.5,
        "role": "startup",
        "field": "needs",
        "example": "量子点",
    }


def test_blank_labels_are_none():
    assert told(labels(seen(startups(100, region=" ")), SETTINGS)) == {"labels_ok": "ok"}


def test_of_a_few_labels_nothing_is_told():
    assert told(labels(seen(startups(49, stage="第九轮")), SETTINGS)) == {"labels_ok": "ok"}
