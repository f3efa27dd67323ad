"""A slip in a panel's form is told beside its field, in words, and nothing of it is kept."""

import re
from dataclasses import replace
from datetime import date

import pytest

from matcher.cohorts.run import Change
from matcher.store import Store
from tests.api.pages.panels.test_day import sent, version
from tests.api.pages.visitor import Visitor

WRONG = [
    ("cap", "$50k", "USD", {"cap": "$50k"}),
    ("application_asked", "€9万", "EUR", {"application_asked": ["19万", "€9万"]}),
    ("due", "2026-02-27", "早于今天", {"due": "2026-02-27"}),
    ("criterion_weight", "much", "1 到 1000", {"criterion_weight": ["much", "1", ""]}),
    ("quorum", "3", "评审人数", {"quorum": "3"}),
    ("currency", "元", "CNY", {"currency": "元"}),
]


def beside(text: str, name: str, value: str) -> str:
    """What stands beside the field of this name and value."""
    found = re.search(
        rf'name="{name}" value="{re.escape(value)}"[^>]*aria-describedby="mistake"[^>]*>'
        r'<small class="bad" id="mistake">([^<]*)',
        text,
    )
    return found[1] if found else ""


@pytest.mark.parametrize(("name", "value", "told", "changes"), WRONG, ids=[each[0] for each in WRONG])
def test_the_rule_stands_beside_the_field(
    staff: Visitor, store: Store, name: str, value: str, told: str, changes: dict[str, object]
):
    answer = sent(staff, **changes)
    assert answer.status_code == 422
    assert told in beside(answer.text, name, value)
    assert "settings." not in answer.text
    assert "seed" not in [panel.id for panel in store.panels.all("north")]


def test_a_weight_may_be_a_percentage_and_an_amount_may_name_the_panels_currency(
    staff: Visitor, store: Store
):
    made = sent(staff, criterion_weight=["60%", "40％", ""], cap="$50k", currency="USD", due="2026-03-01")
    assert made.status_code == 303
    settings = store.panels.get("north", "seed").settings
    assert [each.weight for each in settings.criteria] == [60, 40]
    assert (settings.cap, settings.currency) == (50_000, "USD")


def test_a_last_day_that_came_meanwhile_may_stay(staff: Visitor, store: Store):
    sent(staff)
    settings = replace(store.panels.get("north", "seed").settings, due=date(2026, 2, 1))
    store.panels.change("north", "seed", Change(by="staff"), settings=settings)
    kept = sent(staff, "/panels/seed/setup", due="2026-02-01", version=version(store))
    assert kept.status_code == 303
    assert sent(staff, "/panels/seed/setup", due="2026-02-02", version=version(store)).status_code == 422
