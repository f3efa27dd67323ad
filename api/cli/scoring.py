"""`bole score` and `bole explain`: pairs by the live model, or from profiles alone."""

from pathlib import Path

import click

from api.cli.lists import write_rows
from api.cli.progress import progress
from api.cli.references import identified
from api.cli.tables import rows_of
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from api.match_tables import SCORE_COLUMNS, score_row
from matcher.matching.wording import Language, rule_sentence, sentence

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "base": "一般配对的基准分",
        "removed": "未入选：",
        "rank": "在 {eligible} 位可匹配者中排第 {rank}，清单取前 {k} 位",
        "lacking": "，距入选差 {points:.1f} 分",
    },
    "en": {
        "base": "an average pair",
        "removed": "not listed: ",
        "rank": "rank {rank} of {eligible} eligible, list of {k}",
        "lacking": ", {points:.1f} points short of the list",
    },
}


@click.command()
@click.option(
    "--pairs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A CSV with startup_id and partner_id.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="FILE.csv or FILE.xlsx; default: standard output.",
)
@organisation_option
@with_workplace
def score(place: Workplace, pairs: Path, out: Path | None, organisation: str) -> None:
    """Score given pairs: adds score, p_startup and p_partner."""
    rows = [(row["startup_id"], row["partner_id"]) for row in rows_of(pairs, "startup_id", "partner_id")]
    with progress("encode", "texts") as advance:
        scored = place.matches(advance).score(organisation, rows)
    write_rows(out, SCORE_COLUMNS, map(score_row, scored))


@click.command()
@click.argument("whose")
@click.argument("other")
@click.option(
    "--k", type=click.IntRange(1, 1000), default=10, show_default=True, help="Length of the list that counts."
)
@organisation_option
@language_option
@with_workplace
def explain(place: Workplace, whose: str, other: str, k: int, organisation: str, language: Language) -> None:
    """Explain why OTHER is, or is not, in the list of WHOSE (startup or partner), each an id or a name."""
    one, two = (identified(place.store, organisation, reference) for reference in (whose, other))
    answer = place.matches().explain(organisation, one, two, k=k)
    pair = answer.pair
    click.echo(
        f"{pair.startup_id} × {pair.partner_id} ({pair.role}, {pair.warmth}), model {answer.model_version}"
    )
    click.echo(f"score {pair.score:.4f}  p_startup {pair.p_startup:.4f}  p_partner {pair.p_partner:.4f}")
    words = _WORDS[language]
    click.echo(f"  {100 * pair.base:+6.1f}  {words['base']}")
    for reason in pair.reasons:
        click.echo(f"  {100 * reason.points:+6.1f}  {sentence(reason, language)}")
    for rule in answer.removed_by:
        click.echo(f"{words['removed']}{rule_sentence(rule, language)}")
    if answer.rank is not None:
        lacking = words["lacking"].format(points=100 * answer.lacking) if answer.rank > k else ""
        click.echo(words["rank"].format(rank=answer.rank, eligible=answer.eligible, k=k) + lacking)
