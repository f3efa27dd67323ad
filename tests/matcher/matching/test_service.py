"""The whole service, asked as its callers ask it."""

import datetime as dt
import threading
from pathlib import Path

import pytest

from matcher.erasures import Whom, new_pseudonym
from matcher.errors import InvalidInput, NotFound
from matcher.interactions import InteractionType
from matcher.matching.answers import Filters, Warmth
from matcher.matching.moment import MAX_K
from matcher.matching.service import LIVE_CHECK_SECONDS, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.parameters import UNTRAINED, Model
from matcher.model.registry import Registry
from matcher.profiles import Role, Status
from matcher.store import Store
from tests.matcher.matching.conftest import Serve
from tests.matcher.matching.serving import Serving, Time
from tests.matcher.model.swaps import BY, go_live
from tests.matcher.worlds import (
    ALPHA_INVESTORS,
    BETA_INVESTORS,
    ORGANISATION,
    WordEncoder,
    checkerboard,
    event,
    investor,
    mentor,
    startup,
    trained_on,
)

# the right answers of worlds known by thought


def test_before_any_training_who_declares_what_is_needed_comes_first(serve: Serve):
    world = serve(
        startup("s", needs=("股权融资",), industries=("AI",), description="laser optics"),
        mentor("fits", offers=("股权融资",), industries=("人工智能",), description="laser optics"),
        mentor("blank"),
        mentor("misfits", offers=("法律",), industries=("农业",), description="dentist"),
    )

    assert world.ids("s", Role.MENTOR) == ["fits", "blank", "misfits"]
    assert world.listed("s", Role.MENTOR).model_version == UNTRAINED


@pytest.mark.parametrize(("cold", "who"), [("cold-alpha", ALPHA_INVESTORS), ("cold-beta", BETA_INVESTORS)])
def test_a_new_startup_is_led_to_those_whom_its_like_chose(
    checkers: Serving, cold: str, who: tuple[str, ...]
):
    assert set(checkers.ids(cold, k=5)) == set(who)


def test_an_investor_is_led_to_new_startups_of_the_field_it_chose(checkers: Serving):
    assert checkers.ids("i0", Role.STARTUP)[0] == "cold-alpha"
    assert checkers.ids("i9", Role.STARTUP)[0] == "cold-beta"


def test_the_real_encoder_reads_meaning_across_languages(serve: Serve, real_encoder):
    world = serve(
        startup("s", description="手术机器人与医学影像导航"),
        mentor("surgery", description="Surgeon who advises makers of medical robots and imaging devices"),
        mentor("wine", description="Sommelier and importer of wine for restaurants"),
    )
    service = MatchService(Sources(world.store, real_encoder), world.registry, world.time.clock())

    [found] = service.match("north", ["s"], role=Role.MENTOR)

    assert [match.pair.partner_id for match in found.matches] == ["surgery", "wine"]


# both directions, pairs and explanations agree


def test_a_pair_has_the_same_score_from_either_side_and_alone(checkers: Serving):
    mine = {m.pair.partner_id: m.pair for m in checkers.listed("cold-alpha").matches}
    for partner_id, pair in mine.items():
        theirs = {m.pair.startup_id: m.pair for m in checkers.listed(partner_id, Role.STARTUP).matches}
        assert theirs["cold-alpha"].score == pair.score
        assert theirs["cold-alpha"].reasons == pair.reasons
        [alone] = checkers.service.score("north", [("cold-alpha", partner_id)])
        assert (alone.score, alone.p_startup, alone.p_partner) == (pair.score, pair.p_startup, pair.p_partner)


def test_an_explanation_s_rank_is_the_place_in_the_list(checkers: Serving):
    for asker, role in (("cold-alpha", Role.INVESTOR), ("i3", Role.STARTUP)):
        for place, other in enumerate(checkers.ids(asker, role), start=1):
            explained = checkers.explain(asker, other)
            assert explained.rank == place
            assert explained.removed_by == ()


def test_ties_go_to_the_smaller_key_in_lists_and_explanations(serve: Serve):
    people = [mentor(id_, description="same words") for id_ in ("b", "a", "10", "9")]
    world = serve(startup("s", description="same words"), *people)

    assert world.ids("s", Role.MENTOR) == ["10", "9", "a", "b"]
    assert [world.explain("s", id_).rank for id_ in ("10", "9", "a", "b")] == [1, 2, 3, 4]
    assert world.ids("s", Role.MENTOR, k=2) == ["10", "9"]


def test_what_is_lacking_is_the_distance_to_the_last_line(checkers: Serving):
    listed = checkers.listed("cold-alpha", k=3)
    last = listed.matches[-1].pair.score

    for rank, partner in enumerate(checkers.ids("cold-alpha"), start=1):
        explained = checkers.explain("cold-alpha", partner, k=3)
        assert explained.listed_score == last
        assert explained.lacking == (0 if rank <= 3 else last - explained.pair.score)
        assert (explained.eligible, explained.k) == (11, 3)


def test_reasons_add_up_to_the_score_in_every_line(checkers: Serving):
    for match in checkers.listed("cold-alpha").matches:
        total = match.pair.base + sum(reason.points for reason in match.pair.reasons)
        assert total == pytest.approx(match.pair.score, abs=1e-12)
        assert min(match.pair.p_startup, match.pair.p_partner) <= match.pair.score
        assert match.pair.score <= max(match.pair.p_startup, match.pair.p_partner)


WHY_NOT = {
    "inactive": ({}, {"status": Status.PAUSED}, None),
    "not_deploying": ({}, {"deploying": False}, None),
    "excluded": ({"exclude": ("i",)}, {}, None),
    "conflict": ({}, {"conflicts": ("s",)}, None),
    "dismissed": ({}, {}, InteractionType.DISMISSED),
    "declined": ({}, {}, InteractionType.DECLINED),
    "connected": ({}, {}, InteractionType.MET),
    "no_room": ({}, {"capacity": 0}, None),
}


@pytest.mark.parametrize("rule", WHY_NOT)
def test_why_not_names_the_rule_and_scores_the_pair_all_the_same(serve: Serve, rule: str):
    of_startup, of_investor, happened = WHY_NOT[rule]
    world = serve(startup("s", **of_startup), investor("i", **of_investor), investor("j"))
    if happened:
        world.happen(event("s", "i", happened))

    for a, b in (("s", "i"), ("i", "s")):
        explained = world.explain(a, b)
        assert [reason.signal for reason in explained.removed_by] == [rule]
        assert explained.rank is None
        assert 0 < explained.pair.score < 1
    assert world.ids("s") == ["j"]


# changes are seen at once


def test_a_profile_added_a_second_ago_is_found_without_training(checkers: Serving):
    checkers.ids("cold-alpha")

    checkers.put(startup("newest", industries=("alpha",)), investor("newcomer", industries=("alpha",)))

    assert set(checkers.ids("newest", k=5)) == set(ALPHA_INVESTORS)
    assert "newcomer" in checkers.ids("cold-alpha")
    assert "newest" in checkers.ids("newcomer", Role.STARTUP)


def test_a_profile_that_was_changed_is_matched_as_it_is_now(checkers: Serving):
    assert set(checkers.ids("cold-alpha", k=5)) == set(ALPHA_INVESTORS)

    checkers.put(startup("cold-alpha", industries=("beta",), name="Renamed"))

    assert set(checkers.ids("cold-alpha", k=5)) == set(BETA_INVESTORS)
    [listed] = [m for m in checkers.listed("i9", Role.STARTUP).matches if m.pair.startup_id == "cold-alpha"]
    assert listed.name == "Renamed"


def test_a_label_that_nobody_had_before_counts_at_once(checkers: Serving):
    checkers.ids("cold-alpha")

    checkers.put(startup("s", industries=("gamma",)), mentor("m", industries=("gamma",)), mentor("n"))

    assert checkers.ids("s", Role.MENTOR) == ["m", "n"]
    assert checkers.ids("s", Role.MENTOR, filters=Filters(industries=("gamma",))) == ["m"]
    assert set(checkers.ids("cold-alpha", k=5)) == set(ALPHA_INVESTORS)


def test_a_profile_that_was_deleted_is_gone_and_may_come_back(checkers: Serving):
    checkers.ids("cold-alpha")

    checkers.store.delete_profile("north", "i0")

    assert "i0" not in checkers.ids("cold-alpha")
    assert checkers.funnel("cold-alpha").pool == 10
    with pytest.raises(NotFound, match="i0"):
        checkers.ids("i0", Role.STARTUP)

    checkers.put(investor("i0"))
    assert "i0" in checkers.ids("cold-alpha", k=5)


def test_one_that_was_added_and_deleted_again_is_gone(checkers: Serving):
    checkers.put(investor("passing"))
    assert "passing" in checkers.ids("cold-alpha")

    checkers.store.delete_profile("north", "passing")

    assert "passing" not in checkers.ids("cold-alpha")
    assert checkers.funnel("cold-alpha").pool == 11


def test_one_that_was_erased_is_gone_though_the_store_tells_its_key_no_more(checkers: Serving):
    assert "i0" in checkers.ids("cold-alpha")

    checkers.store.erasures.erase(Whom(ORGANISATION, "i0"), new_pseudonym(), "staff")

    assert "i0" not in checkers.ids("cold-alpha")
    assert checkers.funnel("cold-alpha").pool == 10
    with pytest.raises(NotFound, match="i0"):
        checkers.ids("i0", Role.STARTUP)
    checkers.put(investor("i0"))
    assert "i0" in checkers.ids("cold-alpha", k=5)


@pytest.mark.parametrize(
    "type_", [InteractionType.DISMISSED, InteractionType.DECLINED, InteractionType.ACCEPTED]
)
def test_what_has_just_passed_between_two_is_honoured_at_once(checkers: Serving, type_: InteractionType):
    assert "i0" in checkers.ids("cold-alpha")

    checkers.happen(event("cold-alpha", "i0", type_, days_ago=0))

    assert "i0" not in checkers.ids("cold-alpha")
    assert "cold-alpha" not in checkers.ids("i0", Role.STARTUP)
    assert "i0" in checkers.ids("cold-beta")


def test_the_last_place_that_is_taken_closes_the_list_for_the_others(serve: Serve):
    world = serve(startup("s"), startup("t"), mentor("m", capacity=1))
    assert world.ids("s", Role.MENTOR) == ["m"]

    world.happen(event("t", "m", InteractionType.ACCEPTED, days_ago=0))

    assert world.ids("s", Role.MENTOR) == []
    assert world.funnel("s", Role.MENTOR).removed == {"no_room": 1}

    world.put(mentor("m", capacity=2))
    assert world.ids("s", Role.MENTOR) == ["m"]


def test_places_are_free_again_when_the_day_comes_though_nothing_is_written(serve: Serve):
    world = serve(startup("s"), startup("t"), mentor("m", capacity=1))
    world.happen(event("t", "m", InteractionType.ACCEPTED, days_ago=0))
    assert world.ids("s", Role.MENTOR) == []

    world.time.today += dt.timedelta(days=181)

    assert world.ids("s", Role.MENTOR) == ["m"]


def test_pausing_a_partner_takes_it_off_at_once(checkers: Serving):
    checkers.ids("cold-alpha")

    checkers.put(investor("i0", status=Status.PAUSED))

    assert "i0" not in checkers.ids("cold-alpha")
    assert checkers.funnel("cold-alpha").removed == {"inactive": 1}


def test_very_many_changes_at_once_are_seen_too(serve: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matcher.matching.service.FRESH", 5)
    world = serve(startup("s"), mentor("m0"))
    world.ids("s", Role.MENTOR)

    for batch in range(3):
        world.put(*(mentor(f"m{batch}{n}") for n in range(4)))
        assert len(world.ids("s", Role.MENTOR)) == 1 + 4 * (batch + 1)


# models


def test_a_new_live_model_is_picked_up_once_it_is_time_to_look(serve: Serve, taught: Model):
    people, events = checkerboard()
    world = serve(*people, events=tuple(events))
    assert world.listed("cold-alpha").model_version == UNTRAINED
    world.registry.add(taught)
    go_live(world.registry, taught.version)

    assert world.service.model_version == UNTRAINED
    world.time.seconds += LIVE_CHECK_SECONDS

    assert world.service.model_version == taught.version
    assert world.listed("cold-alpha").model_version == taught.version
    assert set(world.ids("cold-alpha", k=5)) == set(ALPHA_INVESTORS)


def test_a_live_model_that_cannot_be_used_leaves_the_one_that_serves(checkers: Serving, taught: Model):
    assert checkers.service.model_version == taught.version
    other = trained_on(checkerboard()[0], [])
    checkers.registry.add(other)
    go_live(checkers.registry, other.version)
    Path(checkers.registry.url, "versions", other.version, "manifest.json").write_bytes(b"{")
    checkers.time.seconds += LIVE_CHECK_SECONDS

    assert checkers.listed("cold-alpha").model_version == taught.version
    checkers.put(mentor("new"))
    assert "new" in checkers.ids("cold-alpha", Role.MENTOR)


def test_rolling_back_is_picked_up_too(checkers: Serving, taught: Model):
    other = trained_on(checkerboard()[0], [])
    checkers.go_live(other)
    assert checkers.service.model_version == other.version

    checkers.registry.rollback(**BY)
    checkers.time.seconds += LIVE_CHECK_SECONDS

    assert checkers.service.model_version == taught.version


def test_a_model_serves_people_whom_it_has_never_seen(serve: Serve, taught: Model):
    world = serve(startup("s", industries=("delta",), description="words"), mentor("m"), investor("i"))
    world.go_live(taught)

    assert world.ids("s", None) == ["i", "m"] or world.ids("s", None) == ["m", "i"]


def test_hot_warm_and_cold(serve: Serve, taught: Model):
    world = serve(
        startup("s"), mentor("blank"), mentor("words", description="laser"), investor("i0"), mentor("met")
    )
    world.go_live(taught)
    world.happen(event("s", "met", InteractionType.VIEWED))

    warmth = {m.pair.partner_id: m.pair.warmth for m in world.listed("s", None).matches}

    assert warmth == {"blank": Warmth.COLD, "words": Warmth.WARM, "i0": Warmth.HOT, "met": Warmth.HOT}
    assert world.listed("s").warmth is Warmth.HOT


# funnels, lengths, refusals


def test_the_funnel_adds_up(serve: Serve):
    world = serve(
        startup("s", exclude=("x",)),
        *(mentor(f"m{n}") for n in range(6)),
        mentor("x"),
        mentor("paused", status=Status.PAUSED),
        mentor("full", capacity=0),
        mentor("theirs", organisation="south"),
        investor("lent", organisation="south", shared=True),
    )

    for role, pool in ((Role.MENTOR, 9), (Role.INVESTOR, 1), (None, 10)):
        funnel = world.funnel("s", role, k=4)
        assert funnel.pool == pool
        assert funnel.capacity_left == funnel.pool - sum(funnel.removed.values())
        assert funnel.eligible == funnel.capacity_left + funnel.removed.get("no_room", 0)
        assert funnel.returned == min(4, funnel.capacity_left)


def test_asking_for_more_than_there_are_gives_everybody_once(checkers: Serving):
    listed = checkers.ids("cold-alpha", k=MAX_K)

    assert len(listed) == len(set(listed)) == 11


def test_both_partner_roles_in_one_list_are_ranked_together(serve: Serve):
    world = serve(
        startup("s", description="laser optics"),
        mentor("m1", description="laser optics"),
        mentor("m2", description="dentist"),
        investor("i1", description="laser"),
    )

    listed = world.listed("s", None)

    scores = [match.pair.score for match in listed.matches]
    assert scores == sorted(scores, reverse=True)
    assert {match.pair.partner_id: match.pair.role for match in listed.matches} == {
        "m1": Role.MENTOR,
        "m2": Role.MENTOR,
        "i1": Role.INVESTOR,
    }
    assert [match.rank for match in listed.matches] == [1, 2, 3]
    assert listed.role is None
    assert world.listed("s", None, k=1).matches[0].pair.partner_id == "m1"


def test_several_queries_are_answered_in_their_order(checkers: Serving):
    asked = ["cold-beta", "cold-alpha", "cold-beta"]

    lists = checkers.service.match("north", asked, role=Role.INVESTOR)

    assert [found.query_id for found in lists] == asked
    assert lists[0] == lists[2]
    assert lists[1] == checkers.listed("cold-alpha", k=10)


def test_nobody_to_match_gives_an_empty_list(serve: Serve):
    world = serve(startup("s"))

    listed = world.listed("s", None)

    assert listed.matches == ()
    assert listed.funnel.pool == listed.funnel.returned == 0


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1])
def test_a_list_of_no_or_too_many_lines_is_refused(checkers: Serving, k: int):
    with pytest.raises(InvalidInput, match=r"k: .*must be from 1 to 1000"):
        checkers.listed("cold-alpha", k=k)


@pytest.mark.parametrize(
    ("query", "role"), [("cold-alpha", Role.STARTUP), ("i0", Role.MENTOR), ("i0", Role.INVESTOR)]
)
def test_a_role_that_does_not_suit_the_query_is_refused(checkers: Serving, query: str, role: Role):
    with pytest.raises(InvalidInput, match="role"):
        checkers.listed(query, role)


@pytest.mark.parametrize("pair", [("cold-alpha", "cold-beta"), ("i0", "i1")])
def test_two_of_one_kind_are_no_pair(checkers: Serving, pair: tuple[str, str]):
    with pytest.raises(InvalidInput):
        checkers.explain(*pair)
    with pytest.raises(InvalidInput):
        checkers.service.score("north", [pair])


def test_a_pair_the_wrong_way_round_says_so(checkers: Serving):
    with pytest.raises(InvalidInput, match="give the startup first"):
        checkers.service.score("north", [("i0", "cold-alpha")])


@pytest.mark.parametrize("id_", ["nobody", "south:kept", "south:s9", "east:x", "kept"])
def test_unknown_ids_and_others_own_profiles_are_not_found_alike(serve: Serve, id_: str):
    world = serve(
        startup("s"),
        mentor("m"),
        mentor("kept", organisation="south"),
        startup("s9", organisation="south", shared=True),
    )

    for ask in (
        lambda: world.ids(id_, None),
        lambda: world.explain("s", id_),
        lambda: world.explain(id_, "m"),
        lambda: world.service.score("north", [("s", id_)]),
    ):
        with pytest.raises(NotFound) as caught:
            ask()
        assert id_ in str(caught.value)
        assert "south" not in str(caught.value).replace(id_, "")


def test_a_shared_partner_is_found_under_its_organisation_s_name(serve: Serve):
    world = serve(
        startup("s"), startup("t", organisation="south"), mentor("m", organisation="south", shared=True)
    )

    assert world.ids("s", Role.MENTOR) == ["south:m"]
    assert world.ids("south:m", Role.STARTUP) == ["s"]
    assert world.explain("s", "south:m").rank == 1
    assert world.ids("t", Role.MENTOR, organisation="south") == ["m"]


# one snapshot, many threads


def test_threads_that_ask_at_once_get_one_answer(checkers: Serving):
    expected, found = checkers.ids("cold-alpha", k=5), []
    threads = [
        threading.Thread(target=lambda: found.append(checkers.ids("cold-alpha", k=5))) for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 8


def test_nothing_is_read_before_the_first_question(tmp_path: Path):
    unmigrated = Store(f"sqlite:///{tmp_path / 'none.db'}")

    MatchService(Sources(unmigrated, WordEncoder()), Registry(str(tmp_path / "models")), Time().clock())

    unmigrated.close()
    assert not (tmp_path / "models").exists()


FILTERS = (
    Filters(tags=("secret",)),
    Filters(languages=("klingon",)),
    Filters(industries=("otherworldly",)),
    Filters(regions=("Atlantis",)),
)
TOLD = {"tags": ("secret",), "languages": ("klingon",), "industries": ("otherworldly",), "region": "Atlantis"}


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("role", [Role.MENTOR, None])
def test_a_label_of_anothers_private_profile_is_refused_like_one_of_nobodys(
    serve: Serve, filters: Filters, role: Role | None
):
    private = mentor("theirs", organisation="south", **TOLD)
    nobody, hidden = serve(startup("s"), mentor("m")), serve(startup("s"), mentor("m"), private)
    refusals = []
    for world in (nobody, hidden):
        with pytest.raises(InvalidInput) as caught:
            world.service.match("north", ["s"], role=role, filters=filters)
        refusals.append(str(caught.value))
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("filters", FILTERS)
def test_a_label_of_ones_own_or_of_a_shared_profile_is_known(serve: Serve, filters: Filters):
    for known in (mentor("own", **TOLD), mentor("theirs", organisation="south", shared=True, **TOLD)):
        [found] = serve(startup("s"), known).service.match("north", ["s"], role=Role.MENTOR, filters=filters)
        assert [match.pair.partner_id for match in found.matches] == [known.key.removeprefix("north:")]


def test_a_label_that_no_candidate_can_have_is_refused_whoever_else_has_it(serve: Serve):
    world = serve(startup("s", tags=("secret",)), startup("t"), mentor("m"))
    with pytest.raises(InvalidInput, match="secret"):
        world.service.match("north", ["t"], role=Role.MENTOR, filters=FILTERS[0])


def test_lists_of_many_organisations_are_checked_once_for_all(serve: Serve):
    moment = serve(startup("s"), mentor("theirs", organisation="south", **TOLD)).service.moment()
    moment.check_labels(FILTERS[0], ["north", "south"], Role.MENTOR)
    [found] = moment.match("north", ["s"], role=Role.MENTOR, filters=FILTERS[0], checked=False)
    assert found.matches == ()
    with pytest.raises(InvalidInput, match="secret"):
        moment.check_labels(FILTERS[0], ["north"], Role.MENTOR)
