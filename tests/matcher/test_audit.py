import hashlib
from dataclasses import replace

import pytest

from matcher.audit import BEFORE_ALL, HASHED, Actor, End, acting, acts, check, hashed

TEXTS = {"organisation": "北方", "caller": "staff", "who": "person:a1", "action": "read", "counts": "{}"}


def line(number: int, previous: str, **other: object) -> tuple[object, ...]:
    values = {**dict.fromkeys(HASHED, ""), **TEXTS, "number": number, "at": 5, "previous": previous, **other}
    told = tuple(values[name] for name in HASHED)
    return (*told, hashed(told))


def chain(length: int) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    for number in range(1, length + 1):
        lines.append(line(number, str(lines[-1][-1]) if lines else BEFORE_ALL))
    return lines


def end(lines: list[tuple[object, ...]]) -> End:
    return End(len(lines), str(lines[-1][-1]))


def test_a_stranger_computes_the_same_hash_from_what_is_written_down():
    text = "12:bole-audit-1,6:北方,1:1,1:5,5:staff,9:person:a1,4:read,0:,0:,0:,2:{},0:,64:" + "0" * 64 + ","
    assert chain(1)[0][-1] == hashlib.sha256(text.encode()).hexdigest()


def test_a_chain_as_it_was_written_is_whole():
    lines = chain(3)
    assert check("北方", lines, end(lines)).broken is None
    assert check("北方", [], End()).broken is None
    assert check("北方", lines[1:], end(lines), after=End(1, str(lines[0][-1]))).broken is None


@pytest.mark.parametrize("place", range(len(HASHED) + 1))
def test_another_value_in_any_column_is_noticed(place: int):
    lines, whole = chain(3), end(chain(3))
    values = list(lines[1])
    values[place] = values[place] + 1 if isinstance(values[place], int) else f"{values[place]} "
    lines[1] = tuple(values)
    assert check("北方", lines, whole).broken == 2


def test_what_is_no_text_any_more_is_noticed():
    lines, whole = chain(2), end(chain(2))
    lines[1] = (*lines[1][:4], b"person:a1", *lines[1][5:])
    assert check("北方", lines, whole).broken == 2


def test_lines_that_are_gone_out_of_order_or_put_behind_are_noticed():
    lines, whole = chain(4), end(chain(4))
    assert check("北方", [*lines[:1], *lines[2:]], whole).broken == 2
    assert check("北方", lines[:3], whole).broken == 4
    assert check("北方", [], whole).broken == 1
    assert check("北方", [lines[0], lines[2], lines[1], lines[3]], whole).broken == 2
    assert check("北方", lines, end(lines[:3])).broken == 4
    assert check("北方", lines, replace(whole, hash=BEFORE_ALL)).broken == 5


def test_a_line_hashed_anew_no_longer_leads_to_the_next():
    lines, whole = chain(3), end(chain(3))
    lines[1] = line(2, str(lines[0][-1]), who="person:b2")
    assert check("北方", lines, whole).broken == 3


def test_who_acts_is_nobody_again_afterwards():
    with acting(Actor("staff", "person:a1")):
        assert acts().who == "person:a1"
    assert acts() == Actor()
    assert not acts().is_somebody
