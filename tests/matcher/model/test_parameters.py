import dataclasses

import pytest

from matcher.model.parameters import UNTRAINED, no_embeddings, untrained, untrained_role
from matcher.profiles import PARTNER_ROLES


def test_the_untrained_model_is_complete_and_knows_nobody():
    model = untrained()

    assert model.version == UNTRAINED
    assert set(model.roles) == set(PARTNER_ROLES)
    assert not model.startups
    for part in model.roles.values():
        assert len(part.partners) == len(part.habits) == len(part.record.deals) == 0
        assert part.record.counts.nnz == part.crowd.chosen.nnz == part.refusals.declined.nnz == 0
        assert len(part.tastes.weights) == len(part.tastes.whitening) == 0


def test_factors_that_say_nothing_have_the_shape_asked_for():
    embeddings = no_embeddings(3, 4)

    assert embeddings.attributes.shape == (3, 4)
    assert embeddings.own.shape == (0, 4)
    assert not embeddings.attributes.any()
    assert not embeddings.attribute_bias.any()


def test_an_untrained_role_has_a_column_for_each_attribute():
    part = untrained_role(7)

    matrices = (part.record.counts, part.crowd.segments, part.refusals.declined, part.refusals.dismissed)
    assert {matrix.shape for matrix in matrices} == {(0, 7)}
    assert len(part.startup_factors.attribute_bias) == 7


def test_a_model_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        untrained().version = "other"
    with pytest.raises(TypeError):
        untrained().roles["mentor"] = untrained_role()
