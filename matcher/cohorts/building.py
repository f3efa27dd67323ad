"""From a cohort, its configuration and what staff and others have settled to a problem that can be solved."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from matcher.assignment.problem import Float64, Int64, Limits
from matcher.cohorts.commitments import NO_COMMITMENTS, NOTHING, Commitments, Pairs
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.edits import Edit
from matcher.cohorts.firms import firm_codes
from matcher.cohorts.result import Origin
from matcher.cohorts.wishes import Pair, Wishes, wishes_of
from matcher.features.attributes import service_terms
from matcher.interactions import local, qualified
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Codes, Rule
from matcher.matching.grid import Grid, grid_of
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Profile
from matcher.vocabulary import Rows, Vocabulary

BY_HAND = frozenset(
    {Rule.NOT_DEPLOYING, Rule.DISMISSED, Rule.DECLINED, Rule.CONNECTED, Rule.FILTERED, Rule.NO_ROOM}
)
"""Rules that staff may set aside for a pair: not a conflict of interest, an exclusion or a closed profile."""
BANNED, UNANSWERED = np.int8(20), np.int8(21)
"""Codes beside those of `Rule`: staff ruled the pair out; it was offered before and came to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be solved: the `startups` of an organisation (ids) under a configuration, with the edits
    that count and what is promised. `before` are pairs of which as few as possible are to be dropped."""

    organisation: str
    startups: Sequence[str]
    configuration: Configuration
    edits: Sequence[Edit] = ()
    commitments: Commitments = NO_COMMITMENTS
    before: Pairs = NOTHING


@dataclass(frozen=True, slots=True)
class Prepared:
    """A problem in arrays over n startups and m partners: `codes` [n, m] are the rules that remove pairs once
    hands and commitments are counted in, `values` [n, m] the scores, −inf where a pair may not meet.

    `locked` and `published` are pairs as rows; `origins` tells how the locked ones came. `impossible` are
    pairs that staff want and a rule forbids.
    """

    grid: Grid
    codes: Codes
    values: Float64
    limits: Limits
    locked: tuple[Rows, Rows]
    published: tuple[Rows, Rows]
    origins: Mapping[Pair, Origin]
    impossible: Mapping[Pair, Rule] = field(default_factory=dict)

    @property
    def startup_ids(self) -> list[str]:
        """The startups as their organisation writes them."""
        return [profile.id for profile in self.grid.startups]


def prepared(snapshot: Snapshot, order: Order) -> Prepared:
    """The problem, all of it from one snapshot. Startups that are not in it any more are left out.

    Raises:
        InvalidInput: a must-have that nobody could have.
    """
    grid = _grid(snapshot, order)
    organisation = order.organisation
    startups = Vocabulary(profile.id for profile in grid.startups)
    partners = Vocabulary(local(organisation, profile.key) for profile in grid.partners)
    wishes = wishes_of(order.edits)
    codes = _codes(grid, order, wishes, (startups, partners))
    wanted = {**dict.fromkeys(sorted(order.commitments.kept - wishes.banned), Origin.KEPT), **wishes.wanted}
    known = {pair: way for pair, way in wanted.items() if pair[0] in startups and pair[1] in partners}
    rules = {pair: int(codes[startups.row(pair[0]), partners.row(pair[1])]) for pair in known}
    forbidden = {pair: Rule(code) for pair, code in rules.items() if code and code not in BY_HAND}
    impossible = {pair: rule for pair, rule in forbidden.items() if pair in wishes.wanted}
    locked = _rows(known.keys() - forbidden.keys(), startups, partners)
    codes[locked] = Rule.ELIGIBLE
    values = np.clip(grid.values(), 0.0, 1.0)
    values[codes != np.int8(Rule.ELIGIBLE)] = -np.inf
    limits = _limits(snapshot, order, grid, codes)
    published = _rows(order.before, startups, partners)
    return Prepared(grid, codes, values, limits, locked, published, known, impossible)


def _grid(snapshot: Snapshot, order: Order) -> Grid:
    organisation, configuration = order.organisation, order.configuration
    known = [startup for startup in order.startups if _is_there(snapshot, qualified(organisation, startup))]
    profiles = [snapshot.profile(qualified(organisation, startup), organisation) for startup in known]
    filters = filters_of(configuration, profiles)
    return grid_of(snapshot, organisation, known, configuration.role, filters)


def _is_there(snapshot: Snapshot, key: str) -> bool:
    return any(
        key in pool.keys and pool.present[pool.keys.row(key)]
        for pools in snapshot.pools.values()
        for pool in pools
    )


def filters_of(configuration: Configuration, startups: Sequence[Profile]) -> list[Filters]:
    """What each startup's partners must have."""
    return [must_haves(configuration, startup) for startup in startups]


def must_haves(configuration: Configuration, startup: Profile) -> Filters:
    """What the startup's partners must have: the run's must-haves, with those of the services `must_meet`
    that it needs in place of the offers."""
    needs = set(service_terms(startup.needs))
    needed = tuple(label for label in configuration.must_meet if service_terms((label,))[-1] in needs)
    return replace(configuration.must_have, offers=needed) if needed else configuration.must_have


def _codes(grid: Grid, order: Order, wishes: Wishes, ids: tuple[Vocabulary, Vocabulary]) -> Codes:
    """The rules, of which a full partner is none here (places are limits), with refusals and bans."""
    codes = grid.codes()
    codes[codes == np.int8(Rule.NO_ROOM)] = Rule.ELIGIBLE
    offered = _rows(order.commitments.offered, *ids)
    codes[offered] = np.where(codes[offered] == np.int8(Rule.CONNECTED), Rule.ELIGIBLE, codes[offered])
    unanswered = order.commitments.refused - wishes.wanted.keys()
    for pairs, code in ((unanswered, UNANSWERED), (wishes.banned, BANNED)):
        rows = _rows(pairs, *ids)
        codes[rows] = np.where(codes[rows] == np.int8(Rule.ELIGIBLE), code, codes[rows])
    return codes


def _rows(pairs: Set[Pair], startups: Vocabulary, partners: Vocabulary) -> tuple[Rows, Rows]:
    """The pairs as rows; those of people who are not here are left out."""
    known = sorted(pair for pair in pairs if pair[0] in startups and pair[1] in partners)
    return (
        startups.rows((startup for startup, _ in known), unknown=-1),
        partners.rows((partner for _, partner in known), unknown=-1),
    )


def _limits(snapshot: Snapshot, order: Order, grid: Grid, codes: Codes) -> Limits:
    configuration = order.configuration
    here = [startup.takes_part for startup in grid.startups]
    least, most = _places(snapshot, order, grid.partners)
    there = (codes == np.int8(Rule.ELIGIBLE)).any(axis=0)
    return Limits(
        startup_min=np.where(here, configuration.startup_min, 0).astype(np.int64),
        startup_max=np.where(here, configuration.startup_max, 0).astype(np.int64),
        partner_min=np.where(there, least, 0),
        partner_max=most,
        firms=firm_codes(grid.partners),
        per_firm=configuration.per_firm,
        startup_importance=configuration.startup_importance,
        partner_importance=configuration.partner_importance,
        firm_importance=configuration.firm_importance,
    )


def _places(snapshot: Snapshot, order: Order, partners: Sequence[Profile]) -> tuple[Int64, Int64]:
    """How many meetings each partner has at least and at most in this run.

    At most: its capacity less the places taken this cycle, but for those of pairs that are kept, and less
    those promised. At least: its minimum load less the same, where it is the organisation's own; never more
    than its places.
    """
    configuration, commitments, context = order.configuration, order.commitments, snapshot.context
    names = [local(order.organisation, partner.key) for partner in partners]
    kept = [partner for _, partner in commitments.kept]
    used = np.array(
        [
            context.relations.places_taken(partner.key, context.today)
            + commitments.promised.get(partner.key, 0)
            - kept.count(name)
            for partner, name in zip(partners, names, strict=True)
        ],
        dtype=np.int64,
    )
    capacity = np.array(
        [_capacity(configuration, *who) for who in zip(partners, names, strict=True)], dtype=np.int64
    )
    load = np.array(
        [
            (partner.min_load or 0) if partner.organisation == order.organisation else 0
            for partner in partners
        ],
        dtype=np.int64,
    )
    most = np.maximum(capacity - used, 0)
    return np.clip(load - used, 0, most), most


def _capacity(configuration: Configuration, partner: Profile, name: str) -> int:
    declared = configuration.capacity if partner.capacity is None else partner.capacity
    return configuration.capacities.get(name, declared)
