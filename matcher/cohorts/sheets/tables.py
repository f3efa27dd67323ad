"""A run's result as tables: in figures, by startup, by partner, reasons, alternates, who is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.cohorts.edits import Edit
from matcher.cohorts.phrases import STATUS
from matcher.cohorts.result import Alternate, LeftOut, Meeting, Result
from matcher.cohorts.run import MatchRun
from matcher.cohorts.sheets.columns import COLUMNS, HEADERS, TITLES, YES, Sheet
from matcher.cohorts.sheets.words import FIGURES, ORIGINS, base_words
from matcher.cohorts.wishes import wishes_of
from matcher.cohorts.wording import removed_sentence, shortage_sentence
from matcher.interactions import qualified
from matcher.matching.answers import PairScore
from matcher.matching.wording import Language, sentence
from matcher.tables import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Told:
    """What a run's tables are told from: its result and the edits that count, with everybody's name by id."""

    run: MatchRun
    result: Result
    edits: Sequence[Edit]
    names: Mapping[str, str]
    language: Language


def people_of(result: Result) -> set[str]:
    """The ids of everybody whom a result names."""
    pairs = [*(each.pair for each in result.meetings), *(each.pair for each in result.alternates)]
    named = {name for pair in pairs for name in (pair.startup_id, pair.partner_id)}
    prices = {price.partner_id for price in result.summary.prices}
    return named | prices | {left.startup_id for left in result.summary.left_out}


def keys_of(organisation: str, ids: set[str]) -> dict[str, str]:
    """The ids by key."""
    return {qualified(organisation, id_): id_ for id_ in ids}


def tables(told: Told) -> list[Table]:
    """All the tables, the figures first."""
    rows = {
        Sheet.SUMMARY: _figures(told),
        Sheet.STARTUPS: _by_startup(told),
        Sheet.PARTNERS: _by_partner(told),
        Sheet.REASONS: _reasons(told),
        Sheet.ALTERNATES: (_alternate(each, told) for each in told.result.alternates),
        Sheet.LEFT_OUT: (_left_out(each, told) for each in told.result.summary.left_out),
    }
    return [_table(sheet, list(lines), told.language) for sheet, lines in rows.items()]


def pair_table(told: Told) -> Table:
    """The table by startup alone, which may be edited and read back."""
    return _table(Sheet.STARTUPS, list(_by_startup(told)), told.language)


def _table(sheet: Sheet, rows: list[Row], language: Language) -> Table:
    header = [HEADERS[language][column] for column in COLUMNS[sheet]]
    return Table(TITLES[language][sheet], header, rows)


def _figures(told: Told) -> Iterator[Row]:
    run, summary, words = told.run, told.result.summary, FIGURES[told.language]
    settled: list[tuple[str, Cell]] = [
        ("run", run.id),
        ("version", run.version),
        ("cohort", run.cohort),
        ("status", STATUS[told.language][run.status]),
        ("objective", words[run.configuration.objective]),
        ("model", summary.model_version),
        *((name, getattr(summary, name)) for name in ("startups", "met", "partners", "pairs")),
        *((name, round(getattr(summary, name), 4)) for name in ("total", "bound", "gap", "worst")),
        ("proved", words["yes" if summary.proved else "no"]),
        ("blocking", summary.blocking),
    ]
    yield from ([words[name], value] for name, value in settled)
    for limit, count in summary.gave_way.items():
        yield [words[limit], count]
    for price in summary.prices:
        if price.first > 0 or price.value > 0:
            who = f"{_name(told, price.partner_id)} ({price.taken}/{price.places})"
            yield [words["price"].format(who=who), round(price.value, 4)]
    for shortage in summary.supply:
        yield [words["short"], shortage_sentence(shortage, told.language)]


def _by_startup(told: Told) -> Iterator[Row]:
    wanted = wishes_of(told.edits).wanted
    version = f"{told.run.id}@{told.run.version}"
    for each in told.result.meetings:
        pair = each.pair
        locked = YES[told.language] if (pair.startup_id, pair.partner_id) in wanted else ""
        origin = ORIGINS[told.language][each.origin]
        yield [
            *_startup(pair, told),
            *_partner(pair, told),
            *_scores(pair),
            each.slot,
            origin,
            locked,
            "",
            version,
        ]


def _by_partner(told: Told) -> Iterator[Row]:
    def order(each: Meeting) -> tuple[str, float]:
        return each.pair.partner_id, -each.pair.score

    for each in sorted(told.result.meetings, key=order):
        yield [*_partner(each.pair, told), *_startup(each.pair, told), *_scores(each.pair), each.slot]


def _reasons(told: Told) -> Iterator[Row]:
    """The score's terms in points of 100, the base first: they add up to the score."""
    for each in told.result.meetings:
        who = [*_startup(each.pair, told), *_partner(each.pair, told)]
        yield [*who, round(100 * each.pair.base, 1), base_words(told.language)]
        for reason in each.pair.reasons:
            yield [*who, round(100 * reason.points, 1), sentence(reason, told.language)]


def _alternate(each: Alternate, told: Told) -> Row:
    return [*_startup(each.pair, told), each.place, *_partner(each.pair, told), *_scores(each.pair)]


def _left_out(left: LeftOut, told: Told) -> Row:
    rules = [f"{removed_sentence(rule, told.language)} ×{count}" for rule, count in left.removed.items()]
    between = "；" if told.language == "zh" else "; "
    return [left.startup_id, _name(told, left.startup_id), left.eligible, between.join(rules)]


def _startup(pair: PairScore, told: Told) -> Row:
    return [pair.startup_id, _name(told, pair.startup_id)]


def _partner(pair: PairScore, told: Told) -> Row:
    return [pair.partner_id, _name(told, pair.partner_id)]


def _scores(pair: PairScore) -> Row:
    return [round(pair.score, 4), round(pair.p_startup, 4), round(pair.p_partner, 4)]


def _name(told: Told, id_: str) -> str:
    return told.names.get(id_, "")
