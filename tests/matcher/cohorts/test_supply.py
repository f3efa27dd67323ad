"""What a cohort needs and the pool cannot give."""

import numpy as np

from matcher.cohorts.result import Shortage
from matcher.cohorts.supply import shortages
from matcher.cohorts.wording import shortage_sentence
from matcher.profiles import Status
from tests.matcher.worlds import mentor, startup

STARTUPS = [startup(f"s{n}", needs=("法律", "招聘")) for n in range(3)] + [
    startup("s8", needs=("法律",), status=Status.PAUSED),
    startup("s9", needs=("量子点检测",)),
]


def test_what_more_startups_need_than_there_are_places_is_short_the_worst_first() -> None:
    partners = [
        mentor("m1", offers=("法律",)),
        mentor("m2", offers=("法律",)),
        mentor("m3", offers=("招聘",)),
    ]
    found = shortages(STARTUPS, partners, np.array([1, 1, 5]))
    assert found == (
        Shortage(service="legal", wanted=3, offered=2, places=2, short=1),
        Shortage(service="~量子点检测", wanted=1, offered=0, places=0, short=1),
    )
    assert [shortage_sentence(each, "zh") for each in found] == [
        "3 家企业需要“法律”，2 位伙伴提供，共 2 个名额，还差 1 个",
        "1 家企业需要“量子点检测”，没有伙伴提供",
    ]
    assert (
        shortage_sentence(found[0], "en")
        == "3 startups need Legal; 2 partners offer it, 2 places left: 1 short"
    )
    assert shortage_sentence(found[1], "en") == "1 startup needs 量子点检测; nobody offers it"


def test_a_partner_that_is_paused_offers_nothing() -> None:
    partners = [mentor("m1", offers=("法律", "招聘"), status=Status.PAUSED)]
    found = shortages(STARTUPS, partners, np.array([9]))
    assert {each.service: each.offered for each in found} == {
        "legal": 0,
        "talent.recruiting": 0,
        "~量子点检测": 0,
    }


def test_where_there_is_enough_nothing_is_short() -> None:
    assert shortages(STARTUPS[:3], [mentor("m1", offers=("法律", "招聘"))], np.array([3])) == ()
