"""How labels are read after a slip."""

from training.quality.robustness import read_as


def test_a_slip_is_read_as_the_same_as_another_or_as_none_and_unknown_labels_do_not_count() -> None:
    before = [{"industries": "教育;人工智能"}, {"industries": "金融;量子泡沫"}]
    after = [{"industries": "教玉;医疗"}, {"industries": "金;量子泡泡"}]
    assert dict(read_as(before, after)) == {"same": 1, "other": 1, "none": 1}


def test_a_narrower_industry_is_near() -> None:
    assert dict(read_as([{"industries": "金融"}], [{"industries": "金融科技"}])) == {"near": 1}
