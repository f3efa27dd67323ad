"""The right answers of the invented task."""

from training.quality.invented import best_partners


def _row(partner: str, p_startup: float, p_partner: float) -> dict[str, str]:
    return {
        "startup_id": "s",
        "partner_id": partner,
        "p_startup": str(p_startup),
        "p_partner": str(p_partner),
    }


def test_both_sides_must_want_the_pair_for_it_to_be_among_the_best() -> None:
    rows = [_row("one-sided", 0.9, 0.1), _row("mutual", 0.5, 0.5), _row("dull", 0.1, 0.1)]

    assert best_partners(rows) == {"s": ["mutual", "one-sided", "dull"]}


def test_ten_partners_are_the_answer() -> None:
    rows = [_row(f"p{number:02}", 0.5 + number / 100, 0.5) for number in range(12)]

    assert best_partners(rows) == {"s": [f"p{number:02}" for number in range(11, 1, -1)]}
