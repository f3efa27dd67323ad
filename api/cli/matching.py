"""`bole match`: match lists from the live model, or from profiles alone."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from api.bulk.chunks import CHUNK, Order
from api.cli.bulk import Target, write_all
from api.cli.lists import echo_lists, write_rows
from api.cli.progress import progress
from api.cli.references import identified
from api.cli.tables import rows_of
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from api.match_tables import MATCH_COLUMNS, NAME_COLUMNS, match_rows
from matcher.matching.answers import Filters, MatchList
from matcher.matching.wording import Language
from matcher.profiles import Role

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a match command asks for, beside whose lists."""

    organisation: str
    role: Role | None
    k: int
    filters: Filters
    spread: bool


def _filter_options(command: click.decorators.FC) -> click.decorators.FC:
    for name in ("tag", "language", "offer", "stage", "region", "industry"):
        command = click.option(
            f"--{name}", f"must_{name}", multiple=True, help=f"Must-have {name}; repeat for any of several."
        )(command)
    return command


@click.command()
@click.option("--startup", multiple=True, help="A startup (id or name) whose list is wanted; repeatable.")
@click.option(
    "--startups",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV with a startup_id column.",
)
@click.option("--partner", multiple=True, help="A partner (id or name) who looks for startups; repeatable.")
@click.option("--all", "everyone", is_flag=True, help="Every active startup of the organisation.")
@click.option(
    "--by-organisation",
    is_flag=True,
    help="With --all: every organisation's startups, a file for each in the folder --out.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "xlsx"]),
    default="xlsx",
    show_default=True,
    help="With --by-organisation: kind of the files.",
)
@click.option(
    "--chunk",
    type=click.IntRange(1, 10_000),
    default=CHUNK,
    show_default=True,
    help="With --all --out: so many lists are answered and kept together.",
)
@click.option(
    "--scheduler", default="", help="With --all --out: a Dask cluster that answers (tcp://host:port)."
)
@click.option(
    "--record",
    is_flag=True,
    help="With --all, and with or without --out: put the lists on record as shown, for the reports.",
)
@click.option(
    "--role", type=click.Choice(["mentor", "investor", "partner", "startup"]), help="What to look for."
)
@click.option("--k", type=click.IntRange(1, 1000), default=10, show_default=True, help="Length of each list.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="FILE.csv or FILE.xlsx, or a folder; default: standard output.",
)
@click.option(
    "--spread",
    is_flag=True,
    help="Spread exposure: those shown to everyone make room for some shown little, nearly as good.",
)
@click.option("--names", is_flag=True, help="Add the columns startup_name and partner_name.")
@_filter_options
@organisation_option
@language_option
@with_workplace
def match(
    place: Workplace,
    /,
    *,
    startup: Sequence[str],
    startups: Path | None,
    partner: Sequence[str],
    everyone: bool,
    by_organisation: bool,
    kind: str,
    chunk: int,
    scheduler: str,
    record: bool,
    role: str | None,
    k: int,
    out: Path | None,
    names: bool,
    spread: bool,
    organisation: str,
    language: Language,
    **must_have: Sequence[str],
) -> None:
    """Write match lists: partners for startups, or startups for partners (--partner).

    With --all --out, what is done is kept in a folder beside the output (.part) until all is: where the
    command was stopped, the same command goes on there, unless model, data or day have changed.
    """
    if sum(map(bool, (startup, startups, partner, everyone))) != 1:
        raise click.UsageError("give exactly one of --startup, --startups, --partner and --all")
    bulk = everyone and (out is not None or record)
    if not bulk and (by_organisation or scheduler or record):
        raise click.UsageError("--by-organisation, --scheduler and --record go with --all and --out")
    queries = [
        *(identified(place.store, organisation, reference) for reference in (*startup, *partner)),
        *(_ids_in(startups) if startups else ()),
        *(_active(place, organisation) if everyone and not bulk else ()),
    ]
    asked = Asked(organisation, _wanted(role, for_partner=bool(partner)), k, _filters(must_have), spread)
    if bulk:
        order = Order(asked.role, k, asked.filters, spread, language, names)
        folder = out or place.settings.home / "lists"
        target = Target(folder, kind if by_organisation else "", chunk, out is not None, record)
        organisations = place.store.organisations() if by_organisation else [organisation]
        write_all(place, organisations, order, target, scheduler)
        return
    lists = _lists(place, queries, asked)
    if out is None and sys.stdout.isatty():
        echo_lists(lists, language)
    else:
        named = _named(place, organisation) if names else None
        columns = (*MATCH_COLUMNS, *(NAME_COLUMNS if names else ()))
        write_rows(out, columns, (row for answer in lists for row in match_rows(answer, language, named)))


def _lists(place: Workplace, queries: Sequence[str], asked: Asked) -> list[MatchList]:
    with progress("encode", "texts") as advance:
        service = place.matches(advance)
        service.refresh()
    lists: list[MatchList] = []
    with progress("match", "lists") as advance:
        for start in range(0, len(queries), _BATCH):
            batch = queries[start : start + _BATCH]
            lists += service.match(
                asked.organisation,
                batch,
                role=asked.role,
                k=asked.k,
                filters=asked.filters,
                spread=asked.spread,
            )
            advance(len(batch))
    return lists


def _wanted(role: str | None, *, for_partner: bool) -> Role | None:
    if for_partner:
        if role not in (None, "startup"):
            raise click.UsageError("a partner's list is of --role startup")
        return Role.STARTUP
    if role is None:
        raise click.UsageError("--role is needed: mentor, investor or partner")
    return None if role == "partner" else Role(role)


def _filters(must_have: dict[str, Sequence[str]]) -> Filters:
    return Filters(
        industries=tuple(must_have["must_industry"]),
        regions=tuple(must_have["must_region"]),
        stages=tuple(must_have["must_stage"]),
        offers=tuple(must_have["must_offer"]),
        languages=tuple(must_have["must_language"]),
        tags=tuple(must_have["must_tag"]),
    )


def _named(place: Workplace, organisation: str) -> dict[str, str]:
    return {profile.id: profile.name for profile in place.store.profiles(organisation)}


def _active(place: Workplace, organisation: str) -> list[str]:
    profiles = place.store.profiles(organisation, roles=(Role.STARTUP,))
    return [profile.id for profile in profiles if profile.takes_part]


def _ids_in(path: Path) -> Iterable[str]:
    return (row["startup_id"] for row in rows_of(path, "startup_id"))
