"""What training sees: profiles as arrays, and everything that happened before a day."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.cohorts.edits import Preference
from matcher.encoding.cache import Progress, VectorStore
from matcher.encoding.encoder import Encoder
from matcher.encoding.texts import TextVectors, encode_texts
from matcher.features.space import AttributeSpace, attribute_space
from matcher.features.table import FeatureTable, featurise, widened
from matcher.interactions import InteractionTable, day_number
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.text.terms import inverse_document_frequency
from matcher.vocabulary import Rows, Vocabulary
from training.deals import deals_of

Float32 = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Data:
    """What training reads: every profile (ordered by key), the interactions (ordered by time), and what staff
    preferred by hand."""

    profiles: Sequence[Profile]
    interactions: InteractionTable
    texts: TextVectors
    """Encoded, in the order of the profiles."""
    encoder: str
    preferences: Sequence[Preference] = ()


def read_data(
    profiles: Sequence[Profile],
    interactions: InteractionTable,
    encoder: Encoder,
    cache: VectorStore,
    progress: Progress,
    *,
    preferences: Sequence[Preference] = (),
) -> Data:
    """Encode what was never encoded and put everything side by side."""
    texts = encode_texts([profile.text for profile in profiles], encoder, cache, progress)
    return Data(profiles, interactions, texts, encoder.name(), preferences)


@dataclass(frozen=True, slots=True)
class World:
    """The data as arrays. `events` and `preferences` are those before the training day; `rows` is where each
    profile stands; `partners` are the keys of each partner role."""

    profiles: Mapping[str, Profile]
    events: InteractionTable
    table: FeatureTable
    rows: Mapping[str, int]
    attributes: Vocabulary
    space: AttributeSpace
    idf: Float32
    partners: Mapping[Role, Vocabulary]
    deals: Mapping[Role, int]
    """How many deals each partner role has had."""
    preferences: Sequence[Preference] = ()

    def rows_of(self, keys: Sequence[str]) -> Rows:
        """Rows of the table."""
        return np.array([self.rows[key] for key in keys], dtype=np.intp)

    def table_of(self, keys: Sequence[str]) -> FeatureTable:
        """The features of some profiles."""
        return self.table.take(self.rows_of(keys))


def world_of(data: Data, as_of: int) -> World:
    """The world before the day `as_of` (days since 1970-01-01), over every attribute that it knows."""
    profiles = {profile.key: profile for profile in data.profiles}
    attributes = Vocabulary()
    table = featurise(data.profiles, data.texts, attributes)
    events = data.interactions.take(data.interactions.days < as_of)
    partners = {
        role: Vocabulary(profile.key for profile in data.profiles if profile.role is role)
        for role in PARTNER_ROLES
    }
    # contexts of deals name attributes that no profile has: the vocabulary grows here, once for every day
    deals = {
        role: len(deals_of(partners[role], events, profiles, attributes, as_of)) for role in PARTNER_ROLES
    }
    return World(
        profiles=profiles,
        events=events,
        table=dataclasses.replace(table, attributes=widened(table.attributes, len(attributes))),
        rows={profile.key: row for row, profile in enumerate(data.profiles)},
        attributes=attributes,
        space=attribute_space(attributes),
        idf=inverse_document_frequency(table.terms),
        partners=partners,
        deals=deals,
        preferences=[each for each in data.preferences if day_number(each.at.date()) < as_of],
    )
