"""The cases behind a role's model: its deals and answers once more, undecayed, for people to read."""

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from matcher.features.attributes import attributes_of
from matcher.features.table import widened
from matcher.interactions import InteractionType
from matcher.model.cases import Cases, Outcome
from matcher.profiles import Profile
from matcher.vocabulary import Vocabulary
from training.answers import Said
from training.deals import STRENGTH, Deals


def cases_of(deals: Deals, replies: Said, profiles: Mapping[str, Profile], attributes: Vocabulary) -> Cases:
    """The cases of the deals' partners; `replies` are what partners said to those who asked for them."""
    order = np.lexsort((deals.days, deals.partners))
    partners = len(deals.partner_keys)
    each = np.bincount(deals.partners, minlength=partners)
    taken, met = (
        deals.strengths[order] >= STRENGTH[least] for least in (InteractionType.INVESTED, InteractionType.MET)
    )
    return Cases(
        ends=np.cumsum([0, *each.tolist()], dtype=np.int64),
        startups=deals.startups[order].astype(np.int32),
        contexts=deals.contexts[order].astype(np.int32),
        days=deals.days[order],
        outcomes=np.where(taken, Outcome.TAKEN, np.where(met, Outcome.MET, Outcome.ASKED)).astype(np.int8),
        described=widened(deals.attributes, len(attributes)),
        answers=_counted(replies, partners),
        declined=_declined(replies, profiles, attributes, partners),
    )


def _counted(replies: Said, partners: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    said = [np.bincount(replies.partners[replies.yes == yes], minlength=partners) for yes in (False, True)]
    return np.column_stack(said).astype(np.int32)


def _declined(
    replies: Said, profiles: Mapping[str, Profile], attributes: Vocabulary, partners: int
) -> sp.csr_matrix:
    rows = np.flatnonzero(~replies.yes)
    known = {key: attributes.known(attributes_of(profiles[key])) for key in set(replies.startups[rows])}
    terms = [known[key] for key in replies.startups[rows]]
    columns = np.concatenate([np.zeros(0, np.intp), *terms])
    where = (np.repeat(replies.partners[rows], [len(found) for found in terms]), columns)
    shape = (partners, len(attributes))
    counts = sp.csr_matrix((np.ones(len(columns), np.float32), where), shape=shape)
    counts.sum_duplicates()
    return counts
