"""Match lists and explanations as HTTP gives them."""

import pytest

from matcher.store import Store
from tests.api.fakes import BASE
from tests.api.world import Client


def ids(answer: dict) -> list[str]:
    return [match["partner_id"] for match in answer["matches"]]


def test_a_list_carries_what_every_answer_must(staff: Client):
    answer = staff.get("/v1/startups/s1/matches?role=mentor&lang=en", headers={"X-Request-ID": "abc-1"})
    body = answer.json
    assert (body["request_id"], body["model_version"], body["query_id"]) == ("abc-1", "v1", "s1")
    assert body["role"] == "mentor"
    assert body["funnel"] == {
        "pool": 2,
        "eligible": 2,
        "capacity_left": 2,
        "returned": 2,
        "removed": {"tags": 0},
    }
    assert [(match["rank"], match["partner_id"], match["name"]) for match in body["matches"]] == [
        (1, "m1", "Lin Mu"),
        (2, "south:m8", "Shared Mentor"),
    ]


def test_a_match_has_both_halves_and_reasons_in_words_that_add_up(staff: Client):
    [match] = staff.get("/v1/startups/s1/matches?role=investor&lang=en").json["matches"]
    assert (match["startup_id"], match["partner_id"], match["role"], match["warmth"]) == (
        "s1",
        "i1",
        "investor",
        "warm",
    )
    assert (match["score"], match["p_startup"], match["p_partner"]) == (0.5, 0.5, 0.5)
    assert BASE + sum(reason["points"] for reason in match["reasons"]) == pytest.approx(match["score"])
    assert all(reason["sentence"] for reason in match["reasons"])


def test_reasons_come_in_the_language_asked_for(staff: Client):
    def said(language: str) -> str:
        [match] = staff.get(f"/v1/startups/s1/matches?k=1&lang={language}").json["matches"]
        return match["reasons"][0]["sentence"]

    assert said("en").isascii()
    assert not said("zh").isascii()


def test_both_partner_roles_come_in_one_list_by_default(staff: Client):
    answer = staff.get("/v1/startups/s1/matches").json
    assert (answer["role"], ids(answer)) == ("partner", ["i1", "m1", "south:m8"])


def test_k_bounds_the_list(staff: Client):
    assert ids(staff.get("/v1/startups/s1/matches?k=1").json) == ["i1"]


@pytest.mark.parametrize(
    "query", ["k=0", "k=101", "role=startup", "lang=fr", "tag=ai", "tags=" + "x," * 201 + "x"]
)
def test_a_question_that_means_nothing_is_refused(staff: Client, query: str):
    assert staff.get(f"/v1/startups/s1/matches?{query}").status_code == 422


@pytest.mark.parametrize("tags", ["ai,robots", "robots；ai", "robots、 ai "])
def test_must_haves_are_lists_with_the_usual_separators(staff: Client, tags: str):
    answer = staff.get("/v1/startups/s1/matches", query_string={"tags": tags}).json
    assert ids(answer) == ["m1"]
    assert answer["funnel"]["removed"] == {"tags": 2}


def test_a_partner_gets_the_startups_of_the_organisation(staff: Client):
    answer = staff.get("/v1/partners/m1/matches").json
    assert [match["startup_id"] for match in answer["matches"]] == ["s1", "s2"]


def test_a_shared_partner_gets_the_startups_of_the_organisation_that_asks(staff: Client):
    answer = staff.get("/v1/partners/south:m8/matches").json
    assert [match["startup_id"] for match in answer["matches"]] == ["s1", "s2"]


def test_the_wrong_kind_of_id_is_not_found(staff: Client):
    assert staff.get("/v1/startups/m1/matches").status_code == 404
    assert staff.get("/v1/partners/s1/matches").status_code == 404


def test_a_pair_is_explained(staff: Client):
    answer = staff.get("/v1/pairs/s1/m1/explanation?k=3&lang=en").json
    assert (answer["rank"], answer["eligible"], answer["k"], answer["lacking"]) == (1, 3, 3, 0.0)
    assert (answer["pair"]["startup_id"], answer["pair"]["partner_id"]) == ("s1", "m1")
    assert answer["removed_by"] == []


def test_a_pair_can_be_explained_from_the_partners_side(staff: Client):
    pair = staff.get("/v1/pairs/south:m8/s1/explanation").json["pair"]
    assert (pair["startup_id"], pair["partner_id"]) == ("s1", "south:m8")


def test_two_of_a_kind_are_not_a_pair(staff: Client):
    assert staff.get("/v1/pairs/s1/s2/explanation").status_code == 422
    assert staff.get("/v1/pairs/m1/i1/explanation").status_code == 422


def test_ids_with_slashes_stay_apart_in_a_pair(staff: Client):
    staff.put("/v1/profiles/a%2Fb", json={"role": "startup", "name": "x"})
    staff.put("/v1/profiles/c%2Fd", json={"role": "mentor", "name": "y"})
    pair = staff.get("/v1/pairs/a%2Fb/c%2Fd/explanation").json["pair"]
    assert (pair["startup_id"], pair["partner_id"]) == ("a/b", "c/d")


def test_the_office_reads_which_rule_removed_a_pair_and_a_startup_does_not(
    staff: Client, startup: Client, store: Store
):
    staff.patch("/v1/profiles/m1", json={"conflicts": ["s1"]})
    told = [client.get("/v1/pairs/s1/m1/explanation").json["removed_by"] for client in (staff, startup)]
    assert [reason["signal"] for reason in told[0]] == ["conflict"]
    assert [(reason["signal"], reason["facts"]) for reason in told[1]] == [("unavailable", {})]


def test_a_startup_is_not_told_how_many_each_rule_removed(startup: Client):
    assert startup.get("/v1/startups/s1/matches").json["funnel"] == {
        "pool": 3,
        "eligible": 3,
        "capacity_left": 3,
        "returned": 3,
        "removed": {},
    }


def test_members_may_not_filter_by_the_offices_tags(startup: Client, mentor: Client):
    asked = ((startup, "startups/s1"), (mentor, "partners/m1"))
    for client, whose in asked:
        answers = [client.get(f"/v1/{whose}/matches?tags={tag}") for tag in ("ai", "nobody has this")]
        assert [answer.status_code for answer in answers] == [422, 422]
        assert "for the office alone" in answers[0].text
        assert client.get(f"/v1/{whose}/matches").status_code == 200


def test_a_list_spreads_exposure_only_when_asked_and_says_which_lines_owe_their_place_to_it(staff: Client):
    plain, spread = (
        [match["spread"] for match in staff.get(f"/v1/startups/s1/matches?role=mentor{flag}").json["matches"]]
        for flag in ("", "&spread=true")
    )
    assert plain == [False, False]
    assert spread == [False, True]
