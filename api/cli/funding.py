"""`bole fund`: how a startup's gap can be covered from loans, grants and equity."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from api.cli.lists import out_option, write_rows
from api.cli.references import identified
from api.cli.workplace import Workplace, language_option, organisation_option, today, with_workplace
from api.panel_sheets import whole_amount
from matcher.amounts import Language
from matcher.assignment.problem import Importance
from matcher.funding.plans import Funding, funding
from matcher.funding.tables import PLAN_COLUMNS, plan_rows
from matcher.funding.values import (
    BINDING,
    DEFAULT_WEIGHTS,
    EVERY_LIMIT,
    LEAD_DAYS,
    Gap,
    Limit,
    Measure,
    Question,
    SourceKind,
)
from matcher.funding.wording import (
    gap_sentence,
    left_sentence,
    left_summary,
    part_sentence,
    plan_sentence,
    refusal_sentence,
)
from matcher.profiles import Profile, Role

_WORDS = [*map(str, Importance), "no"]
_PLAN: dict[Language, str] = {"zh": "方案 {number}：", "en": "plan {number}: "}


def _weight_options(command: click.decorators.FC) -> click.decorators.FC:
    for measure in reversed(Measure):
        word = DEFAULT_WEIGHTS[measure]
        command = click.option(
            f"--{measure.value}",
            measure.value,
            type=click.Choice(_WORDS),
            default=str(word or "no"),
            show_default=True,
            help=f"How much {measure.value} counts; must goes before everything else.",
        )(command)
    return command


def _lead_options(command: click.decorators.FC) -> click.decorators.FC:
    for kind in reversed(SourceKind):
        command = click.option(
            f"--{kind.value}-days",
            type=click.IntRange(0, 3650),
            default=LEAD_DAYS[kind],
            show_default=True,
            help=f"Until the money of a {kind.value} comes."
            if kind is not SourceKind.EQUITY
            else "Of equity.",
        )(command)
    return command


@click.command()
@click.argument("startup")
@click.option("--amount", help="What is missing, as 1000万; default: what the startup raises.")
@click.option("--currency", help="Default: that of what the startup raises, else CNY.")
@click.option("--by", type=click.DateTime(["%Y-%m-%d"]), required=True, help="When the money must be there.")
@click.option("--valuation", help="Worth of the company with the money in it, as 1亿.")
@click.option("--term-months", type=click.IntRange(1, 600), help="Loans must run as long.")
@click.option("--plans", type=click.IntRange(1, 10), default=3, show_default=True)
@click.option(
    "--ignore", multiple=True, type=click.Choice([*map(str, Limit)]), help="A declared limit; repeatable."
)
@click.option("--strict", is_flag=True, help="Whatever a source declares of startups is a condition.")
@click.option("--without", multiple=True, help="A source to leave aside (id or name); repeatable.")
@click.option("--left-out", is_flag=True, help="Also tell who is no source, and why.")
@_weight_options
@_lead_options
@out_option
@organisation_option
@language_option
@with_workplace
def fund(
    place: Workplace,
    /,
    *,
    startup: str,
    amount: str | None,
    currency: str | None,
    by: dt.datetime,
    valuation: str | None,
    term_months: int | None,
    plans: int,
    ignore: Sequence[str],
    strict: bool,
    without: Sequence[str],
    left_out: bool,
    out: Path | None,
    organisation: str,
    language: Language,
    **weighed: str | int,
) -> None:
    """Plans for the funding gap of STARTUP (id or name), with what each refusal would do."""
    profile = place.store.profile(organisation, identified(place.store, organisation, startup))
    gap = Gap(
        amount=_amount(profile, amount),
        currency=currency or profile.raising_currency or "CNY",
        by=by.date(),
        valuation=whole_amount("--valuation", valuation) if valuation else None,
        term_months=term_months,
    )
    question = Question(
        weights={measure: _importance(str(weighed[measure.value])) for measure in Measure},
        plans=plans,
        lead_days={kind: int(weighed[f"{kind.value}_days"]) for kind in SourceKind},
        binding=EVERY_LIMIT if strict else BINDING,
        ignore=frozenset(map(Limit, ignore)),
        without=frozenset(identified(place.store, organisation, each) for each in without),
    )
    moment = place.matches().moment(profile.key)
    [prospects] = moment.prospects(organisation, [profile.id], Role.INVESTOR)
    found = funding(profile, prospects, gap, question, today())
    if out is not None:
        write_rows(out, PLAN_COLUMNS, plan_rows(found, language))
        return
    for line in _told(found, language, left_out=left_out):
        click.echo(line)


def _amount(profile: Profile, amount: str | None) -> int:
    if amount:
        return whole_amount("--amount", amount)
    if not profile.raising_amount:
        raise click.UsageError("--amount is needed: the startup does not say what it raises")
    return round(profile.raising_amount)


def _importance(word: str) -> Importance | None:
    return None if word == "no" else Importance(word)


def _told(found: Funding, language: Language, *, left_out: bool) -> Iterator[str]:
    yield gap_sentence(found, language)
    for number, option in enumerate(found.options, start=1):
        heading = _PLAN[language].format(number=number)
        yield f"{heading}{plan_sentence(option.plan, found.gap, language)}"
        for part in option.plan.parts:
            yield f"    {part_sentence(part, found.gap, language)}"
        for refusal in option.refusals:
            yield f"      {refusal_sentence(refusal, option.plan, found.gap, language)}"
    if found.left_out:
        yield left_summary(found, language)
    if left_out:
        yield from (f"    {left_sentence(each, found.gap, language)}" for each in found.left_out)
