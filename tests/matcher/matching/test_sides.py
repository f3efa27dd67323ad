import numpy as np
import pytest

from matcher.matching.sides import (
    QUIET,
    knowledge_of,
)
from matcher.model.parameters import Model, untrained_role
from matcher.profiles import Role
from tests.matcher.worlds import checkerboard, investor, snapshot_of


def test_knowledge_has_one_more_row_for_whoever_has_no_history(taught: Model):
    knowledge = knowledge_of(taught.roles[Role.INVESTOR])

    assert len(taught.roles[Role.INVESTOR].partners) == 10
    assert knowledge.chosen.shape[0] == len(knowledge.affinity.base) == len(knowledge.log_activity) == 11
    assert np.isnan(knowledge.log_activity[-1])
    assert knowledge.chosen[[10]].nnz == knowledge.affinity.gains[[10]].nnz == 0


def test_activity_is_measured_against_the_usual_partner(taught: Model):
    part = taught.roles[Role.INVESTOR]

    log_activity = knowledge_of(part).log_activity[:-1]

    assert log_activity.mean() == pytest.approx(0, abs=1e-6)
    assert np.diff(log_activity) == pytest.approx(np.diff(np.log(part.deals + QUIET)), abs=1e-6)


def test_a_role_without_history_is_known_to_be_unknown():
    knowledge = knowledge_of(untrained_role(3))

    assert knowledge.log_activity.shape == (1,)
    assert knowledge.segment_totals.shape == (0,)


def test_partners_find_their_own_history_whatever_the_order(taught: Model):
    people, events = checkerboard()
    shuffled = [investor("i-other"), *reversed(people)]

    usual, other = (snapshot_of(who, events, taught).pools[Role.INVESTOR][0] for who in (people, shuffled))

    for key in usual.keys.terms:
        one, same = (
            pool.sides[Role.INVESTOR].take(pool.keys.rows([key], unknown=-1)) for pool in (usual, other)
        )
        assert one.factors.tobytes() == same.factors.tobytes()
        assert (one.chosen != same.chosen).nnz == 0
        assert one.affinity.base.tobytes() == same.affinity.base.tobytes()
