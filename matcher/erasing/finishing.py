"""What the database's part of an erasure leaves to do: model versions, cached vectors, free space.

All of it can be repeated, and is, until nothing holds anything any more; then the receipt is finished.
"""

from typing import Any

from matcher.erasing.holding import holds
from matcher.erasures import Waits
from matcher.errors import NotFound, UnusableModel
from matcher.model.registry import Registry
from matcher.store import Store
from matcher.store.erasures import Held


def finish(store: Store, registry: Registry) -> int:
    """Do what can be done now for every receipt that is not finished; how many are by that.

    A model version that holds somebody stays while one such is live. As soon as none is, all of them are
    removed: rolling back would bring somebody back.
    """
    open_ = store.erasures.unfinished()
    if not open_:
        return 0
    versions = {each.id: _versions(registry, each) for each in open_}
    versions = _let_go(registry, versions)
    if any(each.waits.get("vectors") for each in open_):
        store.erasures.sweep_vectors()
    compacted = store.erasures.compact()
    for each in open_:
        waits: dict[str, Any] = {Waits.MODELS: versions[each.id]} if versions[each.id] else {}
        store.erasures.settle(each.id, waits if compacted else waits | {Waits.DATABASE: True})
    return len(open_) - len(store.erasures.unfinished())


def _versions(registry: Registry, held: Held) -> list[str]:
    """The versions that hold whoever the receipt is about, newest first; one that cannot be read may."""
    names = [each.version for each in registry.versions()] if held.digests else []
    return [name for name in names if _holds(registry, name, held)]


def _holds(registry: Registry, version: str, held: Held) -> bool:
    try:
        models = (registry.load(version), registry.rehearsal(version))
    except NotFound:  # removed meanwhile
        return False
    except UnusableModel:
        return True
    return any(model is not None and holds(model, held.salt, held.digests) for model in models)


def _let_go(registry: Registry, versions: dict[str, list[str]]) -> dict[str, list[str]]:
    """The versions that are left when those were removed that rolling back could bring somebody back with."""
    live = _live(registry)
    gone: set[str] = set()
    for names in versions.values():
        if live is not None and live not in names:
            gone |= set(registry.discard(names))
    return {id_: [name for name in names if name not in gone] for id_, names in versions.items()}


def _live(registry: Registry) -> str | None:
    try:
        return registry.live()
    except UnusableModel:  # nobody knows what serves: all stay
        return None
