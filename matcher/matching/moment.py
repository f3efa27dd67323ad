"""The match service at one moment: every question put to it is answered from the same snapshot."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from matcher.errors import InvalidInput
from matcher.interactions import local, qualified
from matcher.matching.answering import explanation, match_lists, pair_score
from matcher.matching.answers import Explanation, Filters, MatchList, PairScore
from matcher.matching.batch import rank_all
from matcher.matching.completeness import Completeness, completeness_of
from matcher.matching.eligibility import Request, Rule, visible
from matcher.matching.exposure import CONSIDERED, price_of, spread
from matcher.matching.labels import refuse_labels
from matcher.matching.prospects import Prospect, prospects
from matcher.matching.ranking import Question, Ranking, best_first, candidate_at, question
from matcher.matching.snapshot import Snapshot
from matcher.model.influence import Influence, influences
from matcher.profiles import PARTNER_ROLES, Profile, Role

MAX_K = 1000
NO_FILTERS = Filters()
_AT_ONCE = 512
"""So many queries are answered together: enough for the index to be quick, few enough for memory."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What lists are asked for: see `Moment.match`."""

    role: Role | None
    k: int
    filters: Filters
    spread: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """Answers that belong together: of one model version, and of the store at one revision."""

    snapshot: Snapshot

    @property
    def model_version(self) -> str:
        """The version that answers."""
        return self.snapshot.model.version

    def match(
        self,
        organisation: str,
        query_ids: Sequence[str],
        *,
        role: Role | None,
        k: int = 10,
        filters: Filters = NO_FILTERS,
        spread: bool = False,
        checked: bool = True,
    ) -> list[MatchList]:
        """The match list of each query. For startups `role` is a partner role, or None for both in one list;
        for partners it is startup. With `spread` some who are shown to everyone make room for others nearly
        as good (see `matcher.matching.exposure`); startups have no price, and their lists stay as they are.
        Not `checked`: a must-have that nobody could have is no error, see `check_labels`.

        Raises:
            NotFound: an unknown query. InvalidInput: a role that does not suit it, k outside 1…1000,
                a must-have that nobody could have.
        """
        if not 1 <= k <= MAX_K:
            raise InvalidInput("k", k, f"must be from 1 to {MAX_K}")
        if checked:
            refuse_labels(filters, self.snapshot, (organisation,), role)
        wanted, find = _Wanted(role, k, filters, spread), self.snapshot.profile
        queries = [find(qualified(organisation, query_id), organisation) for query_id in query_ids]
        parts = (queries[start : start + _AT_ONCE] for start in range(0, len(queries), _AT_ONCE))
        return [answer for part in parts for answer in _lists(self.snapshot, organisation, part, wanted)]

    def check_labels(self, filters: Filters, organisations: Collection[str], role: Role | None) -> None:
        """Refuse must-haves that nobody whom any of the organisations may see could have.

        Raises:
            InvalidInput: such a one; the nearest label of the catalogue is named.
        """
        refuse_labels(filters, self.snapshot, organisations, role)

    def influences(self, role: Role) -> Sequence[Influence]:
        """What each signal counts in lists of the partner role, as the model has it."""
        return influences(self.snapshot.model.roles[role].combination)

    def score(self, organisation: str, pairs: Sequence[tuple[str, str]]) -> list[PairScore]:
        """The score of each (startup, partner), eligible or not.

        Raises:
            NotFound: an unknown id. InvalidInput: a pair that is not a startup and a partner.
        """
        return [_pair(self.snapshot, organisation, startup, partner) for startup, partner in pairs]

    def prospects(
        self,
        organisation: str,
        startup_ids: Sequence[str],
        role: Role,
        only: Collection[str] | None = None,
    ) -> list[list[Prospect]]:
        """How each startup stands with each partner of the role that the organisation may see, eligible or
        not; where given, with those alone whose keys are `only`. Without reasons, and so quick for many.

        Raises:
            NotFound: an unknown startup. InvalidInput: not a startup, or not a partner role.
        """
        for startup_id in startup_ids:
            found = self.snapshot.profile(qualified(organisation, startup_id), organisation)
            if found.role is not Role.STARTUP:
                raise InvalidInput("startup_id", startup_id, f"is {found.role.noun}", "name a startup")
            _models(found, role)
        return prospects(self.snapshot, organisation, startup_ids, role, only)

    def explain(self, organisation: str, a: str, b: str, *, k: int = 10) -> Explanation:
        """Why `b` is, or is not, in the list of k that `a` gets (either may be the startup).

        Raises:
            NotFound: an unknown id. InvalidInput: two startups or two partners.
        """
        query, other = (
            self.snapshot.profile(qualified(organisation, reference), organisation) for reference in (a, b)
        )
        asked = _asked(self.snapshot, organisation, query, _partner_role(query, other), NO_FILTERS)
        return explanation(asked, other, k)

    def people(self, organisation: str, role: Role) -> list[tuple[Profile, float]]:
        """The profiles of a role that the organisation may see, with the places that each has left, +inf
        where no capacity is stated."""
        return [
            (pool.profiles[row], float(pool.room[row]))
            for pool in self.snapshot.pools[role]
            for row in visible(pool, organisation).tolist()
        ]

    def completeness(self, organisation: str, profile_id: str) -> Completeness:
        """How much of what could be known of a profile is known; see `matcher.matching.completeness`.

        Raises:
            NotFound: no such profile.
        """
        found = self.snapshot.profile(qualified(organisation, profile_id), organisation)
        models = PARTNER_ROLES if found.role is Role.STARTUP else (found.role,)
        knowledge = self.snapshot.context.knowledge
        return completeness_of(found, [knowledge[role].model.combination for role in models])


def _lists(
    snapshot: Snapshot, organisation: str, queries: Sequence[Profile], wanted: _Wanted
) -> list[MatchList]:
    questions = [
        [
            _asked(snapshot, organisation, query, model, wanted.filters)
            for model in _models(query, wanted.role)
        ]
        for query in queries
    ]
    considered = max(wanted.k, CONSIDERED) if wanted.spread else wanted.k
    rankings = iter(rank_all([asked for own in questions for asked in own], considered))
    merged = [_merged([next(rankings) for _ in own], considered) for own in questions]
    asking = [own[0] for own in questions]
    if wanted.spread:
        return _spread_lists(asking, merged, wanted)
    return match_lists(asking, merged, wanted.role)


def _pair(snapshot: Snapshot, organisation: str, startup_id: str, partner_id: str) -> PairScore:
    startup, partner = (
        snapshot.profile(qualified(organisation, i), organisation) for i in (startup_id, partner_id)
    )
    if startup.role is not Role.STARTUP:
        raise InvalidInput(
            "startup_id", startup_id, f"is {startup.role.noun}", "give the startup first, then the partner"
        )
    asked = _asked(snapshot, organisation, startup, _partner_role(startup, partner), NO_FILTERS)
    pool, row = snapshot.find(partner.key, partner_id)
    return pair_score(asked, candidate_at(asked, pool, row))


def _asked(snapshot: Snapshot, organisation: str, query: Profile, role: Role, filters: Filters) -> Question:
    pool, row = snapshot.find(query.key, local(organisation, query.key))
    return question(snapshot, Request(organisation, query, float(pool.room[row]), filters), role)


def _models(query: Profile, role: Role | None) -> Sequence[Role]:
    """The partner roles whose models rank for this query."""
    if query.role is not Role.STARTUP:
        if role not in (None, Role.STARTUP):
            raise InvalidInput(
                "role", role, f"cannot be matched with {query.role.noun}", "ask for role startup"
            )
        return (query.role,)
    if role is Role.STARTUP:
        raise InvalidInput(
            "role", role, "cannot be matched with a startup", "ask for mentor, investor or partner"
        )
    return PARTNER_ROLES if role is None else (role,)


def _partner_role(a: Profile, b: Profile) -> Role:
    if (a.role is Role.STARTUP) == (b.role is Role.STARTUP):
        raise InvalidInput(
            "pair",
            f"{a.id}, {b.id}",
            f"is {a.role.noun} and {b.role.noun}",
            "name one startup and one partner",
        )
    return b.role if a.role is Role.STARTUP else a.role


def _spread_lists(
    asking: Sequence[Question], rankings: Sequence[Ranking], wanted: _Wanted
) -> list[MatchList]:
    taken = [_taken(*one, wanted.k) for one in zip(asking, rankings, strict=True)]
    listed = [
        replace(ranking, best=[ranking.best[place] for place in places])
        for ranking, places in zip(rankings, taken, strict=True)
    ]
    answers = zip(match_lists(asking, listed, wanted.role), taken, strict=True)
    return [_marked(answer, places, wanted.k) for answer, places in answers]


def _taken(asked: Question, ranking: Ranking, k: int) -> list[int]:
    """Places of those whom a list of k that spreads exposure takes."""
    roles = asked.snapshot.model.roles
    prices = [price_of(roles[candidate.role], candidate.key) for candidate in ranking.best]
    return spread([candidate.score for candidate in ranking.best], prices, k)


def _marked(answer: MatchList, taken: Sequence[int], k: int) -> MatchList:
    marked = zip(answer.matches, taken, strict=True)
    return replace(answer, matches=tuple(replace(one, spread=place >= k) for one, place in marked))


def _merged(rankings: Sequence[Ranking], k: int) -> Ranking:
    removed: Counter[Rule] = Counter()
    for ranking in rankings:
        removed += ranking.removed
    best = best_first([candidate for ranking in rankings for candidate in ranking.best])
    return Ranking(best[:k], sum(ranking.pool for ranking in rankings), removed)
