"""`bole duplicates`: profiles that may be one and the same, and merging them."""

import click

from api.cli.acting import actor
from api.cli.references import identified
from api.cli.workplace import Workplace, organisation_option, with_workplace
from matcher.amendments import Undone
from matcher.duplicates.reasons import said
from matcher.duplicates.searching import search
from matcher.matching.phrases import Language
from matcher.merging import chosen
from matcher.profiles import Role
from matcher.store.merges import Merge

ROLES = click.Choice([role.value for role in Role])


@click.group()
def duplicates() -> None:
    """Profiles that may be one and the same: find, merge, part them again."""


@duplicates.command("list")
@click.option("--role", type=ROLES, help="Only startups, mentors or investors.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@organisation_option
@with_workplace
def list_(place: Workplace, role: str | None, limit: int, lang: Language, organisation: str) -> None:
    """Search the organisation's own profiles, and list the pairs, the likeliest first."""
    search(place.store, organisation)
    roles = (Role(role),) if role else tuple(Role)
    for each in place.store.duplicates.all(organisation, roles=roles, limit=limit):
        why = ("；" if lang == "zh" else "; ").join(said(reason, lang) for reason in each.reasons)
        pair = f"{each.id} {each.name} = {each.other_id} {each.other_name}"
        click.echo(f"{each.likeness:5.1f}  {pair}  ({why})")
    click.echo(sum(place.store.duplicates.count(organisation).values()))


@duplicates.command("merge")
@click.argument("gone")
@click.argument("stays")
@organisation_option
@with_workplace
def merge_(place: Workplace, gone: str, stays: str, organisation: str) -> None:
    """Merge the first profile into the second (ids or names). Of each field the fuller value is kept."""
    ids = [identified(place.store, organisation, reference) for reference in (gone, stays)]
    wanted = Merge(ids[0], ids[1], lambda one, other: chosen(one, other, {}))
    change = place.store.amendments.merge(organisation, wanted, who=actor())
    click.echo(f"{ids[0]} → {ids[1]}")
    click.echo(f"bole duplicates part {change.summary['gone']}")


@duplicates.command("part")
@click.argument("gone")
@organisation_option
@with_workplace
def part(place: Workplace, gone: str, organisation: str) -> None:
    """Take a merge back: the profile of this id is its own again."""
    change = place.store.amendments.merge_of(organisation, gone)
    done = place.store.amendments.undo(organisation, change.id, actor()).undone or Undone()
    click.echo(f"{gone} ↔ {change.summary['stays']}: {done.restored} + {done.moved} + {done.months}")
    for name in done.left:
        click.echo(f"  {name}: changed since, stays as it is")


@duplicates.command("apart")
@click.argument("one")
@click.argument("other")
@click.option("--undo", is_flag=True, help="They may be the same after all.")
@organisation_option
@with_workplace
def apart(place: Workplace, one: str, other: str, undo: bool, organisation: str) -> None:
    """Remember that two profiles are not the same."""
    ids = [identified(place.store, organisation, reference) for reference in (one, other)]
    place.store.duplicates.set_apart(organisation, ids[0], ids[1], actor(), apart=not undo)
    click.echo(f"{ids[0]} {'?' if undo else '≠'} {ids[1]}")
