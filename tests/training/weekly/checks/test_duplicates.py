"""The same thing twice."""

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups, told
from training.weekly.checks.duplicates import duplicate_events, duplicate_profiles, repeats

WHO = (startup("s"), startup("t"), mentor("m"), mentor("n"))


def events(happened):
    (finding,) = duplicate_events(seen(WHO, happened), SETTINGS)
    return finding


def met(number: int, first: int = 1):
    """Meetings on so many days."""
    return [("s", "m", Type.MET, first + n) for n in range(number)]


def test_a_repeat_has_the_pair_the_type_and_the_day_of_another():
    once = ("s", "m", Type.MET, 5)
    others = [
        ("t", "m", Type.MET, 5),
        ("s", "n", Type.MET, 5),
        ("s", "m", Type.RATED, 5),
        ("s", "m", Type.MET, 6),
    ]
    assert repeats(seen(WHO, [once, *others]).events) == 0
    assert repeats(seen(WHO, [once, *others, once, once]).events) == 2


@pytest.mark.parametrize(("again", "severity"), [(5, "ok"), (6, "warning"), (66, "warning"), (67, "error")])
def test_repeats_are_judged_by_their_share(again: int, severity: str):
    finding = events([*met(100), *met(again)])
    assert finding.severity == severity
    assert finding.facts == {"interactions": again, "of": 100 + again, "share": again / (100 + again)}


def test_lists_are_shown_and_profiles_viewed_many_times_a_day():
    assert events([("s", "m", kind, 5) for kind in (Type.SHOWN, Type.VIEWED)] * 100).code == "events_distinct"


def test_a_long_past_does_not_hide_what_came_twice_lately():
    finding = events([*met(5000, first=300), *met(100), *met(100)])
    assert (finding.code, finding.severity) == ("duplicate_events", "error")


def test_of_a_few_events_nothing_is_told():
    assert events(met(1) * 49).code == "events_distinct"


def profiles(*people):
    return duplicate_profiles(seen(people), SETTINGS)


@pytest.mark.parametrize(("again", "severity"), [(5, None), (6, "warning"), (42, "warning"), (43, "error")])
def test_profiles_that_say_the_same_are_judged_by_their_share(again: int, severity: str | None):
    people = [startup(f"s{n}", name=f"Name {n}") for n in range(100)]
    copies = [startup(f"x{n}", name=f" NAME {n}") for n in range(again)]
    assert told(profiles(*people, *copies)).get("duplicate_profiles") == severity


@pytest.mark.parametrize(
    "other",
    [
        {"description": "else"},
        {"industries": ("ai",)},
        {"region": "深圳"},
        {"needs": ("legal",)},
        {"organisation": "south"},
    ],
)
def test_people_of_one_name_differ_in_something(other):
    people = [
        startup(f"{side}{n}", name="张伟", **given) for side, given in (("a", {}), ("b", other)) for n in (0,)
    ]
    assert told(profiles(*people, *startups(20))) == {"profiles_distinct": "ok"}


def test_a_mentor_and_a_startup_may_have_one_name():
    both = [kind(f"{kind.__name__}{n}", name=f"N{n}") for kind in (startup, mentor) for n in range(30)]
    assert told(profiles(*both)) == {"profiles_distinct": "ok"}


def test_one_text_for_many_is_a_warning():
    people = [startup(f"s{n}", description="lorem " * 20 if n < 20 else f"text {n}") for n in range(100)]
    (finding,) = profiles(*people)
    assert (finding.code, finding.severity) == ("texts_repeated", "warning")
    assert finding.facts == {
        "profiles": 20,
        "of": 100,
        "share": 0.2,
        "role": "startup",
        "text": "lorem lorem lorem lorem lorem lorem lore",
    }
    assert told(profiles(*people[1:])) == {"profiles_distinct": "ok"}


def test_having_no_text_is_not_having_one_text():
    assert told(profiles(*startups(30, description=""))) == {"profiles_distinct": "ok"}
