"""Who is known in an organisation: what is stored and what this import has read so far."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from matcher.duplicates import Named, named
from matcher.errors import InvalidInput, NotFound
from matcher.importing.leaving import Said, said
from matcher.importing.nearest import nearest
from matcher.importing.rules import Rule
from matcher.interactions import local
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.text.comparable import comparable, organisation_core

MAX_SUGGESTIONS = 200
"""Looking for the nearest of 100,000 ids takes a while; further unknown ones get none."""

NO_FIELDS: Mapping[Role, Iterable[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a profile. `print` is equal for equal profiles (within this process)."""

    named: Named
    print: int
    shared: bool
    stored: int | None = None
    """The stored profile's print, None for a new one."""

    @property
    def role(self) -> Role:
        """Its role."""
        return self.named.role

    @property
    def name(self) -> str:
        """Its name as it was written."""
        return self.named.name


@dataclass(slots=True)
class Directory:
    """Profiles by id and by name, for references, ids given twice, and duplicates.

    `foreign` looks up a partner of another organisation that shares it (raises NotFound).
    """

    organisation: str
    foreign: Callable[[str, str], Profile]
    _known: dict[str, Known] = field(default_factory=dict)
    _replaced: dict[str, Known] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)
    _given: dict[str, str] = field(default_factory=dict)
    """By the id of a profile that was read: the id that its row had, another one where that was merged."""
    _names: dict[str, list[str]] | None = None
    _nearest: dict[tuple[str, bool], str] = field(default_factory=dict)
    _foreign: dict[str, bool] = field(default_factory=dict)
    _merged: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the id of a profile that was merged: that of the one that stays, and what it was called."""
    _left: dict[str, Said] = field(default_factory=dict)
    """By the id of a stored profile: what it says in fields that not every file has a column for."""

    def remember(self, stored: Iterable[Profile], unfilled: Mapping[Role, Iterable[str]] = NO_FIELDS) -> None:
        """Take in what the store has; of the `unfilled` fields of each role also what they say."""
        names = {role: tuple(fields) for role, fields in unfilled.items()}
        for profile in stored:
            known = _known(profile)
            self._known[profile.id] = replace(known, stored=known.print)
            if left := said(profile, names.get(profile.role, ())):
                self._left[profile.id] = left
            for key, name in zip(profile.keys[1:], profile.names[1:], strict=True):
                self._merged[local(self.organisation, key)] = (profile.id, name)

    def left(self, given: str, filled: frozenset[str]) -> dict[str, object]:
        """What the stored profile of an id goes on saying in the fields that are not `filled` by the file's
        columns; {} for a new one."""
        stays = self._merged[given][0] if given in self._merged else given
        return {name: value for name, value in self._left.get(stays, {}).items() if name not in filled}

    def name_of(self, given: str) -> str:
        """What the profile of an id is called, "" for one that is not known."""
        known = self._known.get(self._merged[given][0] if given in self._merged else given)
        return known.name if known else ""

    def admit(self, profile: Profile, place: str, *, made: bool) -> tuple[Profile, bool]:
        """(the profile as it is to be stored, whether it repeats an earlier row word for word).

        A stored partner stays shared, for files do not say; one under the id of a merged profile is the one
        that stays. `place` is the row, `made` whether the id was.

        Raises:
            InvalidInput: the id is that of an earlier row that differs, or of a profile of another role.
        """
        given = profile.id
        if given in self._merged:
            profile = replace(profile, id=self._merged[given][0])
        known = self._known.get(profile.id)
        if known is not None and known.role is not profile.role:
            nearest_id = f"{profile.role[0]}-{profile.id}"
            raise InvalidInput("id", profile.id, Rule.ID_OF_OTHER_ROLE, nearest_id)
        if known is not None and known.shared:
            profile = replace(profile, shared=True)
        earlier = self._read.get(profile.id)
        if known is not None and earlier is not None:
            if known.print == hash(profile):
                return profile, True
            raise self._repeated(profile, given, made=made)
        self._read[profile.id] = place
        self._given[profile.id] = given
        if known is not None:
            self._replaced[profile.id] = known
        self._known[profile.id] = replace(_known(profile), stored=known.stored if known else None)
        self._names = None
        return profile, False

    def _repeated(self, profile: Profile, given: str, *, made: bool) -> InvalidInput:
        """Why a row cannot be taken beside an earlier one of the same profile; `given` is the id on it."""
        earlier, before = self._read[profile.id], self._given[profile.id]
        if given != before:
            return InvalidInput("id", given, Rule.ID_MERGED, f"{before} ({earlier})")
        if made:
            return InvalidInput("name", profile.name, Rule.NAME_REPEATED, earlier)
        return InvalidInput("id", given, Rule.ID_REPEATED, earlier)

    def outcome(self, profile: Profile) -> str:
        """What storing an admitted profile does: "added", "changed" or "unchanged"."""
        known = self._known[profile.id]
        if known.stored is None:
            return "added"
        return "unchanged" if known.stored == known.print else "changed"

    def forget(self, ids: Iterable[str]) -> None:
        """Take back what was admitted from a file that turned out to be unreadable further down."""
        for id_ in ids:
            del self._read[id_], self._given[id_], self._known[id_]
            if id_ in self._replaced:
                self._known[id_] = self._replaced.pop(id_)
        self._names = None

    def startup(self, reference: str) -> str:
        """The id of the startup that a reference (id, else exact name) means.

        Raises:
            InvalidInput: unknown, the name of several, or a partner's.
        """
        reference = reference.removeprefix(f"{self.organisation}:")
        found = self._resolve("startup_id", reference, Rule.UNKNOWN_STARTUP, of_startups=True)
        if self._of(found).role is not Role.STARTUP:
            raise InvalidInput("startup_id", reference, Rule.NOT_A_STARTUP)
        return found

    def partner(self, reference: str) -> str:
        """The same for a mentor or investor; one that another organisation shares is written org:id.

        Raises:
            InvalidInput: unknown, the name of several, or a startup's.
        """
        reference = reference.removeprefix(f"{self.organisation}:")
        if ":" in reference and self._is_foreign_partner(reference):
            return reference
        found = self._resolve("partner_id", reference, Rule.UNKNOWN_PARTNER, of_startups=False)
        if self._of(found).role is Role.STARTUP:
            raise InvalidInput("partner_id", reference, Rule.NOT_A_PARTNER)
        return found

    def named(self) -> Iterator[Named]:
        """All profiles as the duplicate search wants them."""
        return (known.named for known in self._known.values())

    def fresh(self) -> frozenset[str]:
        """The ids of this import's rows."""
        return frozenset(self._read)

    def _of(self, id_: str) -> Known:
        """What is known of the profile of this id, or of the one that it was merged into."""
        return self._known[self._merged[id_][0] if id_ in self._merged else id_]

    def _resolve(self, column: str, reference: str, unknown: Rule, *, of_startups: bool) -> str:
        if reference in self._known or reference in self._merged:
            return reference  # a merged one as it is: the store knows its events again by that
        found = self._by_name().get(comparable(reference), [])
        fitting = [id_ for id_ in found if (self._of(id_).role is Role.STARTUP) is of_startups] or found
        if len(fitting) > 1:
            raise InvalidInput(column, reference, Rule.AMBIGUOUS_NAME, " / ".join(fitting[:3]))
        if not fitting:
            raise InvalidInput(
                column, reference, unknown, self._suggestion(reference, of_startups=of_startups)
            )
        return fitting[0]

    def _by_name(self) -> dict[str, list[str]]:
        if self._names is None:
            self._names = {}
            for id_, known in self._known.items():
                self._names.setdefault(comparable(known.name), []).append(id_)
            former: dict[str, list[str]] = {}
            for id_, (_, name) in self._merged.items():
                former.setdefault(comparable(name), []).append(id_)
            self._names = former | self._names
        return self._names

    def _suggestion(self, reference: str, *, of_startups: bool) -> str:
        key = (reference, of_startups)
        if key not in self._nearest and len(self._nearest) < MAX_SUGGESTIONS:
            self._nearest[key] = nearest(
                organisation_core(reference), self._candidates(of_startups=of_startups)
            )
        return self._nearest.get(key, "")

    def _candidates(self, *, of_startups: bool) -> dict[str, str]:
        """Ids and names of one side, each with the core by which it is found."""
        fitting = {
            id_: known for id_, known in self._known.items() if (known.role is Role.STARTUP) is of_startups
        }
        ids = {id_: organisation_core(id_) for id_ in fitting}
        return ids | {known.name: organisation_core(known.name) for known in fitting.values()}

    def _is_foreign_partner(self, reference: str) -> bool:
        if reference not in self._foreign:
            self._foreign[reference] = self._look_up(*reference.split(":", 1))
        return self._foreign[reference]

    def _look_up(self, organisation: str, id_: str) -> bool:
        try:
            profile = self.foreign(organisation, id_)
        except NotFound:
            return False
        return profile.shared and profile.role in PARTNER_ROLES


def _known(profile: Profile) -> Known:
    return Known(named(profile), hash(profile), profile.shared)
