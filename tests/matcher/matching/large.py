"""A world beyond exhaustive scoring: so many investors that the index chooses the candidates."""

import random
from collections.abc import Sequence

from matcher.interactions import Interaction
from matcher.matching.pool import EXHAUSTIVE
from matcher.profiles import Profile
from tests.matcher.worlds import event, investor, startup

TOPICS = tuple(f"topic{n}" for n in range(24))
CITIES = ("深圳", "广州", "北京", "上海", "杭州", "成都")
STAGES = ("seed", "angel", "pre-a", "a", "b", "c")
SERVICES = ("股权融资", "贷款", "法律", "知识产权", "人才招聘")


def large_world(startups: int = 60) -> tuple[list[Profile], list[Interaction]]:
    """Everybody is about a topic, in a city, at some stages; startups chose investors of their topic."""
    rng = random.Random(0)
    investors = [_investor(rng, n) for n in range(EXHAUSTIVE + 500)]
    asking = [_startup(rng, n) for n in range(startups)]
    by_topic = {topic: [i.id for i in investors if topic in i.industries] for topic in TOPICS}
    events = [
        event(one.id, partner, days_ago=rng.randint(1, 900))
        for one in asking[: startups // 2]
        for partner in rng.sample(by_topic[one.industries[0]], 4)
    ]
    return [*asking, *investors], events


def _startup(rng: random.Random, number: int) -> Profile:
    topic = rng.choice(TOPICS)
    return startup(
        f"s{number}",
        industries=(topic,),
        description=_text(rng, [topic]),
        region=rng.choice(CITIES),
        stage=rng.choice(STAGES),
        needs=tuple(rng.sample(SERVICES, 2)),
        raising_amount=10 ** rng.uniform(5, 8),
    )


def _investor(rng: random.Random, number: int) -> Profile:
    topics = rng.sample(TOPICS, rng.randint(1, 4))
    return investor(
        f"i{number:04}",
        industries=tuple(topics),
        description=_text(rng, topics) if rng.random() < 0.8 else "",
        region=rng.choice(CITIES),
        stages=tuple(rng.sample(STAGES, rng.randint(1, 3))),
        offers=tuple(rng.sample(SERVICES, rng.randint(0, 3))),
        ticket_max=rng.choice((None, 10 ** rng.uniform(5, 8))),
    )


def _text(rng: random.Random, topics: Sequence[str]) -> str:
    return " ".join(f"{rng.choice(topics)}word{int(rng.triangular(0, 30, 0))}" for _ in range(25))
