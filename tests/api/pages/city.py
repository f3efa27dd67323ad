"""Who is there beside the people of `tests.api.world`: profiles of "north" that say enough to be matched.

The startup "lamp" needs equity and a pilot, in AI. Of the mentors "near" fits it best, "far" fits it least,
and "barred" has a conflict of interest with it. "evil" is a mentor whose name and texts are mischief.
"""

from matcher.profiles import Profile, Role
from matcher.store import Store

NORTH = {"organisation": "north"}
EVIL = '<script>alert("1")</script>'
FORMULA = '=HYPERLINK("http://bad.example")'


def city() -> list[Profile]:
    """The profiles."""
    return [
        Profile(
            **NORTH,
            role=Role.STARTUP,
            id="lamp",
            name="灯塔智能有限公司",
            description="为工厂做视觉检测的人工智能软件。",
            industries=("人工智能",),
            region="广东/深圳",
            stage="天使轮",
            needs=("股权融资", "小试中试"),
            raising_amount=15_000_000.0,
            raising_currency="CNY",
        ),
        Profile(
            **NORTH,
            role=Role.MENTOR,
            id="near",
            name="苏近",
            description="做过二十年工厂视觉检测，熟悉人工智能软件的中试。",
            industries=("人工智能",),
            region="广东/深圳",
            stages=("天使轮",),
            offers=("小试中试",),
            capacity=3,
        ),
        Profile(
            **NORTH,
            role=Role.MENTOR,
            id="far",
            name="远之",
            description="Fashion retail in department stores.",
            industries=("农业",),
            region="新疆",
            stages=("C轮",),
            offers=("法律",),
            capacity=3,
        ),
        Profile(**NORTH, role=Role.MENTOR, id="barred", name="避嫌", conflicts=("lamp",), capacity=3),
        Profile(
            **NORTH, role=Role.MENTOR, id="evil", name=EVIL, description=EVIL, tags=(EVIL,), offers=(FORMULA,)
        ),
        Profile(
            **NORTH,
            role=Role.INVESTOR,
            id="fund",
            name="北岸基金",
            kind="基金",
            industries=("人工智能",),
            offers=("股权融资",),
            ticket_min=5_000_000.0,
            ticket_max=120_000_000.0,
            currency="CNY",
        ),
    ]


def populate_city(store: Store) -> None:
    """Put them into the store."""
    store.put_profiles(city())
