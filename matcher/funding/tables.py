"""Plans as a table: columns that others script against, and rows."""

from collections.abc import Iterator, Sequence

from matcher.amounts import Language
from matcher.funding.plans import Funding
from matcher.funding.wording import KINDS, part_sentence, refusal_sentence

Cell = str | int | float
Row = Sequence[Cell]

PLAN_COLUMNS = (
    "plan",
    "source_id",
    "name",
    "kind",
    "amount",
    "currency",
    "annual_rate",
    "term_months",
    "cost_per_year",
    "odds",
    "reason",
    "if_refused",
)


def plan_rows(found: Funding, language: Language) -> Iterator[Row]:
    """One row for each part of each plan, in PLAN_COLUMNS; amounts in units of the currency."""
    for number, option in enumerate(found.options, start=1):
        told = {refusal.source.id: refusal for refusal in option.refusals}
        for part in option.plan.parts:
            source = part.source
            yield (
                number,
                source.id,
                source.name,
                KINDS[language][source.kind],
                part.amount,
                found.gap.currency,
                source.rate,
                "" if source.term_months is None else source.term_months,
                round(part.cost_per_year, 2),
                round(source.odds, 4),
                part_sentence(part, found.gap, language),
                refusal_sentence(told[source.id], option.plan, found.gap, language),
            )
