"""A cohort with people, and results that are known by thought, for tests of match runs."""

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.result import Alternate, LeftOut, Meeting, Origin, Price, Result, Shortage, Summary
from matcher.cohorts.run import Change
from matcher.matching.answers import PairScore, Reason, Warmth
from matcher.profiles import Role
from matcher.store import Store
from tests.matcher.store.samples import NOW, mentor, startup

WEI = Change(by="wei")
MENTORS = Configuration(role=Role.MENTOR)


def spring(store: Store) -> None:
    """The cohort "spring" of north with s1 and s2; north's mentors m1, m2, m3, and m8, shared by south."""
    store.put_profiles([*map(startup, ("s1", "s2")), *map(mentor, ("m1", "m2", "m3"))])
    store.put_profiles([mentor("m8", organisation="south", shared=True)])
    store.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")


def pair(startup_id: str, partner_id: str, score: float = 0.5) -> PairScore:
    return PairScore(
        startup_id=startup_id,
        partner_id=partner_id,
        role=Role.MENTOR,
        score=score,
        p_startup=score / 2,
        p_partner=min(1.0, 2 * score),
        base=0.1,
        reasons=(
            Reason("industry", score - 0.1, {"shared": ("industry:ai", "industry:chips")}, uncertain=True),
        ),
        warmth=Warmth.WARM,
    )


def result(*pairs: tuple[str, str], alternates: tuple[tuple[str, str], ...] = ()) -> Result:
    """A result of these pairs; alternates come in the order given."""
    meetings = tuple(Meeting(pair=pair(*one), origin=Origin.SOLVED, slot="09:00") for one in pairs)
    listed = tuple(
        Alternate(place=1 + [who for who, _ in alternates[:n]].count(one[0]), pair=pair(*one, 0.25))
        for n, one in enumerate(alternates)
    )
    return Result(summary=SUMMARY, meetings=meetings, alternates=listed)


SUMMARY = Summary(
    startups=2,
    partners=4,
    met=1,
    pairs=1,
    total=0.5,
    bound=0.5,
    gap=0.0,
    proved=True,
    worst=0.5,
    gave_way={"startup_min": 1},
    blocking=2,
    candidates=8,
    seconds=0.25,
    model_version="v1",
    prices=(Price(partner_id="m1", places=3, taken=1, first=0, value=0.25),),
    left_out=(LeftOut(startup_id="s2", eligible=3, removed={"conflict": 1}),),
    supply=(Shortage(service="talent", wanted=2, offered=1, places=1, short=1),),
)


def solved_run(store: Store, *pairs: tuple[str, str], alternates: tuple[tuple[str, str], ...] = ()) -> str:
    """A run of the cohort that was solved with these pairs; gives its id."""
    run = store.match_runs.create("north", "spring", MENTORS, WEI).id
    solve(store, run, *pairs, alternates=alternates)
    return run


def solve(
    store: Store, run: str, *pairs: tuple[str, str], alternates: tuple[tuple[str, str], ...] = ()
) -> None:
    _, token = store.match_runs.queue("north", run, WEI)
    store.match_runs.begin(run, token)
    store.match_runs.finish(run, token, result(*pairs, alternates=alternates))


def edit(
    kind: str, startup_id: str, partner_id: str, instead_of: str = "", reason: str = "they know each other"
) -> Edit:
    return Edit(
        kind=EditKind(kind),
        startup_id=startup_id,
        partner_id=partner_id,
        instead_of=instead_of,
        reason=reason,
        by="wei",
        at=NOW,
    )
