"""The charts of the report: from the record to shapes, each with what it tells in words."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from matcher.matching.phrases import Language
from training.weekly.record import Exposure, Lists, PastRun, Quality, Said, Week, WeeklyRecord
from training.weekly.report import columns as upright
from training.weekly.report import intervals, squares
from training.weekly.report.columns import Column
from training.weekly.report.lines import Line, lines
from training.weekly.report.numbers import count, counted, decimal, month, share, short_day, signed

_APART = 3
"""Columns from one month's name to the next, at least."""
_KINDS = (("live", "live"), ("candidate", "own"))
"""Models that have a colour of their own; the candidate lies on top."""


def weekly_events(weeks: Sequence[Week], language: Language) -> Markup:
    """Interactions of each week, deals among them dark."""
    labels = _months([week.week for week in weeks], language)
    given = [
        Column(week.interactions, label, week.deals, _week(week, language))
        for week, label in zip(weeks, labels, strict=True)
    ]
    return upright.columns(given, _weeks(weeks, language), lambda value: count(value, language))


def overlaps(lists: Lists, language: Language) -> Markup:
    """How many lists kept 0, 1 … 10 partners."""
    zh = language == "zh"
    given = [
        Column(number, str(kept), number, f"{kept}: {count(number, language)}")
        for kept, number in enumerate(lists.histogram)
    ]
    told = "，".join(f"{kept} 位：{number} 份" for kept, number in enumerate(lists.histogram) if number)
    said = ", ".join(f"{kept}: {number}" for kept, number in enumerate(lists.histogram) if number)
    words = (
        f"前十名中保留的位数与清单份数。{told}" if zh else f"Partners kept of ten, and how many lists. {said}"
    )
    return upright.columns(given, words, lambda value: count(value, language))


def measured_runs(record: WeeklyRecord, role: str) -> list[PastRun]:
    """The runs that judged the role, the oldest first and this one last."""
    quality = record.quality.get(role)
    now = [_this_run(record, role, quality)] if quality else []
    return [run for run in (*record.history, *now) if role in run.ndcg]


def learning(runs: Sequence[PastRun], role: str, language: Language) -> Markup:
    """nDCG of each run's candidate and of the live model beside it; rings did not go live."""
    candidate = Line(
        "own",
        tuple((at, run.ndcg[role]) for at, run in enumerate(runs)),
        tuple(run.outcome != "promoted" for run in runs),
    )
    live = Line(
        "live", tuple((at, run.live_ndcg[role]) for at, run in enumerate(runs) if role in run.live_ndcg)
    )
    days = [short_day(run.at, language) for run in runs]
    drawn = [line for line in (live, candidate) if line.points]
    return lines(drawn, days, _learned(runs, role, language), decimal)


def spoken(by_model: Mapping[str, Sequence[Said]]) -> list[tuple[str, str]]:
    """The models to draw with their colours, the candidate last, so that it lies on top."""
    rivals = _KINDS[:1] if by_model.get("live") else [("profiles", "other")]
    return [(model, kind) for model, kind in (*rivals, *_KINDS[1:]) if by_model.get(model)]


def reliability(by_model: Mapping[str, Sequence[Said]], language: Language) -> Markup:
    """What was said against what happened."""
    drawn = [(kind, by_model[model]) for model, kind in spoken(by_model)]
    points = "; ".join(f"{share(one.said)} → {share(one.happened)}" for one in drawn[-1][1] if drawn)
    told = "预测概率与实际发生的比例：" if language == "zh" else "Probability said and share that happened: "
    return squares.reliability(drawn, told + points)


def lorenz(exposure: Exposure, language: Language) -> Markup:
    """How evenly lists show the partners, before and after."""
    given = (("live", exposure.lorenz_before), ("own", exposure.lorenz_after))
    figures = f"{decimal(exposure.gini_before, 2)} → {decimal(exposure.gini_after, 2)}"
    words = (
        f"曝光的洛伦兹曲线。基尼系数 {figures}"
        if language == "zh"
        else f"Lorenz curves of exposure. Gini {figures}"
    )
    return squares.lorenz([(kind, curve) for kind, curve in given if curve], words)


def difference(quality: Quality, margin: float | None, language: Language) -> Markup:
    """The candidate less the live model, with its interval."""
    between = quality.difference
    assert between is not None
    low, high, mean = signed(between.low), signed(between.high), signed(between.mean)
    words = (
        f"新模型减现用模型：{mean}，95% 区间 {low} 至 {high}"
        if language == "zh"
        else f"New less live: {mean}, 95% interval {low} to {high}"
    )
    return intervals.difference(between, margin, words)


def _this_run(record: WeeklyRecord, role: str, quality: Quality) -> PastRun:
    figures = {name: one.ndcg for name, one in quality.models.items()}
    return PastRun(
        run=record.run,
        at=record.started_at,
        outcome=record.outcome,
        version=record.candidate,
        ndcg={role: figures["candidate"]} if "candidate" in figures else {},
        live_ndcg={role: figures["live"]} if "live" in figures else {},
    )


def _months(weeks: Sequence[str], language: Language) -> list[str]:
    """The month at the first week of each; "" elsewhere, and where the name before stands too near."""
    found: list[str] = []
    last = -_APART
    for at, week in enumerate(weeks):
        new = at == 0 or week[:7] != weeks[at - 1][:7]
        found.append(month(week, language) if new and at - last >= _APART else "")
        last = at if found[-1] else last
    return found


def _week(week: Week, language: Language) -> str:
    start = short_day(week.week, language)
    if language == "zh":
        events, deals = counted(week.interactions, "条"), counted(week.deals, "条")
        return f"{start}起一周：{events}互动，其中 {deals}为积极互动，{counted(week.profiles, '方')}参与"
    events, deals = count(week.interactions, "en"), count(week.deals, "en")
    return f"Week of {start}: {events} interactions, {deals} of them positive; {week.profiles} took part"


def _weeks(weeks: Sequence[Week], language: Language) -> str:
    most, latest = max(weeks, key=lambda week: week.interactions), weeks[-1]
    high, last = _week(most, language), _week(latest, language)
    if language == "zh":
        return f"最近 {len(weeks)} 周的互动。最多：{high}。最近：{last}"
    return f"Interactions of {len(weeks)} weeks. Most: {high}. Latest: {last}"


def _learned(runs: Sequence[PastRun], role: str, language: Language) -> str:
    first, last = runs[0], runs[-1]
    ends = f"{decimal(first.ndcg[role])} → {decimal(last.ndcg[role])}"
    days = [short_day(run.at, language) for run in (first, last)]
    if language == "zh":
        return f"{len(runs)} 次运行中新模型的 nDCG@10，{days[0]}至{days[1]}：{ends}"
    return f"nDCG@10 of the new model over {len(runs)} runs, {days[0]} to {days[1]}: {ends}"
