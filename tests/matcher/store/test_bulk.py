from matcher.store.bulk import chunks, lists


def test_a_chunk_ends_when_full_or_where_a_key_comes_again() -> None:
    parts = chunks(["a1", "b1", "a2", "c1", "d1", "e1"], key=lambda item: item[0], size=3)
    assert list(parts) == [{"a": "a1", "b": "b1"}, {"a": "a2", "c": "c1", "d": "d1"}, {"e": "e1"}]


def test_nothing_has_no_chunks() -> None:
    assert list(chunks([], key=str)) == list(lists([])) == []


def test_lists_are_full_but_the_last() -> None:
    assert list(lists(range(5), size=2)) == [[0, 1], [2, 3], [4]]
