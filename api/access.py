"""Who may call which route, and which profiles a caller may know of.

Every route says who may call it, with `@allow(...)` or `@public`; `api.admitting` holds each call to that.
Below the routes, `Scope` turns an id into a profile that the caller may see.
Whatever a caller may not see answers like something that does not exist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g

from api.principals import PARTNERS, Caller, Principal
from api.rates import HEAVY
from api.services import Services
from matcher.cohorts.introducing.contacts import Contact
from matcher.errors import NotFound
from matcher.interactions import local, qualified
from matcher.matching.answers import PairScore
from matcher.panel.values import Panel
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.store import Store
from matcher.visibility import MAY_READ, Part, Reader, pair_for, part_for

Introduced = Mapping[str, bool]
"""Whom somebody was introduced to, by key: whether both accepted."""
NOBODY: Introduced = {}

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """A route's declaration: who may call it, whether a browser's session may stand for the token, whether
    its body may be as large as an import, how many light calls it counts as, and whether who still has to
    switch their codes on may call it."""

    roles: frozenset[Caller]
    public: bool = False
    cookie: bool = False
    large_body: bool = False
    cost: int = 1
    unfinished: bool = False


def allow(
    *roles: Caller,
    cookie: bool = False,
    large_body: bool = False,
    heavy: bool = False,
    unfinished: bool = False,
) -> Callable[[View], View]:
    """Declare that callers of `roles`, and no others, may call the view.

    `cookie` is for pages: a browser's session stands for the token; to write, only with the form token.
    `heavy` is what takes long, as what has a large body does. `unfinished` is what they may do who have to
    switch codes on before anything else.
    """
    cost = HEAVY if heavy or large_body else 1
    whose = frozenset(roles)
    return _declare(Access(whose, cookie=cookie, large_body=large_body, cost=cost, unfinished=unfinished))


def public(view: View) -> View:
    """Declare that anybody may call the view, without a token."""
    return _declare(Access(frozenset(), public=True))(view)


def uncounted(view: View) -> View:
    """Declare that anybody may call the view as often as they like: files, and how the service is."""
    return _declare(Access(frozenset(), public=True, cost=0))(view)


def _declare(access: Access) -> Callable[[View], View]:
    def declare(view: View) -> View:
        """Note the declaration on the view."""
        view.__dict__["access"] = access  # functools.wraps carries it through the decorators above
        return view

    return declare


def declared_access(app: Flask, endpoint: str) -> Access:
    """What the view behind `endpoint` declares.

    Raises:
        LookupError: nothing. Every route must say who may call it.
    """
    access = app.view_functions[endpoint].__dict__.get("access")
    if not isinstance(access, Access):
        raise LookupError(
            f"the view {endpoint!r} does not declare who may call it: add @allow(...) or @public"
        )
    return access


def current_services() -> Services:
    """The services of the application that answers now."""
    services: Services = current_app.extensions["bole-services"]
    return services


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the store that one principal may know of. Every look-up raises NotFound outside it."""

    store: Store
    principal: Principal

    @property
    def organisation(self) -> str:
        """The organisation that the principal acts in."""
        return self.principal.organisation

    def startup(self, reference: str) -> Profile:
        """A startup of the own organisation."""
        return _required(self._own(reference), (Role.STARTUP,), reference)

    def panel(self, reference: str) -> Panel:
        """A panel of the own organisation; to a partner that another organisation names as a reviewer, and
        that is shared with it, also that one (org:id)."""
        if self._is_own(reference):
            return self.store.panels.get(self.organisation, local(self.organisation, reference))
        owner, _, own_id = reference.partition(":")
        if self.principal.role in PARTNERS and self.store.profile(*self._self).shared:
            found = self.store.panels.get(owner, own_id)
            if found.reviewer_behind(self.own_key):
                return found
        raise NotFound(f"no panel {reference!r} here; the list of panels names those there are")

    def panels_to_review(self) -> list[Panel]:
        """The panels that name the partner behind the principal as a reviewer: its organisation's, and while
        it is shared those of others; the newest of each first."""
        own = self.store.panels.all(self.organisation)
        shared = self.store.profile(*self._self).shared
        others = self.store.panels.elsewhere(self.organisation, self.own_key) if shared else []
        return [each for each in (*own, *others) if each.reviewer_behind(self.own_key)]

    def partner(self, reference: str) -> Profile:
        """A partner of the own organisation, or one that another organisation shares."""
        return _required(self.profile(reference), PARTNER_ROLES, reference)

    def profile(self, reference: str) -> Profile:
        """What the caller may see of a profile of the own organisation, or of a shared partner."""
        if self._is_own(reference):
            return self._own(reference)
        owner, _, own_id = reference.partition(":")
        found = self._found(owner, own_id, reference)
        if not self._may_see(found):
            raise _unknown(reference)
        return self.visible(found)

    def known(self, references: Iterable[str], introduced: Introduced = NOBODY) -> dict[str, Profile]:
        """The profiles that the principal may see, by reference; what else these name is left out. Of those
        it is `introduced` to, a partner sees more."""
        keys = {reference: qualified(self.organisation, reference) for reference in references}
        found = self.store.known(keys.values())
        return {
            reference: self.visible(found[key], introduced)
            for reference, key in keys.items()
            if key in found and (key in introduced or self._may_see(found[key]))
        }

    def visible(self, profile: Profile, introduced: Introduced = NOBODY) -> Profile:
        """What the caller may see of a profile, by the table of `matcher.visibility`."""
        return part_for(self.reader(profile.key, introduced), profile)

    def reader(self, key: str, introduced: Introduced = NOBODY) -> Reader:
        """What the caller is to the profile of a key; `introduced` says of whom it was introduced to whether
        both accepted."""
        met = introduced.get(key)
        match self.principal.role:
            case Caller.STARTUP | Caller.MENTOR | Caller.INVESTOR if key == self.own_key:
                return Reader.SELF
            case Caller.STARTUP:
                return Reader.STARTUP_MET if met else Reader.STARTUP
            case Caller.MENTOR if met is not None:
                return Reader.MENTOR_MET if met else Reader.MENTOR_ASKED
            case Caller.INVESTOR if met is not None:
                return Reader.INVESTOR_MET if met else Reader.INVESTOR_ASKED
            case Caller.MENTOR | Caller.INVESTOR:
                return Reader.STRANGER
        return Reader.OFFICE if key.partition(":")[0] == self.organisation else Reader.OTHER_OFFICE

    def told(self, pair: PairScore, introduced: Introduced = NOBODY) -> PairScore:
        """The pair as the caller may know it: reasons tell no more of the startup than its profile does."""
        startup = qualified(self.organisation, pair.startup_id)
        partner_reads = self.principal.role in PARTNERS
        return pair_for(self.reader(startup, introduced), pair) if partner_reads else pair

    @property
    def _self(self) -> tuple[str, str]:
        return self.organisation, self.principal.profile_id

    @property
    def own_key(self) -> str:
        """The key of the profile that a member is."""
        return qualified(self.organisation, self.principal.profile_id)

    def contacts(self, introduced: Introduced) -> dict[str, Contact]:
        """How to reach those of the introduced whose contact the caller may read, by key."""
        may = [key for key in introduced if Part.CONTACT in MAY_READ[self.reader(key, introduced)]]
        return self.store.contacts.of(may) if may else {}

    def entitled(self, reference: str, part: Part) -> Profile:
        """A startup of the own organisation, where the caller may read this part of what is kept of it."""
        found = self.startup(reference)
        if part not in MAY_READ[self.reader(found.key)]:
            raise _unknown(reference)
        return found

    def readable(self, reference: str) -> Profile:
        """A profile that the caller may read in full: any for the office, only itself for a member."""
        self.check_self(reference)
        return self.profile(reference)

    def writable(self, reference: str) -> str:
        """The id in the own organisation, where profiles may be written, whether or not it exists yet."""
        if not self._is_own(reference):
            raise _unknown(reference)
        return local(self.organisation, reference)

    def check_self(self, reference: str) -> None:
        """Refuse a member anything but its own profile."""
        if self.principal.is_member and qualified(self.organisation, reference) != self.own_key:
            raise _unknown(reference)

    def _may_see(self, profile: Profile) -> bool:
        shared = profile.shared and profile.role in PARTNER_ROLES
        return shared or profile.organisation == self.organisation

    def _is_own(self, reference: str) -> bool:
        return ":" not in local(self.organisation, reference)

    def _own(self, reference: str) -> Profile:
        return self.visible(self._found(self.organisation, self.writable(reference), reference))

    def _found(self, organisation: str, profile_id: str, reference: str) -> Profile:
        try:
            found = self.store.profile(organisation, profile_id)
        except NotFound as error:
            # one message for all causes, so that it does not tell which ids exist elsewhere
            raise _unknown(reference) from error
        if found.id != profile_id:  # it was merged: pages lead on to the one that stays
            g.setdefault("moved", {})[reference] = local(self.organisation, found.key)
        return found


def current_scope() -> Scope:
    """What the caller of this request may know of."""
    return Scope(current_services().store, g.principal)


def published_part(startup: Profile) -> Profile:
    """What who reviews an application of a startup reads of it."""
    return part_for(Reader.REVIEWER, startup)


def _required(profile: Profile, roles: tuple[Role, ...], reference: str) -> Profile:
    if profile.role not in roles:
        raise _unknown(reference)
    return profile


def _unknown(reference: str) -> NotFound:
    return NotFound(f"there is no profile {reference!r} that you may use here")
