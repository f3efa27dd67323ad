"""Match lists and scores as rows of tables: the columns are a contract that others script against."""

from collections.abc import Iterable, Mapping

from matcher.matching.answers import Match, MatchList, PairScore
from matcher.matching.wording import Language, sentence
from matcher.tables import Row

MATCH_COLUMNS = ("startup_id", "partner_id", "role", "rank", "score", "p_startup", "p_partner", "reasons")
NAME_COLUMNS = ("startup_name", "partner_name")
SCORE_COLUMNS = ("startup_id", "partner_id", "score", "p_startup", "p_partner")

_BETWEEN = {"zh": "；", "en": "; "}
_SPREAD = {"zh": "为使更多伙伴得到展示而列入", "en": "listed so that more partners are seen"}
_BASE = {"zh": "自动计算：基准", "en": "computed: base"}


def match_rows(
    answer: MatchList, language: Language, names: Mapping[str, str] | None = None
) -> Iterable[Row]:
    """The rows of one list in MATCH_COLUMNS, with `names` by id also in NAME_COLUMNS.

    Scores are probabilities with six digits.
    """
    for match in answer.matches:
        pair = match.pair
        yield (
            pair.startup_id,
            pair.partner_id,
            pair.role.value,
            match.rank,
            *_figures(pair),
            reasons_of(match, language),
            *_names(match, names),
        )


def _names(match: Match, names: Mapping[str, str] | None) -> tuple[str, ...]:
    """The names of startup and partner; one that is another organisation's is only known to the match."""
    ids = (match.pair.startup_id, match.pair.partner_id)
    return () if names is None else tuple(names.get(id_, match.name) for id_ in ids)


def score_row(pair: PairScore) -> Row:
    """One pair in SCORE_COLUMNS, with twelve digits so that order survives."""
    return (
        pair.startup_id,
        pair.partner_id,
        *(round(value, 12) for value in (pair.score, pair.p_startup, pair.p_partner)),
    )


def reasons_of(match: Match, language: Language) -> str:
    """The reasons, and that the list was spread where this line owes its place to it."""
    text = reasons_text(match.pair, language)
    return f"{text}{_BETWEEN[language]}{_SPREAD[language]}" if match.spread else text


def reasons_text(pair: PairScore, language: Language) -> str:
    """That the score was computed, and its terms in points of 100, the base first: they add up to it, to
    rounding."""
    terms = [f"{_BASE[language]} {100 * pair.base:.1f}"]
    terms += [f"{sentence(reason, language)} {100 * reason.points:+.1f}" for reason in pair.reasons]
    return _BETWEEN[language].join(terms)


def _figures(pair: PairScore) -> tuple[float, float, float]:
    return round(pair.score, 6), round(pair.p_startup, 6), round(pair.p_partner, 6)
