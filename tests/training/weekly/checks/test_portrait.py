"""What is remembered of the profiles that a model was trained on."""

import json

from matcher.profiles import Status
from tests.matcher.worlds import investor, mentor, startup
from training.weekly.checks import NO_PORTRAIT, portrait_from, portrait_of
from training.weekly.checks.portrait import term_of

PEOPLE = [
    startup(
        "a", industries=("人工智能", "机器学习"), region="广东/深圳", stage="天使轮", needs=("股权融资",)
    ),
    startup("b", industries=("AI", "量子点"), region="北京", description="robots", status=Status.CLOSED),
    mentor("c", offers=("股权融资", "贷款"), stages=("天使轮", "A轮")),
    investor("d", deploying=False, ticket_min=0.0),
]


def test_profiles_are_counted_by_role():
    portrait = portrait_of(PEOPLE, 7)
    assert portrait.profiles == {"startup": 2, "mentor": 1, "investor": 1}
    assert portrait.active == {"startup": 1, "mentor": 1, "investor": 1}
    assert portrait.interactions == 7


def test_columns_are_counted_where_they_say_something():
    filled = portrait_of(PEOPLE, 0).filled
    assert filled["startup"]["industries"] == 2
    assert filled["startup"]["description"] == 1
    assert filled["startup"]["team_size"] == 0
    assert (filled["investor"]["deploying"], filled["investor"]["ticket_min"]) == (1, 1)


def test_labels_are_counted_once_a_profile_by_their_broad_terms():
    labels = portrait_of(PEOPLE, 0).labels
    assert labels["startup"]["industries"] == {"industry:ai": 2, "~": 1}
    assert labels["startup"]["region"] == {"region:cn-gd": 1, "region:cn-bj": 1}
    assert labels["mentor"]["offers"] == {"service:finance": 1}
    assert labels["mentor"]["stages"] == {"stage:angel": 1, "stage:a": 1}


def test_names_and_ids_are_not_in_it():
    written = json.dumps(portrait_of(PEOPLE, 0).to_dict(), ensure_ascii=False)
    assert not any(text in written for text in ("量子点", "robots", "Name of", "north"))


def test_it_comes_back_from_the_facts_of_a_model():
    portrait = portrait_of(PEOPLE, 7)
    facts = {"deals": {"mentor": 3}, **json.loads(json.dumps(portrait.to_dict()))}
    assert portrait_from(facts) == portrait


def test_facts_of_an_older_model_have_only_some_of_it():
    portrait = portrait_from({"profiles": {"startup": 3}, "interactions": 9, "first_day": 1})
    assert (portrait.profiles, portrait.interactions, portrait.filled) == ({"startup": 3}, 9, {})
    assert portrait_from({}) == NO_PORTRAIT


def test_terms_are_broad_enough_to_be_compared():
    terms = {column: term_of(column, label) for column, label in (("stage", "天使轮"), ("region", "中国"))}
    assert terms == {"stage": "stage:angel", "region": "region:cn"}
    assert (term_of("industries", "什么都不是"), term_of("region", " ")) == ("~", "")
