"""`bole models`: the versions there are, which one is live, and who made it so."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from api.cli.acting import actor, moment
from api.cli.registering import with_registry
from matcher.errors import NotFound
from matcher.model.registry import Promotion, Registry, Verdict, VersionInfo

KEPT = 5
_EPOCH = dt.date(1970, 1, 1)
_ENDS = ("first_day", "last_day")


@click.group()
def models() -> None:
    """List model versions, promote one, roll back, or remove old ones."""


@models.command("list")
@with_registry
def list_(registry: Registry) -> None:
    """Every version, newest first; of those that were live, since when and why."""
    for info in registry.versions():
        verdict = _verdict(info.verdict).split()[0]
        click.echo(
            f"{info.version}  {info.status:9}  {verdict:9}  {info.hash[:12]}  {learnt_from(info.facts)}"
        )
        if info.promoted:
            click.echo(f"    live {_told(info.promoted)}")


@models.command()
@click.argument("version")
@with_registry
def show(registry: Registry, version: str) -> None:
    """What is known of VERSION: what it learnt from, what the gate said, when it was live."""
    info = next((each for each in registry.versions() if each.version == version), None)
    if info is None:
        raise NotFound(f"no model version {version!r}; `bole models list` names those there are")
    for line in _lines(info):
        click.echo(line)
    for promotion in registry.promotions():
        if promotion.version == version:
            click.echo(f"live      {_told(promotion)}")


@models.command()
@with_registry
def history(registry: Registry) -> None:
    """Every change of the live version that is remembered, rollbacks too, newest first."""
    for promotion in registry.promotions():
        click.echo(f"{promotion.version}  {_told(promotion)}")


@models.command()
@click.argument("version")
@click.option("--force", is_flag=True, help="Also what the gate did not pass; needs --reason.")
@click.option("--reason", default="", help="Why, for those who will ask; recorded.")
@with_registry
def promote(registry: Registry, version: str, force: bool, reason: str) -> None:
    """Make VERSION live: one that the gate passed, that was live before, or that you answer for."""
    registry.promote(version, at=moment(), by=actor(), reason=reason, forced=force)
    click.echo(f"{version} is live")


@models.command()
@with_registry
def rollback(registry: Registry) -> None:
    """Make the version live that was live before."""
    click.echo(f"{registry.rollback(at=moment(), by=actor())} is live")


@models.command()
@click.option(
    "--keep",
    type=click.IntRange(0),
    default=KEPT,
    show_default=True,
    help="How many stay of those that were live, and how many of the others.",
)
@with_registry
def prune(registry: Registry, keep: int) -> None:
    """Remove old versions for good; the live one always stays. Not while `bole retrain` writes to an object
    store."""
    gone = registry.prune(keep)
    for version in gone:
        click.echo(f"{version} is removed")
    click.echo(f"{len(gone)} removed, {len(registry.versions())} kept")


def learnt_from(facts: Mapping[str, Any]) -> str:
    """What a version learnt from, for people; "" where its facts do not say."""
    data = facts.get("data")
    if not isinstance(data, Mapping) or not data.keys() >= {"profiles", "interactions", *_ENDS}:
        return ""
    profiles = ", ".join(f"{count} {role}s" for role, count in data["profiles"].items())
    days = [_EPOCH + dt.timedelta(days=data[end]) for end in _ENDS if data[end] is not None]
    span = f" from {days[0]} to {days[-1]}" if days else ""
    return f"{profiles}, {data['interactions']} interactions{span}"


def _lines(info: VersionInfo) -> Iterator[str]:
    yield f"version   {info.version}"
    yield f"status    {info.status}"
    yield f"hash      {info.hash}"
    yield f"data      {learnt_from(info.facts)}".rstrip()
    yield f"gate      {_verdict(info.verdict)}"
    for finding in info.verdict.findings if info.verdict else ():
        facts = json.dumps(finding.get("facts", {}), ensure_ascii=False, sort_keys=True)
        yield f"          {finding.get('severity', '')!s:8} {finding.get('code', '')} {facts}"


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "unjudged"
    return f"{'passed' if verdict.passed else 'rejected'} by run {verdict.run} at {verdict.at}"


def _told(promotion: Promotion) -> str:
    """When, by whom, how and why."""
    forced = ", forced" if promotion.forced else ""
    reason = f": {promotion.reason}" if promotion.reason else ""
    return f"since {promotion.at} by {promotion.by}{forced}{reason}"
