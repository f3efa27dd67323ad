"""A small city in which partners have tastes, and 200 of its pairs: enough to try every kind of reason."""

import itertools
import random
from dataclasses import dataclass

from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Profile, Role
from tests.matcher.worlds import event, investor, mentor, startup

FIELDS = {
    "人工智能": "机器视觉 大模型 算法 训练 推理 芯片 智能 识别 标注 数据 平台 团队",
    "医疗器械": "监护仪 影像 手术 机器人 耗材 医院 临床 注册 检测 诊断 康复 团队",
    "新能源": "电池 储能 光伏 氢能 电解槽 充电 逆变器 材料 电站 并网 热管理 团队",
    "AgriTech": "seed irrigation greenhouse drone soil sensor harvest crop farm yield tractor team",
}
PLACES = ("深圳", "上海/浦东", "成都", "USA/CA/San Francisco")
STAGES = ("种子轮", "天使轮", "A轮", "B轮")
SERVICES = ("股权融资", "贷款", "法律", "招聘", "客户与订单", "知识产权")
ASKS = (8e5, 3e6, 2e7)
PAIRS = 200


@dataclass(frozen=True, slots=True)
class City:
    """Who lives there, what has happened, and pairs to look at."""

    people: list[Profile]
    events: list[Interaction]
    pairs: list[tuple[str, str]]


def city(seed: int = 3) -> City:
    """60 startups, 14 mentors and 14 investors, some who say little, and two years of what they did."""
    draw = random.Random(seed)
    startups = [_startup(n, draw) for n in range(60)]
    partners = [_partner(n, draw) for n in range(28)]
    meetings = itertools.product(startups, partners)
    events = [happened for one, other in meetings for happened in _history(one, other, draw)]
    pairs = [(draw.choice(startups).id, draw.choice(partners).id) for _ in range(PAIRS)]
    return City([*startups, *partners], events, pairs)


def _startup(n: int, draw: random.Random) -> Profile:
    field = draw.choice(list(FIELDS))
    told = {
        "description": " ".join(draw.sample(FIELDS[field].split(), 8)),
        "industries": (field,),
        "region": draw.choice(PLACES),
        "stage": draw.choice(STAGES),
        "needs": tuple(draw.sample(SERVICES, draw.randint(1, 3))),
        "raising_amount": draw.choice(ASKS),
    }
    return startup(f"s{n}", **_some_of(told, draw), raising_currency="CNY")


def _partner(n: int, draw: random.Random) -> Profile:
    field = draw.choice(list(FIELDS))
    told = {
        "description": " ".join(draw.sample(FIELDS[field].split(), 8)),
        "industries": (field,),
        "region": draw.choice(PLACES),
        "stages": tuple(draw.sample(STAGES, 2)),
        "offers": tuple(draw.sample(SERVICES, 2)),
    }
    if n % 2:
        return mentor(f"m{n}", **_some_of(told, draw))
    least = draw.choice(ASKS)
    return investor(
        f"i{n}", **_some_of(told, draw), kind="基金", ticket_min=least, ticket_max=9 * least, currency="CNY"
    )


def _some_of(told: dict[str, object], draw: random.Random) -> dict[str, object]:
    """What this one cares to tell."""
    return {name: value for name, value in told.items() if draw.random() < 0.9}


def _history(one: Profile, other: Profile, draw: random.Random) -> list[Interaction]:
    """The more two have in common, the more often the startup asks and the partner agrees."""
    common = (one.industries == other.industries) + (one.region == other.region) + (one.stage in other.stages)
    if draw.random() > 0.06 + 0.2 * common:
        return []
    days_ago, agreed = draw.randint(5, 700), draw.random() < 0.2 + 0.25 * common
    asked = event(one.id, other.id, InteractionType.REQUESTED, days_ago=days_ago + 4)
    if not agreed:
        answer = draw.choice((InteractionType.DECLINED, InteractionType.DISMISSED))
        return [asked, event(one.id, other.id, answer, days_ago=days_ago + 2)]
    taken = InteractionType.INVESTED if other.role is Role.INVESTOR else InteractionType.MENTORED
    accepted = event(one.id, other.id, InteractionType.ACCEPTED, days_ago=days_ago + 2)
    return [asked, accepted] + [event(one.id, other.id, taken, days_ago=days_ago)] * (draw.random() < 0.5)
