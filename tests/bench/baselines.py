"""What a request is held against: bare FAISS over the same vectors, and LightFM over all candidates."""

from collections.abc import Callable

import faiss
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from lightfm import LightFM

from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.matching.pool import blocks_of
from matcher.matching.ranking import Question
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Role

Float32 = npt.NDArray[np.float32]
Search = Callable[[int], object]

EPOCHS = 3
DIMENSIONS = 32
_LIKED = (
    InteractionType.REQUESTED,
    InteractionType.ACCEPTED,
    InteractionType.MET,
    InteractionType.MENTORED,
    InteractionType.INVESTED,
)


def bare_search(snapshot: Snapshot, questions: list[Question], k: int = 10) -> tuple[Search, int]:
    """Exact search for the n-th question among the mentors' own retrieval vectors, and their dimensions."""
    pool, context = snapshot.pools[Role.MENTOR][0], snapshot.context
    space = pool.search[Role.MENTOR]
    vectors = blocks_of(pool.sides[Role.MENTOR], Role.MENTOR, context).times(space.basis)
    queries = np.stack([space.vector(blocks_of(asked.side, Role.MENTOR, context)) for asked in questions])
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return lambda n: index.search(queries[n][None, :], k), vectors.shape[1]


def lightfm_predict(snapshot: Snapshot, events: InteractionTable, rows: list[int]) -> tuple[Search, Search]:
    """All mentors predicted and sorted for the n-th startup of `rows`: with side features, and bare."""
    startups, mentors = snapshot.pools[Role.STARTUP][0], snapshot.pools[Role.MENTOR][0]
    liked = events.take(np.isin(events.types, [TYPES.index(type_) for type_ in _LIKED]))
    liked = liked.take(np.array([key in mentors.keys for key in liked.partners], dtype=bool))
    pairs = startups.keys.rows(liked.startups, unknown=-1), mentors.keys.rows(liked.partners, unknown=-1)
    positives = sp.coo_matrix((np.ones(len(liked), np.float32), pairs), shape=(len(startups), len(mentors)))
    users = _features(startups.sides[Role.MENTOR].attributes)
    items = _features(mentors.sides[Role.MENTOR].attributes)
    return _predictor(positives, users, items, rows), _predictor(positives, None, None, rows)


def _predictor(
    positives: sp.coo_matrix, users: sp.csr_matrix | None, items: sp.csr_matrix | None, rows: list[int]
) -> Search:
    model = LightFM(no_components=DIMENSIONS, loss="warp", random_state=0)
    model.fit(positives, user_features=users, item_features=items, epochs=EPOCHS, num_threads=1)
    every = np.arange(positives.shape[1])

    def search(n: int) -> object:
        scores = model.predict(rows[n], every, user_features=users, item_features=items, num_threads=1)
        return np.argsort(-scores)

    return search


def _features(attributes: sp.csr_matrix) -> sp.csr_matrix:
    """An indicator of its own for each profile, beside its attributes: LightFM's usual hybrid."""
    return sp.hstack([sp.identity(attributes.shape[0], dtype=np.float32), attributes]).tocsr()
