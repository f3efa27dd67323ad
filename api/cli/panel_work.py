"""What the commands of `bole panel` share: the settings as options, and a panel in lines of text."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import click

from api.cli.workplace import Workplace
from api.panel_sheets import whole_amount
from matcher.amounts import Language
from matcher.errors import InvalidInput
from matcher.panel.documents import document_of, settings_of
from matcher.panel.report import Result
from matcher.panel.tables import names_of
from matcher.panel.values import Panel, PanelSettings, RankBy, Sharing, TieBreak
from matcher.panel.wording import (
    award_sentence,
    budget_sentence,
    figure_text,
    leniency_sentence,
    method_sentence,
    tie_sentence,
)

_AMOUNTS = ("budget", "cap", "step")
NONE = "-"
_LOADS: dict[Language, str] = {
    "zh": "{name}：{load} 份，已评 {scored}",
    "en": "{name}: {load} to read, {scored} done",
}


def settings_options(command: click.decorators.FC) -> click.decorators.FC:
    """An option for every setting of a panel; what is not given is None."""
    for option in reversed(
        [
            click.option("--each", type=click.IntRange(1), help="Reviewers of an application (3)."),
            click.option("--per-firm", type=click.IntRange(1), help="Reviewers of one firm at most."),
            click.option("--score-min", type=float, help="Lowest score (0)."),
            click.option("--score-max", type=float, help="Highest score (100)."),
            click.option("--rank-by", type=click.Choice([*map(str, RankBy)]), help="Mean that ranks (raw)."),
            click.option(
                "--tie-break",
                "tie_breaks",
                multiple=True,
                type=click.Choice([*map(str, TieBreak)]),
                help="Rules for ties, in order (lowest_score, less_asked, earlier); repeatable.",
            ),
            click.option("--quorum", type=click.IntRange(1), help="Scores needed to be ranked (all)."),
            click.option("--pass-mark", type=float, help="Least mean that is awarded anything."),
            click.option("--currency", help="Of all amounts (CNY)."),
            click.option("--budget", help="For all awards, as 41万 or 410000."),
            click.option("--cap", help="Of one award, as 20万."),
            click.option("--step", help="Partial awards are whole multiples of this (1)."),
            click.option(
                "--sharing", type=click.Choice([*map(str, Sharing)]), help="Who gets how much (in_order)."
            ),
            click.option("--due", metavar="YYYY-MM-DD", help="The last day for scores; - for none."),
            click.option(
                "--criterion",
                "criteria",
                multiple=True,
                metavar="NAME=WEIGHT",
                help="What is marked, and its weight (1); repeatable: all anew; - for none.",
            ),
        ]
    ):
        command = option(command)
    return command


def changed(settings: PanelSettings, given: dict[str, Any]) -> PanelSettings:
    """The settings with those options that were given.

    Raises:
        InvalidInput: an amount that is none, or settings that cannot hold.
    """
    options = {name: value for name, value in given.items() if value not in (None, ())}
    amounts = {name: whole_amount(f"--{name}", options[name]) for name in _AMOUNTS if name in options}
    days = {"due": _day(options["due"])} if "due" in options else {}
    marked = {"criteria": _criteria(options["criteria"], settings)} if "criteria" in options else {}
    return settings_of({**document_of(settings), **options, **amounts, **days, **marked})


def _day(text: str) -> str | None:
    """The day as it is kept; None for "-"."""
    if text == NONE:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInput("--due", text, "is no day", "write it as 2026-03-31") from error


def _criteria(texts: Sequence[str], settings: PanelSettings) -> list[dict[str, Any]]:
    """The criteria in the order given, each with the help that one of its name had before; [] for "-"."""
    helps = {criterion.name: criterion.help for criterion in settings.criteria}
    named = [_criterion(text) for text in texts if text != NONE]
    return [{"name": name, "weight": weight, "help": helps.get(name, "")} for name, weight in named]


def _criterion(text: str) -> tuple[str, int]:
    """The name and the weight; what follows the last "=" is a weight where it is a number."""
    name, sign, weight = text.rpartition("=")
    if not sign:
        return text.strip(), 1
    if not (weight.isascii() and weight.isdigit() and len(weight) < 10):
        raise InvalidInput("--criterion", text, "has no weight", "write it as Team=2")
    return name.strip(), int(weight)


def counted(panel: Panel) -> str:
    """A panel's status and sizes in a line."""
    scored = sum(review.score is not None for review in panel.reviews)
    sizes = f"{len(panel.applications)} applications, {len(panel.reviewers)} reviewers"
    return f"{panel.status}  {sizes}, {scored} of {len(panel.reviews)} scores"


def reading_lines(panel: Panel, language: Language) -> Iterable[str]:
    """Each reviewer with what it reads, its expertise and scores."""
    names = names_of(panel)
    for reviewer in panel.reviewers:
        own = [review for review in panel.reviews if review.reviewer == reviewer.id]
        scored = sum(review.score is not None for review in own)
        yield _LOADS[language].format(name=f"{reviewer.name} ({reviewer.id})", load=len(own), scored=scored)
        for review in own:
            score = "" if review.score is None else f"  {review.score:g}"
            yield f"    {names[review.application]}  {100 * review.expertise:.0f}{score}"


def history_lines(place: Workplace, panel: Panel) -> Iterable[str]:
    """Who changed what, when and why."""
    for event in place.store.panels.events(panel.organisation, panel.id):
        yield f"{event.at:%Y-%m-%d %H:%M}  {event.version:3}  {event.kind}  {event.by}  {event.why}".rstrip()


def award_lines(result: Result, language: Language) -> Sequence[str]:
    """Ranking and awards with their reasons, then each reviewer's leniency."""
    settings, names = result.panel.settings, names_of(result.panel)
    lines = [method_sentence(settings, language), budget_sentence(result.awards, settings, language)]
    for award in result.awards.awards:
        ranked = result.by_id[award.application.id]
        mean = ranked.mean(settings.rank_by)
        told = "–" if mean is None else figure_text(mean)
        lines.append(f"{award.rank or '–':>3}  {told:>6}  {names[award.application.id]}")
        lines.append(f"             {award_sentence(award, ranked, settings, language)}")
        if ranked.tie:
            lines.append(f"             {tie_sentence(ranked.tie, names, settings, language)}")
    people = {reviewer.id: reviewer.name for reviewer in result.panel.reviewers}
    told_of = (leniency_sentence(one, people[one.reviewer], language) for one in result.ranking.leniencies)
    return [*lines, *told_of]
