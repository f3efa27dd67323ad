"""A week that might have been: a record with everything in it, of invented people; one seed, one week."""

import datetime as dt
from random import Random

from training.weekly.findings import Finding, Severity
from training.weekly.record import (
    DataRead,
    Difference,
    Exposure,
    Figures,
    Lists,
    Mover,
    Need,
    PastRun,
    Quality,
    Said,
    ShownPartner,
    Step,
    Supply,
    Told,
    Week,
    WeeklyRecord,
)

STARTED = dt.datetime(2026, 11, 22, 3, tzinfo=dt.timezone(dt.timedelta(hours=8)))
FAMILIES, GIVEN = "顾沈陆谢裴祁闵纪卫岑", "望舒 之衡 若谷 明远 清和 知微 景行 听澜 怀瑾 修远".split()
WORKS = "灯塔视觉 青松储能 蓝窑材料 云栖传感 北辰制药 长河算力 拾光教育 鹿野农业 星槎航天 白露医疗".split()
FUNDS = ["北岸资本", "长风创投", "启明种子基金", "湖畔天使", "Harbour Growth Partners", "远山产业基金"]
REASONS = (
    Told("投过 6 家人工智能企业，最近一次 3 周前", "has invested in 6 AI startups, the last one 3 weeks ago"),
    Told("能提供所需的小试中试", "offers the pilot production that is wanted"),
    Told("同在广东/深圳", "both in Guangdong/Shenzhen"),
    Told("双方介绍都提到视觉检测", "both texts speak of visual inspection"),
)
NEEDS = (
    ("proof", "概念验证", "Proof of concept", 41, 0),
    ("pilot", "小试中试", "Pilot production", 37, 2),
    ("compute", "算力、模型与数据", "Computing power, models and data", 52, 5),
    ("scenario", "应用场景", "Application scenarios", 64, 11),
    ("ip", "知识产权", "Intellectual property", 23, 9),
    ("abroad", "国际合作与出海", "International", 18, 9),
    ("loan", "债权融资", "Loans", 47, 31),
    ("equity", "股权融资", "Equity", 118, 96),
)


def a_week(seed: int = 7) -> WeeklyRecord:
    """A run that promoted its candidate: better for mentors, as good for investors."""
    random = Random(seed)
    return WeeklyRecord(
        run="20261121T190000Z-3f9a",
        started_at=STARTED.isoformat(),
        finished_at=(STARTED + dt.timedelta(minutes=11, seconds=42)).isoformat(),
        outcome="promoted",
        live_before="20261114T190412Z",
        candidate="20261121T190733Z",
        live_after="20261121T190733Z",
        data=_data(random),
        checks=CHECKS,
        gate=GATE,
        quality={"mentor": _mentors(), "investor": _investors()},
        calibration={role: _calibration(random) for role in ("mentor", "investor")},
        history=tuple(_history(random)),
        lists={"mentor": _lists(random, _people()), "investor": _lists(random, FUNDS)},
        exposure={"mentor": _exposure(random, _people()), "investor": _exposure(random, FUNDS)},
        supply=Supply(tuple(Need(*need) for need in NEEDS)),
        steps=STEPS,
        settings=SETTINGS,
    )


def _data(random: Random) -> DataRead:
    first = dt.date(2026, 5, 24)
    weeks = [
        Week(
            week=(first + dt.timedelta(weeks=at)).isoformat(),
            interactions=(events := round(random.gauss(1900 + 24 * at, 220) * (0.35 if at == 19 else 1))),
            deals=round(events * random.uniform(0.12, 0.2)),
            profiles=round(events * random.uniform(0.2, 0.3)),
        )
        for at in range(26)
    ]
    return DataRead(
        profiles={"startup": 12_480, "mentor": 1_036, "investor": 312},
        interactions=128_904,
        new_interactions=weeks[-1].interactions,
        days=("2024-01-08", "2026-11-21"),
        by_week=tuple(weeks),
    )


def _mentors() -> Quality:
    models = {
        "candidate": Figures(0.231, 0.214, 0.248, 0.352, 0.498, 0.273, 0.812, 0.41, 0.021),
        "live": Figures(0.214, 0.197, 0.231, 0.331, 0.471, 0.251, 0.804, 0.43, 0.024),
        "profiles": Figures(0.172, 0.158, 0.187, 0.281, 0.402, 0.203, 0.871, 0.36, 0.058),
        "lightfm": Figures(0.149, 0.135, 0.163, 0.24, 0.355, 0.177, 0.402, 0.69),
        "popularity": Figures(0.081, 0.071, 0.092, 0.15, 0.223, 0.094, 0.031, 0.96),
    }
    return Quality(1_204, models, Difference(0.017, 0.006, 0.028))


def _investors() -> Quality:
    models = {
        "candidate": Figures(0.168, 0.149, 0.188, 0.29, 0.388, 0.191, 0.701, 0.52, 0.018),
        "live": Figures(0.166, 0.147, 0.186, 0.287, 0.384, 0.189, 0.707, 0.51, 0.017),
        "profiles": Figures(0.121, 0.106, 0.137, 0.22, 0.301, 0.142, 0.79, 0.44, 0.049),
        "lightfm": Figures(0.117, 0.102, 0.133, 0.209, 0.287, 0.139, 0.311, 0.74),
        "popularity": Figures(0.066, 0.054, 0.078, 0.131, 0.19, 0.079, 0.042, 0.95),
    }
    return Quality(612, models, Difference(0.002, -0.008, 0.012))


def _calibration(random: Random) -> dict[str, tuple[Said, ...]]:
    def bins(off: float) -> tuple[Said, ...]:
        said = [0.01, 0.03, 0.06, 0.1, 0.15, 0.21, 0.28, 0.37, 0.48]
        found = [(one, max(one * (1 + off) + random.gauss(0, 0.012), 0.0)) for one in said]
        return tuple(
            Said(
                one,
                happened,
                round(9_000 * 0.5**at) + 30,
                max(happened - 0.01 - at / 150, 0.0),
                happened + 0.01 + at / 150,
            )
            for at, (one, happened) in enumerate(found)
        )

    return {"candidate": bins(-0.04), "live": bins(-0.15)}


def _history(random: Random) -> list[PastRun]:
    outcomes = [
        "promoted",
        "promoted",
        "rejected",
        "promoted",
        "kept",
        "promoted",
        "promoted",
        "rejected",
        "promoted",
        "promoted",
    ]
    mentor, investor, found = 0.172, 0.121, []
    for at, outcome in enumerate(outcomes):
        day = STARTED - dt.timedelta(weeks=len(outcomes) - at)
        new = (mentor + random.gauss(0.005, 0.005), investor + random.gauss(0.005, 0.005))
        if outcome == "rejected":
            new = (mentor - 0.02, investor - 0.014)
        found.append(
            PastRun(
                run=f"{day:%Y%m%dT%H%M%SZ}-{at:04x}",
                at=day.isoformat(),
                outcome=outcome,
                version=f"{day:%Y%m%dT%H%M%SZ}",
                ndcg={"mentor": new[0], "investor": new[1]},
                live_ndcg={"mentor": mentor, "investor": investor},
            )
        )
        if outcome == "promoted":
            mentor, investor = new
    return found


def _lists(random: Random, partners: list[str]) -> Lists:
    counts = [0, 0, 1, 4, 9, 21, 38, 61, 84, 57, 25]
    movers = [
        Mover(
            query=f"QY-{at:03}",
            name=random.choice(WORKS) + "科技有限公司",
            partner=f"P-{at:03}",
            partner_name=random.choice(partners),
            before=(places := random.choice([(None, 1), (9, 2), (10, 3), (8, 1), (2, 9), (None, 4)]))[0],
            after=places[1],
            reasons=tuple(random.sample(REASONS, 2)),
        )
        for at in range(8)
    ]
    return Lists(
        sum(at * one for at, one in enumerate(counts)) / sum(counts) / 10, tuple(counts), tuple(movers)
    )


def _exposure(random: Random, partners: list[str]) -> Exposure:
    shown = sorted((random.randint(20, 90) for _ in partners[:10]), reverse=True)
    most = [
        ShownPartner(f"demo:P-{at}", name, after + random.randint(-6, 25), after)
        for at, (name, after) in enumerate(zip(partners, shown, strict=False))
    ]
    before, after = (tuple((at / 50) ** power for at in range(51)) for power in (2.7, 2.3))
    return Exposure(0.43, 0.41, tuple(most), 127, before, after)


def _people() -> list[str]:
    return [family + given for family, given in zip(FAMILIES, GIVEN, strict=True)]


def _finding(code: str, severity: Severity, **facts: object) -> Finding:
    return Finding(code, severity, facts)


CHECKS = (
    _finding("profiles_ok", Severity.OK, counts={"startup": 12_480, "mentor": 1_036, "investor": 312}),
    _finding("dates_in_future", Severity.WARNING, interactions=12, share=0.004, last="2027-11-02"),
    _finding("volume_ok", Severity.OK, interactions=2_431, weeks=26, usual=2_208),
    _finding("texts_ok", Severity.OK, profiles=13_604),
    _finding(
        "labels_unknown",
        Severity.NOTE,
        role="startup",
        field="industries",
        share=0.061,
        labels=1_380,
        of=22_614,
        example="量子点显示胶",
    ),
    _finding(
        "partner_dominates",
        Severity.WARNING,
        key="demo:P-007",
        name="纪听澜",
        interactions=612,
        share=0.23,
        before=0.05,
        among="all",
    ),
)
GATE = (
    _finding(
        "quality_better",
        Severity.OK,
        role="mentor",
        queries=1_204,
        mean=0.017,
        low=0.006,
        high=0.028,
        margin=0.01,
    ),
    _finding(
        "quality_same",
        Severity.OK,
        role="investor",
        queries=612,
        mean=0.002,
        low=-0.008,
        high=0.012,
        margin=0.01,
    ),
    _finding("probes_ok", Severity.OK, passed=52, of=64, least=0.6, examples=["青松储能 × 纪听澜"]),
    _finding("bounds_ok", Severity.OK, milliseconds=4.2, mebibytes=18.4),
)
STEPS = (
    Step("check", 4.1, 612.0),
    Step("encode", 38.2, 934.0),
    Step("fit", 372.4, 2_811.0),
    Step("rehearse", 190.9, 2_644.0),
    Step("evaluate", 88.0, 1_902.0),
    Step("gate", 3.4, 1_420.0),
    Step("promote", 0.3, 1_402.0),
    Step("report", 4.7, 1_431.0),
)
SETTINGS: dict[str, object] = {
    "gate": {"margin": 0.01, "holdout_days": 91, "least_queries": 20, "when_unsure": "promote"},
    "checks": {"weeks": 26, "low_warning_share": 0.3},
    "keep": 8,
    "seed": 0,
}
