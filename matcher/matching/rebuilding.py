"""The same profiles under another model, or in fewer pools: nothing is read and no text is encoded.

What profiles say (text vectors, term counts, names, amounts) is shared with the snapshot there was; made
anew are the columns of attributes, the sides, the projections and the indexes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from matcher.encoding.encoder import Encoder
from matcher.features.space import attribute_space
from matcher.features.table import in_columns
from matcher.matching.joining import joined
from matcher.matching.pool import Float32, Pool, PoolContext, made_ready
from matcher.matching.sides import Knowledge, knowledge_of
from matcher.matching.snapshot import Snapshot, refuse_other_encoder
from matcher.model.parameters import Model
from matcher.profiles import Role
from matcher.text.terms import inverse_document_frequency
from matcher.vocabulary import Rows, Vocabulary


def rebuilt(snapshot: Snapshot, model: Model, encoder: Encoder) -> Snapshot:
    """The snapshot of the same profiles at the same revision under `model` (its own, or another), the fresh
    pools folded into the large ones.

    Raises:
        UnusableModel: the model was trained on another encoder's vectors.
    """
    refuse_other_encoder(model, encoder)
    pools = {role: joined(several) for role, several in snapshot.pools.items()}
    attributes = _attributes_under(model, snapshot.attributes, pools.values())
    columns = attributes.rows(snapshot.attributes.terms, unknown=-1)
    pools = {role: _in_columns(pool, columns, len(attributes)) for role, pool in pools.items()}
    context = _context(snapshot, model, attributes, pools.values())
    whole = {role: (made_ready(pool, role, context),) for role, pool in pools.items()}
    return replace(snapshot, model=model, attributes=attributes, context=context, pools=whole)


def _attributes_under(model: Model, known: Vocabulary, pools: Iterable[Pool]) -> Vocabulary:
    """The model's attributes, then the others that some profile has."""
    used = np.zeros(len(known), dtype=bool)
    for pool in pools:
        used[pool.table.attributes.indices] = True
    attributes = Vocabulary(model.attributes)
    attributes.extend(known.terms[column] for column in np.flatnonzero(used).tolist())
    return attributes


def _in_columns(pool: Pool, columns: Rows, width: int) -> Pool:
    """The pool with its attributes where the new model has them; as it is where they are there already."""
    used = pool.table.attributes.indices
    if pool.table.attributes.shape[1] == width and np.array_equal(columns[used], used):
        return pool
    return replace(pool, table=in_columns(pool.table, columns, width))


def _context(snapshot: Snapshot, model: Model, attributes: Vocabulary, pools: Iterable[Pool]) -> PoolContext:
    same = model.version == snapshot.model.version
    return replace(
        snapshot.context,
        space=attribute_space(attributes),
        idf=_counted_idf(pools) if model.idf is None else model.idf,
        knowledge=snapshot.context.knowledge if same else _knowledge(model),
    )


def _knowledge(model: Model) -> Mapping[Role, Knowledge]:
    return {role: knowledge_of(part) for role, part in model.roles.items()}


def _counted_idf(pools: Iterable[Pool]) -> Float32:
    return inverse_document_frequency(sp.vstack([pool.table.terms for pool in pools], format="csr"))
