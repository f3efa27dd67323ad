"""What a panel tells, in Chinese and English: templates filled with its figures."""

from collections.abc import Mapping
from fractions import Fraction

from matcher.amounts import Language, amount_in_full
from matcher.panel import phrases
from matcher.panel.assigning import Shortfall
from matcher.panel.awards import Award, Awards
from matcher.panel.ranking import Leniency, Ranked, Tie
from matcher.panel.values import Panel, PanelSettings, TieBreak

MOST_NAMED = 10
"""So many applications and reviewers are named where something cannot be assigned."""
_BETWEEN: Mapping[Language, str] = {"zh": "；", "en": "; "}


def award_sentence(award: Award, ranked: Ranked, settings: PanelSettings, language: Language) -> str:
    """What became of one application, and why."""
    application = award.application
    amounts = {
        "amount": award.amount,
        "asked": application.asked,
        "left": award.left,
        "needed": award.needed,
        "cap": settings.cap,
    }
    return phrases.OUTCOMES[language][award.outcome].format(
        **{name: amount_text(amount, settings, language) for name, amount in amounts.items()},
        reserve=award.reserve,
        mark="" if settings.pass_mark is None else f"{settings.pass_mark:g}",
        count=len(ranked.scores),
        each=settings.scores_needed,
    )


def tie_sentence(tie: Tie, names: Mapping[str, str], settings: PanelSettings, language: Language) -> str:
    """How a tie was broken; `names` are applications' by id."""
    template = phrases.TIES[language][tie.rule]
    figures = {"own": tie.own, "theirs": tie.theirs}
    return template.format(
        ahead=names[tie.ahead],
        **{name: _figure(value, tie.rule, settings, language) for name, value in figures.items()},
    )


def leniency_sentence(leniency: Leniency, name: str, language: Language) -> str:
    """Whether a reviewer is strict or lenient."""
    above = leniency.above
    which = "none" if above is None else "above" if above > 0 else "below" if above < 0 else "same"
    by = figure_text(abs(above or Fraction(0)))
    return phrases.LENIENT[language][which].format(name=name, count=leniency.count, by=by)


def method_sentence(settings: PanelSettings, language: Language) -> str:
    """How the panel ranks, breaks ties and shares: the rules as they are announced."""
    return phrases.METHOD[language].format(
        mean=phrases.MEANS[language][settings.rank_by],
        rules=phrases.THEN[language].join(phrases.RULES[language][rule] for rule in settings.rules),
        sharing=phrases.SHARINGS[language][settings.sharing],
    )


def budget_sentence(awards: Awards, settings: PanelSettings, language: Language) -> str:
    """What the budget holds and what went out."""
    template = phrases.NO_BUDGET if awards.budget is None else phrases.BUDGET
    amounts = {"budget": awards.budget, "spent": awards.spent, "left": awards.left}
    told = {name: amount_text(amount, settings, language) for name, amount in amounts.items()}
    return template[language].format(**told)


def shortfall_sentence(shortfall: Shortfall, panel: Panel, language: Language) -> str:
    """Why nothing could be assigned, with numbers and ways out."""
    words = phrases.SHORT[language]
    needed = shortfall.each * len(panel.applications)
    told = [words["all"].format(needed=needed, can=needed - int(shortfall.short.sum()))]
    for application, short, free in zip(panel.applications, shortfall.short, shortfall.free, strict=True):
        if short:
            which = "few" if free < shortfall.each else "taken"
            name = title_of(application.id, application.title)
            told.append(words[which].format(application=name, each=shortfall.each, free=free, short=short))
    for reviewer, short in zip(panel.reviewers, shortfall.idle, strict=True):
        if short:
            told.append(words["idle"].format(reviewer=reviewer.name, least=reviewer.least, short=short))
    kept = told[: MOST_NAMED + 1] + (["…"] if len(told) > MOST_NAMED + 1 else [])
    return _BETWEEN[language].join([*kept, words["out"].format(each=shortfall.each)])


def amount_text(amount: int | None, settings: PanelSettings, language: Language) -> str:
    """An amount of the panel's currency; "?" where unknown."""
    return "?" if amount is None else amount_in_full(amount, settings.currency, language)


def figure_text(value: Fraction) -> str:
    """A score or mean to two digits, without zeros at the end."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def title_of(id_: str, title: str) -> str:
    """An application as people call it."""
    return f"{title} ({id_})" if title and title != id_ else id_


def _figure(value: Fraction | None, rule: TieBreak, settings: PanelSettings, language: Language) -> str:
    if value is None:
        return "?"
    return amount_text(int(value), settings, language) if rule is TieBreak.LESS_ASKED else figure_text(value)
