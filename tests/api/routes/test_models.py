"""The list of model versions."""

from tests.api.world import Client


def test_versions_come_with_what_they_measured_and_which_one_serves(staff: Client):
    answer = staff.get("/v1/models").json
    assert answer["live"] == "v1"
    assert [(version["version"], version["facts"]) for version in answer["versions"]] == [
        ("v1", {"ndcg@10": 0.2}),
        ("v0", {}),
    ]


def test_a_version_tells_what_the_gate_said_and_how_it_went_live(staff: Client):
    newer, older = staff.get("/v1/models").json["versions"]

    assert newer["verdict"] == {
        "passed": True,
        "run": "20260308T030000Z-ab12",
        "at": "2026-03-08T03:10:00+00:00",
        "findings": [{"code": "quality_same"}],
    }
    assert older["verdict"] is None
    assert (older["promoted"]["reason"], older["promoted"]["forced"]) == ("the first version", True)


def test_promotions_are_told_newest_first(staff: Client):
    promotions = staff.get("/v1/models").json["promotions"]

    assert [(each["version"], each["by"]) for each in promotions] == [
        ("v1", "bole@north"),
        ("v0", "wei@north"),
    ]
