"""Training: profiles and interactions before a date → one model."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import scipy.sparse as sp

from matcher.encoding.cache import Progress, VectorStore
from matcher.encoding.encoder import Encoder
from matcher.encoding.texts import TextVectors, encode_texts
from matcher.features.space import attribute_space
from matcher.features.table import FeatureTable, featurise, widened
from matcher.interactions import InteractionTable, day_number
from matcher.matching.sides import knowledge_of, partner_side, startup_side
from matcher.model.bundle import model_hash
from matcher.model.parameters import Model, RoleModel, untrained_role
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.text.terms import inverse_document_frequency
from matcher.vocabulary import Rows, Vocabulary
from training.deals import DECAY_DAYS, Deals, deals_of
from training.factors import FactorSettings, fit_factors
from training.history import history_of
from training.scaling import scaled_combination

Step = Callable[[str], None]
DEFAULT = FactorSettings()


@dataclass(frozen=True, slots=True)
class Data:
    """What training reads: every profile (ordered by key) and the interactions (ordered by time)."""

    profiles: Sequence[Profile]
    interactions: InteractionTable
    texts: TextVectors
    """Encoded, in the order of the profiles."""
    encoder: str


def read_data(
    profiles: Sequence[Profile],
    interactions: InteractionTable,
    encoder: Encoder,
    cache: VectorStore,
    progress: Progress,
) -> Data:
    """Encode what was never encoded and put everything side by side."""
    texts = encode_texts([profile.text for profile in profiles], encoder, cache, progress)
    return Data(profiles, interactions, texts, encoder.name())


@dataclass(frozen=True, slots=True)
class _Featured:
    """The data as arrays, with where each profile stands."""

    data: Data
    table: FeatureTable
    rows: Mapping[str, int]
    attributes: Vocabulary
    deals: Mapping[Role, Deals]


def train(
    data: Data,
    as_of: dt.date,
    settings: FactorSettings = DEFAULT,
    step: Step = lambda _: None,
) -> Model:
    """A model of everything that happened before `as_of`. `step` hears what begins.

    Works with no interactions at all: what cannot be learned stays as it is in the untrained model.
    The version is the last day that was learned from and the first digits of the content hash: equal input
    gives an equal version.
    """
    step("featurise")
    featured = _featured(data, as_of)
    roles = {role: _fit_role(role, featured, settings, step) for role in PARTNER_ROLES}
    past = _before(data.interactions, as_of)
    model = Model(
        version="",
        attributes=tuple(featured.attributes.terms),
        startups=frozenset(past.startups.tolist()),
        idf=inverse_document_frequency(featured.table.terms),
        roles=MappingProxyType(roles),
        encoder=data.encoder,
        facts=MappingProxyType(_facts(data, past, featured, as_of, settings)),
    )
    return dataclasses.replace(
        model, version=f"{as_of - dt.timedelta(days=1):%Y%m%d}-{model_hash(model)[:10]}"
    )


def _featured(data: Data, as_of: dt.date) -> _Featured:
    by_key = {profile.key: profile for profile in data.profiles}
    attributes = Vocabulary()
    table = featurise(data.profiles, data.texts, attributes)
    past = _before(data.interactions, as_of)
    deals = {role: deals_of(role, past, by_key, attributes, as_of) for role in PARTNER_ROLES}
    rows = {profile.key: row for row, profile in enumerate(data.profiles)}
    table = dataclasses.replace(table, attributes=widened(table.attributes, len(attributes)))
    return _Featured(data, table, rows, attributes, deals)


def _before(events: InteractionTable, as_of: dt.date) -> InteractionTable:
    return events.take(events.days < day_number(as_of))


def _fit_role(role: Role, featured: _Featured, settings: FactorSettings, step: Step) -> RoleModel:
    deals, width = featured.deals[role], len(featured.attributes)
    if not len(deals):
        return _scaled(role, untrained_role(width), featured)
    step(f"fit {role} factors on {len(deals)} deals")
    factors = fit_factors(
        deals,
        _attributes_of(deals.startup_keys, featured),
        _attributes_of(deals.partner_keys, featured),
        settings,
    )
    history = history_of(deals, width)
    model = RoleModel(
        partners=deals.partner_keys,
        counts=history.counts,
        deals=history.deals,
        segments=history.segments,
        chosen=history.chosen,
        startup_factors=factors.startups,
        partner_factors=factors.partners,
        combination=untrained_role().combination,
    )
    return _scaled(role, model, featured)


def _attributes_of(keys: Vocabulary, featured: _Featured) -> sp.csr_matrix:
    return featured.table.attributes[np.array([featured.rows[key] for key in keys.terms], dtype=np.intp)]


def _scaled(role: Role, model: RoleModel, featured: _Featured) -> RoleModel:
    """The role with its scales measured over this data's startups and partners."""
    startup_rows, partner_rows = _rows_of(Role.STARTUP, featured), _rows_of(role, featured)
    if not len(startup_rows) or not len(partner_rows):
        return model
    knowledge = knowledge_of(model)
    idf = inverse_document_frequency(featured.table.terms)
    keys = [featured.data.profiles[row].key for row in partner_rows]
    startups = startup_side(featured.table.take(startup_rows), idf, knowledge)
    partners = partner_side(keys, featured.table.take(partner_rows), idf, knowledge)
    space = attribute_space(featured.attributes)
    combination = scaled_combination(startups, partners, knowledge, space, len(featured.deals[role]))
    return dataclasses.replace(model, combination=combination)


def _rows_of(role: Role, featured: _Featured) -> Rows:
    return np.flatnonzero([profile.role is role for profile in featured.data.profiles])


def _facts(
    data: Data, past: InteractionTable, featured: _Featured, as_of: dt.date, settings: FactorSettings
) -> dict[str, object]:
    """What the manifest tells people; "settings" also enters the content hash."""
    return {
        "settings": {
            "as_of": as_of.isoformat(),
            "decay_days": DECAY_DAYS,
            "factors": dataclasses.asdict(settings),
        },
        "data": {
            "profiles": {role.value: sum(profile.role is role for profile in data.profiles) for role in Role},
            "interactions": len(past),
            "first_day": int(past.days.min()) if len(past) else None,
            "last_day": int(past.days.max()) if len(past) else None,
            "deals": {role.value: len(deals) for role, deals in featured.deals.items()},
        },
        "calibrated": False,
    }
