"""The registry: a folder (or any fsspec URL of an object store) of model versions, and which one is live.

URL/versions/<version>/{arrays.npz, manifest.json}              a bundle, never changed once written
URL/versions/<version>/{verdict.json, verified, rehearsal/…}    what the gate said, when its bytes were last
                                                                compared, the model that it was judged by
URL/live.json                                                   what serves and did (see `pointer`), swapped
URL/reports/<run>/<name>                                        what the weekly runs reported
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from matcher.errors import Conflict, InvalidInput, NotFound, UnusableModel
from matcher.model.bundle import model_hash
from matcher.model.bundles import Bundles
from matcher.model.live import LivePointer
from matcher.model.parameters import Model, untrained
from matcher.model.pointer import POINTER, Pointer, Promotion, checked_reason
from matcher.model.reports import Reports
from matcher.model.retention import dispensable
from matcher.model.storage import Storage
from matcher.model.verdict import VERDICT, Verdict, read_verdict, refuse_unless_passed, verdict_file
from matcher.model.versions import VERSIONS, VersionInfo, folder_of, is_name, rehearsal_of, version_info

__all__ = ["POINTER", "Promotion", "Registry", "Verdict", "VersionInfo"]


class Registry:
    """Model versions at one URL, for many readers and several writers.

    In a folder a lock file keeps writers apart; in an object store the run's lease in the database does, and
    whoever promotes by hand while it runs may have the last word. `scratch` holds local copies of bundles
    that come from an object store, so that arrays can be mapped.
    """

    def __init__(self, url: str, scratch: Path | None = None) -> None:
        """
        Raises:
            InvalidInput: a URL of a kind that this installation cannot open.
        """
        self.url = url
        self._storage = Storage(url)
        self._bundles = Bundles(self._storage, scratch or Path(tempfile.gettempdir()) / "bole-models")
        self._live = LivePointer(self._storage)
        self._reports = Reports(self._storage)

    def add(self, model: Model) -> None:
        """Store a version. Adding the same content again changes nothing, but mends what was damaged.

        Raises:
            Conflict: the version exists with other content.
        """
        with self._bundles.writing():
            if not (self._exists(model.version) and self._holds(model)):
                self._bundles.save(model, folder_of(model.version))

    def load(self, version: str) -> Model:
        """The model of a version, its arrays memory-mapped.

        Raises:
            NotFound: no such version. UnusableModel: see `bundle.load`.
        """
        return self._bundles.load(self._found(version), version)

    def add_rehearsal(self, version: str, model: Model) -> None:
        """Keep the rehearsal of a version beside it, in the place of any that was there.

        Raises:
            NotFound: no such version.
        """
        folder = rehearsal_of(self._found(version))
        with self._bundles.writing():
            self._bundles.unmake(folder)
            self._bundles.save(model, folder)

    def rehearsal(self, version: str) -> Model | None:
        """The rehearsal of a version, None where it has none.

        Raises:
            NotFound: no such version. UnusableModel: see `bundle.load`.
        """
        folder = rehearsal_of(self._found(version))
        return self._bundles.load(folder, f"{version}-rehearsal") if self._bundles.exists(folder) else None

    def judge(self, version: str, verdict: Verdict) -> None:
        """Record what the gate said of a version, in the place of what it said before.

        Raises:
            NotFound: no such version.
        """
        self._storage.write(f"{self._found(version)}/{VERDICT}", verdict_file(verdict))

    def verdict(self, version: str) -> Verdict | None:
        """What the gate said of a version, None where it was not asked.

        Raises:
            NotFound: no such version. UnusableModel: what it said is damaged.
        """
        return read_verdict(version, self._storage.read(f"{self._found(version)}/{VERDICT}"))

    def versions(self) -> list[VersionInfo]:
        """Every version that is whole, newest name first. None is live or retired where the pointer is
        damaged; of one whose manifest is, only the name is told."""
        pointer = self._live.read_or_none()
        return [self._info(version, pointer) for version in self._versions()]

    def live(self) -> str | None:
        """The live version, None before the first; as it is at this moment, whoever swapped it.

        Raises:
            UnusableModel: the pointer to it is damaged or cannot be read.
        """
        return self._live.read().version

    def live_model(self) -> Model:
        """The live model; before any training the one that knows profiles alone.

        Raises:
            UnusableModel: the pointer to it is damaged, or the model is missing or cannot be loaded.
        """
        version = self.live()
        try:
            return untrained() if version is None else self.load(version)
        except (NotFound, UnusableModel) as error:
            if self.live() != version:  # swapped, and perhaps removed, since
                return self.live_model()
            missing = "the live model is missing: " if isinstance(error, NotFound) else ""
            raise UnusableModel(f"{missing}{error}") from error

    def promotions(self) -> list[Promotion]:
        """The last changes of the live version, rollbacks too, newest first.

        Raises:
            UnusableModel: the pointer is damaged.
        """
        return list(self._live.read().promotions)

    def promote(self, version: str, *, at: str, by: str, reason: str = "", forced: bool = False) -> None:
        """Make a version live that the gate passed, that was live before, or that somebody forces with a
        reason. What was live can be rolled back to. A damaged pointer is written anew.

        Every byte is compared with its hash. `at` is ISO, UTC.

        Raises, and leaves live what was:
            NotFound: no such version. Conflict: the gate did not pass it. InvalidInput: forced without a
                reason, or a reason that is too long. UnusableModel: it cannot be loaded.
        """
        folder = self._found(version)
        promotion = Promotion(version, at, by, checked_reason(reason, needed=forced), forced)
        if not forced and version not in self._live.read_or_none().served():
            refuse_unless_passed(version, self.verdict(version))
        self._bundles.verify(folder, version)
        with self._live.swapping():
            self._found(version)
            self._live.write(self._live.read_or_none().promoted(promotion))

    def rollback(self, *, at: str, by: str) -> str:
        """Make the version live that was live before, and return it.

        Whoever calls this is in a hurry. Every byte was compared with its hash when the version was promoted;
        now its manifest is read (is it of a format that this Bole reads?) and the state of its files compared
        with what it was then: milliseconds at any size. Files that were touched since are read whole, a
        second or two for a gigabyte. Decay that changes no date is left to whoever loads the version: that
        compares every byte, always, and a worker that cannot load goes on serving what it has.

        Raises, and leaves live what was:
            NotFound: there was none. UnusableModel: it cannot be loaded, or the pointer is damaged.
        """
        self._live.read().earlier()
        with self._live.swapping():
            pointer = self._live.read()
            version = pointer.earlier()
            self._bundles.check(self._found(version), version)
            self._live.write(pointer.rolled_back(at=at, by=by))
        return version

    def prune(self, keep: int) -> list[str]:
        """Remove old versions with all that is beside them, and return their names: neither the live one, nor
        the `keep` that served last, nor the `keep` newest that never served. What was left of others that
        were half written or half removed goes too.

        In an object store nobody may add a version at the same time.

        Raises:
            InvalidInput: `keep` below 0. UnusableModel: the pointer is damaged: nobody knows what is live.
        """
        if keep < 0:
            raise InvalidInput("keep", keep, "must be 0 or more")
        if not self._storage.exists(VERSIONS):
            return []
        gone = [
            version
            for version in dispensable(self._versions(), self._live.read(), keep)
            if self._drop(version)
        ]
        self._bundles.sweep(VERSIONS)
        return gone

    def discard(self, versions: Sequence[str]) -> list[str]:
        """Remove these versions for good, but for the live one; the names of those that are gone.

        Raises:
            UnusableModel: the pointer is damaged: nobody knows what is live.
        """
        gone = [version for version in versions if self._drop(version)]
        if gone:
            self._bundles.sweep(VERSIONS)
        return gone

    def rewrite_reports(self, change: Callable[[bytes], bytes]) -> int:
        """Write anew whatever of the reports `change` makes something else of; how many files."""
        return self._reports.rewrite(change)

    def put_report(self, run: str, name: str, content: bytes) -> None:
        """Keep one file of a run's report; see `Reports.put`."""
        self._reports.put(run, name, content)

    def report(self, run: str, name: str) -> bytes:
        """One file of a run's report; see `Reports.get`."""
        return self._reports.get(run, name)

    def reports(self) -> list[str]:
        """The runs that reported anything, newest first."""
        return self._reports.runs()

    def _versions(self) -> list[str]:
        return sorted(filter(self._exists, self._storage.names(VERSIONS)), reverse=True)

    def _exists(self, version: str) -> bool:
        return is_name(version) and self._bundles.exists(folder_of(version))

    def _found(self, version: str) -> str:
        """The folder of a version that exists."""
        if not self._exists(version):
            raise NotFound(f"no model version {version!r}; `bole models list` names those there are")
        return folder_of(version)

    def _holds(self, model: Model) -> bool:
        """Whether the version of that name is this one and whole."""
        there = self._bundles.told(folder_of(model.version)).get("hash")
        if there and there != model_hash(model):
            raise Conflict(f"model version {model.version!r} exists with other content")
        try:
            self.load(model.version)
        except UnusableModel:
            return False
        return True

    def _info(self, version: str, pointer: Pointer) -> VersionInfo:
        try:
            verdict = self.verdict(version)
        except UnusableModel:
            verdict = None
        return version_info(version, self._bundles.told(folder_of(version)), verdict, pointer)

    def _drop(self, version: str) -> bool:
        """Make a version no more to be found; False where it was made live meanwhile."""
        with self._live.swapping():
            pointer = self._live.read()
            if version == pointer.version:
                return False
            if version in pointer.previous:
                self._live.write(pointer.without({version}))
            self._bundles.unmake(folder_of(version))
        return True
