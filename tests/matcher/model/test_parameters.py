import dataclasses

import pytest

from matcher.model.parameters import UNTRAINED, no_embeddings, untrained, untrained_role
from matcher.profiles import PARTNER_ROLES


def test_the_untrained_model_is_complete_and_knows_nobody():
    model = untrained()

    assert model.version == UNTRAINED
    assert set(model.roles) == set(PARTNER_ROLES)
    assert all(len(part.partners) == part.counts.nnz == part.chosen.nnz == 0 for part in model.roles.values())
    assert not model.startups


def test_factors_that_say_nothing_have_the_shape_asked_for():
    embeddings = no_embeddings(3, 4)

    assert embeddings.attributes.shape == (3, 4)
    assert embeddings.own.shape == (0, 4)
    assert not embeddings.attributes.any()
    assert not embeddings.attribute_bias.any()


def test_an_untrained_role_has_a_column_for_each_attribute():
    part = untrained_role(7)

    assert part.counts.shape == part.segments.shape == (0, 7)
    assert len(part.startup_factors.attribute_bias) == 7


def test_a_model_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        untrained().version = "other"
    with pytest.raises(TypeError):
        untrained().roles["mentor"] = untrained_role()
