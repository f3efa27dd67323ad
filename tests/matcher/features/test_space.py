import numpy as np
import pytest
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.space import attribute_space
from matcher.vocabulary import Vocabulary

TERMS = ["industry:ai", "stage:early", "stage:angel", "stage:seed", "stage:~own", "industry:~x", "stage:a"]
SPACE = attribute_space(Vocabulary(TERMS))


def row(*terms: str) -> sp.csr_matrix:
    return sp.csr_matrix(np.array([[term in terms for term in TERMS]], dtype=np.float32))


def test_each_column_is_of_one_family():
    industries, stages = SPACE.kinds(Family.INDUSTRY, Family.STAGE)

    assert [term for term, own in zip(TERMS, industries, strict=True) if own] == [
        "industry:ai",
        "industry:~x",
    ]
    assert (stages == ~industries).all()


def test_attributes_are_counted_family_by_family():
    some = row("industry:ai", "industry:~x", "stage:a")

    assert SPACE.counts(some, Family.STAGE, Family.INDUSTRY).tolist() == [[1, 2]]
    assert SPACE.counts(some[:, :1], Family.STAGE, Family.INDUSTRY).tolist() == [[0, 1]]


def test_several_families_may_be_kept_with_a_weight_each():
    weighed = SPACE.weighed(row("industry:ai", "stage:angel"), {Family.INDUSTRY: 2, Family.STAGE: 0.5})

    assert weighed.toarray()[0].tolist() == [2, 0, 0.5, 0, 0, 0, 0]


def test_rows_of_an_older_and_narrower_vocabulary_fit_in():
    narrow = sp.csr_matrix(np.ones((2, 1), dtype=np.float32))

    assert SPACE.weighed(narrow, {Family.INDUSTRY: 3}).toarray()[:, 0].tolist() == [3, 3]
    assert SPACE.stages_of(narrow).tolist() == [[False] * 5] * 2


def test_a_broader_stage_that_a_narrower_implies_is_not_declared():
    assert stages(row("stage:early", "stage:angel")) == ["stage:angel"]
    assert stages(row("stage:early")) == ["stage:early"]
    assert stages(row("stage:early", "stage:seed", "stage:angel")) == ["stage:angel", "stage:seed"]


def stages(rows: sp.csr_matrix) -> list[str]:
    declared = SPACE.stages_of(rows)[0]
    return [TERMS[column] for column, value in zip(SPACE.stage_columns, declared, strict=True) if value]


def test_closeness_is_symmetric_one_with_oneself_and_falls_with_each_step():
    closeness = SPACE.stage_closeness
    early, angel, seed, own, a = range(5)

    assert np.array_equal(closeness, closeness.T, equal_nan=True)
    assert closeness.diagonal().tolist() == [1] * 5
    assert closeness[angel, [seed, a]] == pytest.approx(np.exp([-1, -2]))
    assert closeness[angel, early] == closeness[seed, early] == 1
    assert np.isnan(closeness[own, angel])  # nobody knows how close: never a mismatch


def test_a_vocabulary_without_stages_has_no_closeness():
    space = attribute_space(Vocabulary(["industry:ai"]))

    assert space.stage_closeness.shape == (0, 0)
    assert space.stages_of(sp.csr_matrix(np.ones((3, 1), dtype=np.float32))).shape == (3, 0)
