"""Stand-ins for the matching service and the registry: the same methods, answers known by thought."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.errors import NotFound
from matcher.interactions import local
from matcher.matching.answers import (
    Explanation,
    Filters,
    Funnel,
    Match,
    MatchList,
    PairScore,
    Reason,
    Warmth,
)
from matcher.matching.completeness import Completeness, completeness_of
from matcher.matching.eligibility import Rule
from matcher.matching.prospects import Prospect
from matcher.matching.relations import Relation
from matcher.model.combination import EXPERT_PRIOR, combination_of
from matcher.model.influence import Influence, influences
from matcher.model.registry import Promotion, Verdict
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.store import Store

BASE = 0.2
REPORTS = {
    ("r1", "report.html"): "<!doctype html><p>周报 Lin Mu".encode(),
    ("r1", "nameless.html"): "<!doctype html><p>周报".encode(),
    ("r1", "report.json"): b'{"run": "r1"}',
}
REASONS = (Reason("industry", 0.25, {"industries": ["ai"]}), Reason("region", 0.05, {}))


@dataclass(frozen=True)
class FakeMatches:
    """Everybody fits everybody with .5; a candidate's tags must hold those asked for; ranks follow the keys.

    A partner that has the startup in its conflicts is ineligible. A list that spreads exposure owes its last
    line to that.
    """

    store: Store
    model_version: str = "v1"

    def moment(self, *wanted: str) -> "FakeMatches":
        return self

    def match(
        self,
        organisation: str,
        query_ids: Sequence[str],
        *,
        role: Role | None,
        k: int,
        filters: Filters = Filters(),  # noqa: B008 - frozen
        spread: bool = False,
    ) -> list[MatchList]:
        roles = (role,) if role else PARTNER_ROLES
        found = [self._list(organisation, query, roles, k, filters) for query in query_ids]
        return [_spread(answer) for answer in found] if spread else found

    def explain(self, organisation: str, a: str, b: str, *, k: int = 10) -> Explanation:
        first, second = self._visible(organisation, a), self._visible(organisation, b)
        conflict = first.id in second.conflicts or second.id in first.conflicts
        return Explanation(
            pair=_pair(organisation, first, second),
            removed_by=(Reason("conflict", 0.0, {"with": first.id}),) if conflict else (),
            rank=None if conflict else 1,
            eligible=3,
            k=k,
            listed_score=0.5,
            lacking=0.0,
            model_version=self.model_version,
        )

    def prospects(
        self,
        organisation: str,
        startup_ids: Sequence[str],
        role: Role,
        only: Collection[str] | None = None,
    ) -> list[list[Prospect]]:
        return [self._prospects(organisation, startup_id, role, only) for startup_id in startup_ids]

    def completeness(self, organisation: str, profile_id: str) -> Completeness:
        return completeness_of(self._visible(organisation, profile_id), [combination_of(EXPERT_PRIOR)])

    def people(self, organisation: str, role: Role) -> list[tuple[Profile, float]]:
        found = [each for each in self._everyone(organisation) if each.role is role]
        return [(each, math.inf if each.capacity is None else each.capacity) for each in found]

    def influences(self, role: Role) -> Sequence[Influence]:
        return influences(combination_of(EXPERT_PRIOR))

    def _prospects(
        self, organisation: str, startup_id: str, role: Role, only: Collection[str] | None
    ) -> list[Prospect]:
        startup = self._visible(organisation, startup_id)
        found = [profile for profile in self._everyone(organisation) if profile.role is role]
        return [
            Prospect(
                local(organisation, profile.key),
                profile,
                Rule.CONFLICT if startup.id in profile.conflicts else Rule.ELIGIBLE,
                Relation.NONE,
                0.5,
                0.5,
                0.5,
            )
            for profile in found
            if only is None or profile.key in only
        ]

    def _list(
        self, organisation: str, query: str, roles: Sequence[Role], k: int, filters: Filters
    ) -> MatchList:
        asker = self._visible(organisation, query)
        pool = [profile for profile in self._everyone(organisation) if profile.role in roles]
        eligible = [profile for profile in pool if not filters.tags or set(filters.tags) & set(profile.tags)]
        chosen = eligible[:k]
        matches = [
            Match(rank, profile.name, _pair(organisation, asker, profile))
            for rank, profile in enumerate(chosen, 1)
        ]
        removed = {"tags": len(pool) - len(eligible)}
        funnel = Funnel(len(pool), len(eligible), len(eligible), len(chosen), removed)
        role = roles[0] if len(roles) == 1 else None
        return MatchList(query, role, tuple(matches), funnel, Warmth.WARM, self.model_version)

    def _everyone(self, organisation: str) -> list[Profile]:
        return [
            profile
            for profile in self.store.profiles()
            if profile.organisation == organisation or (profile.shared and profile.role in PARTNER_ROLES)
        ]

    def _visible(self, organisation: str, reference: str) -> Profile:
        return next(p for p in self._everyone(organisation) if local(organisation, p.key) == reference)


def _spread(answer: MatchList) -> MatchList:
    return replace(answer, matches=(*answer.matches[:-1], replace(answer.matches[-1], spread=True)))


def _pair(organisation: str, a: Profile, b: Profile) -> PairScore:
    startup, partner = (a, b) if a.role is Role.STARTUP else (b, a)
    return PairScore(
        startup_id=local(organisation, startup.key),
        partner_id=local(organisation, partner.key),
        role=partner.role,
        score=0.5,
        p_startup=0.5,
        p_partner=0.5,
        base=BASE,
        reasons=REASONS,
        warmth=Warmth.WARM,
    )


PASSED = Verdict(True, "20260308T030000Z-ab12", "2026-03-08T03:10:00+00:00", ({"code": "quality_same"},))
FORCED = Promotion("v0", "2026-03-01T03:10:00+00:00", "wei@north", "the first version", forced=True)
WEEKLY = Promotion("v1", "2026-03-08T03:10:00+00:00", "bole@north")


@dataclass(frozen=True)
class FakeVersion:
    version: str
    status: str
    hash: str
    facts: Mapping[str, Any]
    verdict: Verdict | None = None
    promoted: Promotion | None = None


@dataclass(frozen=True)
class FakeRegistry:
    """Two versions, of which the newer serves, and the report of a run."""

    def versions(self) -> list[FakeVersion]:
        return [
            FakeVersion("v1", "live", "h1", {"ndcg@10": 0.2}, PASSED, WEEKLY),
            FakeVersion("v0", "retired", "h0", {}, None, FORCED),
        ]

    def live(self) -> str | None:
        return "v1"

    def promotions(self) -> list[Promotion]:
        return [WEEKLY, FORCED]

    def reports(self) -> list[str]:
        return ["r1"]

    def rewrite_reports(self, change: Callable[[bytes], bytes]) -> int:
        return 0

    def report(self, run: str, name: str) -> bytes:
        if (run, name) not in REPORTS:
            raise NotFound(f"run {run!r} reported no {name!r}")
        return REPORTS[run, name]
