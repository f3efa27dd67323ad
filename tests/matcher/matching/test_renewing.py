"""What takes long is done beside the answering: a new model, many changed profiles, large fresh pools."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from matcher.errors import NotFound, NotReady, UnusableModel
from matcher.interactions import InteractionType
from matcher.matching import service as module
from matcher.matching.service import LIVE_RETRY_SECONDS, MatchService, Renewal
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.parameters import UNTRAINED, Model
from matcher.model.registry import Registry
from matcher.profiles import Role
from matcher.store import Changes, Store
from tests.matcher.matching.conftest import Serve
from tests.matcher.matching.serving import Serving
from tests.matcher.model.swaps import go_live
from tests.matcher.worlds import (
    ALPHA_INVESTORS,
    BETA_INVESTORS,
    TODAY,
    WordEncoder,
    checkerboard,
    event,
    investor,
    mentor,
    startup,
    trained_on,
)

Event = Callable[[], object]


@dataclass
class EventfulStore:
    """A store in which, each time it has been read, the next thing happens."""

    store: Store
    to_come: list[Event] = field(default_factory=list)

    def revision(self) -> int:
        return self._then(self.store.revision())

    def changes_since(self, revision: int) -> Changes:
        return self._then(self.store.changes_since(revision))

    def vectors(self, encoder: str, hashes: Sequence[bytes]) -> Mapping[bytes, np.ndarray]:
        return self._then(self.store.vectors(encoder, hashes))

    def put_vectors(self, encoder: str, vectors: Mapping[bytes, np.ndarray]) -> None:
        self.store.put_vectors(encoder, vectors)

    def _then(self, found):
        if self.to_come:
            self.to_come.pop(0)()
        return found


@dataclass
class EventfulRegistry:
    """A registry from which a model takes long to load: long enough for something to happen."""

    registry: Registry
    meanwhile: Event = lambda: None
    loads: int = 0

    def live(self) -> str | None:
        return self.registry.live()

    def live_model(self) -> Model:
        self.loads += 1
        model = self.registry.live_model()
        self.meanwhile()
        return model


def apart(world: Serving, store: object = None, registry: object = None) -> MatchService:
    """A service over the world that is renewed apart, and has its first snapshot."""
    sources = Sources(store or world.store, WordEncoder())
    service = MatchService(sources, registry or world.registry, world.time.clock(), renewed_apart=True)
    service.refresh()
    return service


def publish(world: Serving, model: Model) -> None:
    world.registry.add(model)
    go_live(world.registry, model.version)


def ids(service: MatchService, query: str, role: Role = Role.INVESTOR, k: int = 100) -> list[str]:
    [found] = service.match("north", [query], role=role, k=k)
    return [match.pair.partner_id for match in found.matches]


def state(snapshot: Snapshot) -> dict[str, tuple[object, float, object]]:
    """Of everybody who counts: the profile, the room left, and what lies behind it."""
    return {
        profile.key: (profile, float(pool.room[row]), snapshot.context.relations.of(profile.key))
        for pools in snapshot.pools.values()
        for pool in pools
        for row, profile in enumerate(pool.profiles)
        if pool.present[row]
    }


@pytest.fixture(scope="module")
def untaught() -> Model:
    """A model of the checkerboard that saw nothing happen there."""
    return trained_on(checkerboard()[0], [])


@pytest.fixture
def board(serve: Serve) -> Serving:
    people, events = checkerboard()
    return serve(*people, events=tuple(events))


# a new model


def test_requests_go_on_under_the_old_model_until_the_service_is_renewed(board: Serving, taught: Model):
    service = apart(board)
    publish(board, taught)
    board.time.seconds += 3600

    assert service.model_version == UNTRAINED
    assert service.renew() == Renewal(taught.version, 0)

    assert service.model_version == taught.version
    assert set(ids(service, "cold-alpha", k=5)) == set(ALPHA_INVESTORS)


def test_what_is_asked_while_a_model_is_read_is_answered_at_once_by_the_old_one(
    board: Serving, taught: Model
):
    registry = EventfulRegistry(board.registry)
    service = apart(board, registry=registry)
    publish(board, taught)
    told: list[object] = []

    def ask() -> None:
        board.put(investor("newcomer"))
        board.store.delete_profile("north", "i0")
        asking = threading.Thread(
            target=lambda: told.extend([service.model_version, ids(service, "cold-beta")])
        )
        asking.start()
        asking.join(10)

    registry.meanwhile = ask
    service.renew()

    version, listed = told
    assert version == UNTRAINED
    assert "newcomer" in listed
    assert "i0" not in listed
    assert service.model_version == taught.version
    assert "newcomer" in ids(service, "cold-beta")
    assert "i0" not in ids(service, "cold-beta")


@pytest.mark.parametrize("quiet_readings", range(8))
def test_nothing_is_lost_that_happens_in_the_store_while_a_model_is_built(
    board: Serving, taught: Model, quiet_readings: int
):
    store = EventfulStore(board.store)
    service = apart(board, store=store)
    publish(board, taught)
    store.to_come = [lambda: None] * quiet_readings + [
        lambda: board.put(investor("i1", capacity=1), startup("late", industries=("beta",))),
        lambda: board.store.delete_profile("north", "i2"),
        lambda: board.happen(event("alpha0", "i1", InteractionType.ACCEPTED, days_ago=0)),
        lambda: board.put(mentor("m"), investor("i2")),
        lambda: board.happen(event("cold-alpha", "i3", InteractionType.DISMISSED, days_ago=0)),
        lambda: board.store.delete_profile("north", "cold-beta"),
    ]

    service.renew()
    while store.to_come:
        store.revision()

    assert service.model_version == taught.version
    assert state(service.refresh()) == state(
        take_snapshot(Sources(board.store, WordEncoder()), taught, TODAY)
    )


def test_a_version_that_cannot_be_used_is_told_of_and_left_alone_for_a_while(
    board: Serving, taught: Model, untaught: Model
):
    registry = EventfulRegistry(board.registry)
    publish(board, taught)
    service = apart(board, registry=registry)
    publish(board, untaught)
    spoil(board.registry, untaught)

    with pytest.raises(UnusableModel, match=untaught.version):
        service.renew()
    service.renew()
    assert (service.model_version, registry.loads) == (taught.version, 2)

    board.time.seconds += LIVE_RETRY_SECONDS
    with pytest.raises(UnusableModel):
        service.renew()
    assert (service.model_version, registry.loads) == (taught.version, 3)


def test_another_version_need_not_wait_until_a_damaged_one_is_tried_again(
    board: Serving, taught: Model, untaught: Model
):
    service = apart(board)
    publish(board, untaught)
    spoil(board.registry, untaught)
    with pytest.raises(UnusableModel):
        service.renew()

    publish(board, taught)
    service.renew()

    assert service.model_version == taught.version


def test_a_damaged_version_does_not_keep_profiles_waiting(board: Serving, untaught: Model):
    service = apart(board)
    publish(board, untaught)
    spoil(board.registry, untaught)
    board.put(*(mentor(f"m{n}") for n in range(module.AT_ONCE + 1)))
    service.refresh()

    with pytest.raises(UnusableModel):
        service.renew()

    assert len(ids(service, "cold-alpha", Role.MENTOR)) == module.AT_ONCE + 1


def spoil(registry: Registry, model: Model) -> None:
    """Make the version unreadable."""
    registry._storage.write(f"versions/{model.version}/manifest.json", b"{")


def test_before_its_first_snapshot_there_is_nothing_to_renew(board: Serving):
    service = MatchService(
        Sources(board.store, WordEncoder()), board.registry, board.time.clock(), renewed_apart=True
    )

    with pytest.raises(NotReady):
        service.renew()


def test_threads_that_ask_while_models_change_get_lists_of_one_version_each(
    board: Serving, taught: Model, untaught: Model
):
    board.registry.add(taught)
    board.registry.add(untaught)
    service = apart(board)
    expected, told, over = (
        {UNTRAINED: ids(service, "cold-alpha")},
        list[tuple[str, list[str]]](),
        threading.Event(),
    )

    def ask() -> None:
        while not over.is_set():
            [found] = service.match("north", ["cold-alpha"], role=Role.INVESTOR, k=100)
            told.append((found.model_version, [match.pair.partner_id for match in found.matches]))

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for model in (taught, untaught) * 3:
        go_live(board.registry, model.version)
        service.renew()
        expected[model.version] = ids(service, "cold-alpha")
        before = len(told)
        while len(told) < before + 5:
            over.wait(0.001)
    over.set()
    for asker in askers:
        asker.join()

    assert {version for version, _ in told} >= {taught.version, untaught.version}
    assert all(listed == expected[version] for version, listed in told)


# many changed profiles


def test_many_new_profiles_are_built_in_by_renewing_and_not_by_requests(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    monkeypatch.setattr(module, "ABSORBED", 3)
    world = serve(startup("s"), mentor("m"))
    service = apart(world)

    world.put(*(mentor(f"n{number}") for number in range(7)))

    assert ids(service, "s", Role.MENTOR) == ["m"]
    for there, waiting in ((3, 4), (6, 1), (7, 0)):
        assert service.renew().waiting == waiting
        assert len(ids(service, "s", Role.MENTOR)) == 1 + there


def test_one_of_many_new_ones_that_is_asked_about_is_known_at_once(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    world = serve(startup("s"), mentor("m"))
    service = apart(world)
    world.put(*(mentor(f"n{number}") for number in range(5)), *(startup(f"t{n}") for n in range(3)))

    assert ids(service, "t1", Role.MENTOR) == ["m"]
    assert service.explain("north", "s", "n3").rank
    [pair] = service.score("north", [("t2", "n4")])
    assert pair.partner_id == "n4"
    assert set(ids(service, "s", Role.MENTOR)) == {"m", "n3", "n4"}
    with pytest.raises(NotFound):
        service.explain("north", "s", "nobody")


def test_deletions_refusals_and_small_changes_do_not_wait_for_many_new_profiles(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    world = serve(startup("s"), *(mentor(id_) for id_ in "abcd"))
    service = apart(world)
    world.put(*(mentor(f"n{number}") for number in range(5)))
    assert ids(service, "s", Role.MENTOR) == ["a", "b", "c", "d"]

    world.store.delete_profile("north", "a")
    world.happen(event("s", "b", InteractionType.DISMISSED, days_ago=0))
    world.put(mentor("c", capacity=0), mentor("e"))

    assert ids(service, "s", Role.MENTOR) == ["d", "e"]


def test_fresh_pools_grow_in_requests_and_are_folded_in_by_renewing(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "FRESH", 3)
    world = serve(startup("s"), mentor("m0"))
    service = apart(world)

    for number in range(1, 6):
        world.put(mentor(f"m{number}"))
        service.refresh()
    assert [len(pool) for pool in service.refresh().pools[Role.MENTOR]] == [1, 5]
    service.renew()

    assert [len(pool) for pool in service.refresh().pools[Role.MENTOR]] == [6]
    assert len(ids(service, "s", Role.MENTOR)) == 6


# several workers


def test_every_worker_honours_at_once_what_anybody_writes(serve: Serve, taught: Model):
    people, events = checkerboard()
    world = serve(*people, mentor("m", capacity=1), events=tuple(events))
    publish(world, taught)
    workers = [apart(world), apart(world)]
    assert all("i0" in ids(worker, "cold-alpha") for worker in workers)

    changes: list[tuple[Event, Callable[[MatchService], bool]]] = [
        (
            lambda: world.happen(event("cold-alpha", "i0", InteractionType.DISMISSED, days_ago=0)),
            lambda worker: "i0" not in ids(worker, "cold-alpha"),
        ),
        (
            lambda: world.happen(event("cold-alpha", "i1", InteractionType.DECLINED, days_ago=0)),
            lambda worker: "i1" not in ids(worker, "cold-alpha"),
        ),
        (
            lambda: world.put(startup("new", industries=("beta",))),
            lambda worker: set(ids(worker, "new", k=5)) == set(BETA_INVESTORS),
        ),
        (
            lambda: world.put(startup("cold-beta", industries=("alpha",))),
            lambda worker: set(ids(worker, "cold-beta", k=5)) == set(ALPHA_INVESTORS),
        ),
        (
            lambda: world.happen(event("new", "m", InteractionType.ACCEPTED, days_ago=0)),
            lambda worker: ids(worker, "cold-beta", Role.MENTOR) == [],
        ),
        (
            lambda: world.put(mentor("m", capacity=2)),
            lambda worker: ids(worker, "cold-beta", Role.MENTOR) == ["m"],
        ),
        (
            lambda: world.store.delete_profile("north", "i2"),
            lambda worker: "i2" not in ids(worker, "cold-beta"),
        ),
    ]
    for change, is_honoured in changes:
        change()
        assert [is_honoured(worker) for worker in workers] == [True, True]


# several questions


def test_questions_of_one_moment_are_answered_from_one_snapshot(board: Serving, taught: Model):
    service = apart(board)
    moment = service.moment()
    before = moment.match("north", ["cold-alpha"], role=Role.INVESTOR)

    board.store.delete_profile("north", "i0")
    publish(board, taught)
    service.renew()

    assert moment.model_version == UNTRAINED
    assert moment.match("north", ["cold-alpha"], role=Role.INVESTOR) == before
    assert moment.explain("north", "cold-alpha", "i0").model_version == UNTRAINED
    assert service.moment().model_version == taught.version
    with pytest.raises(NotFound):
        service.moment().explain("north", "cold-alpha", "i0")
