"""One partner role as it was known on a day: the single way from events to a role's model, today or then."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.table import widened
from matcher.model.combination import EXPERT_PRIOR, combination_of
from matcher.model.parameters import Embeddings, RoleModel, untrained_role
from matcher.profiles import Role
from matcher.vocabulary import Rows
from training.amounts import asks_of
from training.answers import answers_of, refusals_of
from training.cases import cases_of
from training.companions import companions_of
from training.deals import Deals, deals_of
from training.factors import Factors, FactorSettings, fit_factors
from training.habits import habits_of
from training.history import crowd_of, record_of
from training.tastes import fit_tastes
from training.world import World

Float32 = npt.NDArray[np.float32]
Step = Callable[[str], None]


def role_on(day: int, role: Role, world: World, settings: FactorSettings) -> RoleModel:
    """What could be known of the role before `day`, under the expert prior; nothing later is looked at.

    Rows are all partners of the role, those without deals among them.
    """
    width, partners = len(world.attributes), world.partners[role]
    if not len(partners):
        return untrained_role(width)
    deals = deals_of(partners, world.events, world.profiles, world.attributes, day)
    answers = answers_of(partners, world.events, world.profiles, day)
    record, fitted = record_of(deals, width), fit_tastes(deals)
    factors = _factors(deals, world, settings)
    return RoleModel(
        partners=partners,
        record=record,
        tastes=fitted.tastes,
        crowd=crowd_of(deals, width),
        companions=companions_of(deals, world.events, world.profiles, world.attributes),
        refusals=refusals_of(answers, world.profiles, world.attributes, len(partners), day),
        asks=asks_of(deals),
        habits=habits_of(deals, record, fitted.popularity, answers, world.attributes),
        startup_factors=factors.startups,
        partner_factors=factors.partners,
        combination=combination_of(EXPERT_PRIOR),
        cases=cases_of(deals, answers.by_partner, world.profiles, world.attributes),
    )


def _factors(deals: Deals, world: World, settings: FactorSettings) -> Factors:
    """LightFM over contexts and those partners that had a deal; the others have no row of their own."""
    active = np.unique(deals.partners)
    attributes = world.table_of(deals.partner_keys.terms).attributes
    contexts = widened(deals.attributes, attributes.shape[1])
    factors = fit_factors(_pairs(deals, active), contexts, attributes[active], settings)
    return Factors(factors.startups, _spread_out(factors.partners, active, len(deals.partner_keys)))


def _pairs(deals: Deals, active: Rows) -> sp.csr_matrix:
    """Weight of each active partner's deals in each context."""
    columns = np.searchsorted(active, deals.partners)
    shape = (deals.attributes.shape[0], len(active))
    return sp.csr_matrix((deals.weights().astype(np.float32), (deals.contexts, columns)), shape=shape)


def _spread_out(embeddings: Embeddings, rows: Rows, size: int) -> Embeddings:
    """Own embeddings at their rows among `size`; zeros elsewhere."""
    own = np.zeros((size, embeddings.attributes.shape[1]), np.float32)
    bias = np.zeros(size, np.float32)
    own[rows], bias[rows] = embeddings.own, embeddings.own_bias
    return Embeddings(embeddings.attributes, embeddings.attribute_bias, own, bias)
