"""`bole ledger`: monthly figures in, signals out, and what staff make of them."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from api.cli.acting import actor
from api.cli.importing import echo_report, run_import
from api.cli.ledger_work import echo_rows, known, settings_of, write_table
from api.cli.lists import out_option
from api.cli.references import identified
from api.cli.workplace import Workplace, language_option, organisation_option, today, with_workplace
from api.schemas.ledger import State
from matcher.attention.deciding import Answer, decide
from matcher.attention.decisions import Raised, Verdict
from matcher.attention.reading import attention_list, signals
from matcher.attention.signals import Rule
from matcher.attention.tables import (
    ATTENTION_COLUMNS,
    LEDGER_COLUMNS,
    SIGNAL_COLUMNS,
    attention_rows,
    ledger_rows,
    signal_rows,
)
from matcher.attention.words import RULE_NAMES, SEVERITY_NAMES, advice, decided, reasons, sentence
from matcher.importing import Kind
from matcher.matching.phrases import Language

_BETWEEN: dict[Language, str] = {"zh": "；", "en": "; "}
_NEEDS: dict[Language, str] = {"zh": "现有需求：", "en": "needs now: "}


@click.group()
def ledger() -> None:
    """Monthly ledgers: import them, see what they signal, confirm or dismiss it, report on them."""


@ledger.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@organisation_option
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@language_option
@with_workplace
def import_(
    place: Workplace, paths: Sequence[Path], organisation: str, dry_run: bool, language: Language
) -> None:
    """Import months from CSV or XLSX files. The same month again takes the new figures."""
    found = run_import(place, paths, organisation=organisation, kind=Kind.LEDGER, dry_run=dry_run)
    echo_report(found, language)
    raise SystemExit(found.exit_code)


@ledger.command()
@click.argument("startup")
@organisation_option
@language_option
@with_workplace
def show(place: Workplace, startup: str, organisation: str, language: Language) -> None:
    """The months that STARTUP (id or name) reported, oldest first."""
    profile = place.store.profile(organisation, identified(place.store, organisation, startup))
    months = place.store.ledger(organisation, profile.id)
    echo_rows(LEDGER_COLUMNS, ledger_rows(months), language)


@ledger.command("signals")
@organisation_option
@click.option("--startup", default="", help="Of this startup alone (id or name).")
@click.option("--rule", type=click.Choice([each.value for each in Rule]), help="Of this rule alone.")
@click.option(
    "--state",
    type=click.Choice([each.value for each in State]),
    default=State.OPEN.value,
    show_default=True,
    help="To be looked at, decided on, or all.",
)
@out_option
@language_option
@with_workplace
def signals_(
    place: Workplace,
    organisation: str,
    startup: str,
    rule: str | None,
    state: str,
    out: Path | None,
    language: Language,
) -> None:
    """What the ledgers signal, each with its figures and the needs that it suggests."""
    known(place, organisation)
    own = identified(place.store, organisation, startup) if startup else ""
    raised = signals(place.store, organisation, today(), settings_of(place), startup_id=own)
    wanted = [each for each in raised if _is_wanted(each, rule, State(state))]
    if out:
        write_table(out, "signals", SIGNAL_COLUMNS, signal_rows(wanted, language), language)
    for each in wanted if out is None else ():
        _echo_signal(each, language)


def _is_wanted(raised: Raised, rule: str | None, state: State) -> bool:
    of_state = state is State.ALL or raised.is_open == (state is State.OPEN)
    return of_state and rule in (None, raised.signal.rule)


def _echo_signal(raised: Raised, language: Language) -> None:
    signal = raised.signal
    severity, title = SEVERITY_NAMES[language][signal.severity], RULE_NAMES[language][signal.rule]
    click.echo(f"{signal.startup_id}  {signal.rule}  {severity}  {title} ({signal.month:%Y-%m})")
    click.echo(f"    {sentence(signal, language)}{_BETWEEN[language]}{advice(signal, language)}")
    if raised.decision:
        click.echo(f"    {decided(raised.decision, language)}")


def _deciding(command: Callable[..., None]) -> Callable[..., None]:
    """What both decisions take."""
    for option in (
        click.argument("startup"),
        click.argument("rule", type=click.Choice([each.value for each in Rule])),
        click.option("--reason", required=True, help="Why, for those who will ask; recorded."),
        organisation_option,
        language_option,
    )[::-1]:
        command = option(command)
    return command


@ledger.command()
@_deciding
@click.option("--need", default="", help="The service that it needs (default: the first that is suggested).")
@with_workplace
def confirm(
    place: Workplace,
    startup: str,
    rule: str,
    reason: str,
    organisation: str,
    language: Language,
    need: str,
) -> None:
    """Confirm what RULE signals about STARTUP (id or name): the need enters its profile at once."""
    _decide(place, organisation, startup, rule, Verdict.CONFIRMED, reason, language, need=need)


@ledger.command()
@_deciding
@with_workplace
def dismiss(
    place: Workplace, startup: str, rule: str, reason: str, organisation: str, language: Language
) -> None:
    """Dismiss what RULE signals about STARTUP (id or name), until it gets worse."""
    _decide(place, organisation, startup, rule, Verdict.DISMISSED, reason, language)


def _decide(
    place: Workplace,
    organisation: str,
    startup: str,
    rule: str,
    verdict: Verdict,
    reason: str,
    language: Language,
    *,
    need: str = "",
) -> None:
    known(place, organisation)
    answer = Answer(
        startup_id=identified(place.store, organisation, startup),
        rule=Rule(rule),
        verdict=verdict,
        reason=reason,
        need=need,
    )
    now = dt.datetime.now(dt.UTC)
    decision, after = decide(
        place.store, organisation, answer, settings_of(place), who=actor(), at=now, language=language
    )
    click.echo(f"{after.id}  {rule}  {decided(decision, language)}")
    if decision.need:
        click.echo(f"    {_NEEDS[language]}{_BETWEEN[language].join(after.needs)}")


@ledger.command()
@organisation_option
@out_option
@language_option
@with_workplace
def attention(place: Workplace, organisation: str, out: Path | None, language: Language) -> None:
    """Who needs care first, and why."""
    known(place, organisation)
    cares = attention_list(place.store, organisation, today(), settings_of(place))
    if out:
        write_table(out, "attention", ATTENTION_COLUMNS, attention_rows(cares, language), language)
        return
    for rank, care in enumerate(cares, start=1):
        severity = SEVERITY_NAMES[language][care.severity]
        click.echo(f"{rank:3}. {severity}  {care.profile.id} {care.profile.name}")
        for reason in reasons(care.signals, [each.need for each in care.unmet], language):
            click.echo(f"         {reason}")
