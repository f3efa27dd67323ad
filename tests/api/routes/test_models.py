"""The list of model versions."""

from tests.api.world import Client


def test_versions_come_with_what_they_measured_and_which_one_serves(staff: Client):
    answer = staff.get("/v1/models").json
    assert answer["live"] == "v1"
    assert [(version["version"], version["facts"]) for version in answer["versions"]] == [
        ("v1", {"ndcg@10": 0.2}),
        ("v0", {}),
    ]
