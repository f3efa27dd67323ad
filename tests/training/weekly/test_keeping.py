"""Keeping a lease: the run is heard of as long as it lives, whatever the database does meanwhile."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from matcher.errors import BoleError, Conflict, NotReady
from matcher.leases import Lease
from matcher.store import Store
from training.weekly.keeping import kept

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
OFTEN, NEVER = 0.001, 3600.0
LONG = 20.0
"""Nobody waits so long for a thread that beats a thousand times a second."""


@dataclass
class FakeLeases:
    """Leases that are heard of; `trouble` is raised by beats and releases while it is there."""

    trouble: BoleError | None = None
    beats: int = 0
    released: list[str] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)

    def beat(self, lease: Lease) -> Lease:
        with self.heard:
            self.beats += 1
            self.heard.notify_all()
        self._or_trouble()
        return lease

    def release(self, lease: Lease) -> None:
        self._or_trouble()
        self.released.append(lease.token)

    def hears_more(self, times: int = 3) -> bool:
        with self.heard:
            least = self.beats + times
            return self.heard.wait_for(lambda: self.beats >= least, LONG)

    def _or_trouble(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def lease(name: str = "retrain", owner: str = "me") -> Lease:
    return Lease(name=name, owner=owner, started_at=NOON, heartbeat_at=NOON, token="mine")


def test_a_lease_is_beaten_again_and_again_and_released_at_the_end():
    leases = FakeLeases()

    with kept(leases, lease(), OFTEN):
        assert leases.hears_more()
        assert leases.released == []

    assert leases.released == ["mine"]


def test_nobody_beats_after_the_end():
    leases = FakeLeases()
    with kept(leases, lease(), OFTEN):
        leases.hears_more()
    beats = leases.beats

    assert not any(thread.name == "lease" for thread in threading.enumerate())
    assert leases.beats == beats


def test_a_run_that_fails_releases_its_lease():
    leases = FakeLeases()

    with pytest.raises(ZeroDivisionError), kept(leases, lease(), NEVER):
        raise ZeroDivisionError

    assert leases.released == ["mine"]


def test_the_end_does_not_wait_for_the_next_beat():
    leases = FakeLeases()

    with kept(leases, lease(), NEVER):
        pass

    assert (leases.beats, leases.released) == (0, ["mine"])


def test_a_database_that_is_gone_for_a_while_is_beaten_again_when_it_is_back():
    leases = FakeLeases(NotReady("the database cannot be used"))

    with kept(leases, lease(), OFTEN) as mine:
        assert leases.hears_more()
        leases.trouble = None
        assert leases.hears_more()
        mine()

    assert leases.released == ["mine"]


def test_a_lost_lease_is_found_by_whoever_is_about_to_use_it():
    leases = FakeLeases()

    with kept(leases, lease(), OFTEN) as mine:
        mine()
        leases.trouble = Conflict("me no longer holds retrain")
        assert leases.hears_more()
        with pytest.raises(Conflict, match="no longer holds"):
            mine()

    assert leases.released == []


@pytest.mark.parametrize("trouble", [Conflict("taken over"), NotReady("the database cannot be used")])
def test_a_release_that_fails_does_not_undo_what_the_run_did(trouble: BoleError):
    """The lease is somebody else's, or goes stale by itself."""
    leases = FakeLeases()

    with kept(leases, lease(), NEVER):
        leases.trouble = trouble


def test_in_the_store_whoever_took_the_lease_over_keeps_it(new_store: Callable[[], Store]):
    store = new_store()
    lost = store.acquire("retrain", "me", stale_after_seconds=60)

    with kept(store, lost, NEVER) as mine:
        mine()
        store.release(lost)
        theirs = store.acquire("retrain", "you", stale_after_seconds=60)
        with pytest.raises(Conflict, match="you took it over"):
            mine()

    held = store.lease("retrain")
    assert held is not None
    assert (held.owner, held.token) == ("you", theirs.token)
