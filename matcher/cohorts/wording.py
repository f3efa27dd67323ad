"""What is said of match runs, in Chinese and English: why one cannot be solved, and what would help."""

from collections.abc import Mapping, Sequence

from matcher.cohorts.phrases import ALLOWED, CLASHES, MOVES, PARTLY, PARTNERS, RULES, SHARES, SHORTAGES
from matcher.cohorts.result import Clash, Move, Shortage, WayOut
from matcher.features.attributes import Family
from matcher.matching.answers import Reason
from matcher.matching.naming import counted, term_name
from matcher.matching.phrases import Language
from matcher.matching.wording import rule_sentence
from matcher.profiles import Role
from matcher.taxonomy import services

NAMED = 3
"""So many people or pairs are named; of more it is said how many there are."""
Names = Mapping[str, str]
"""Profiles' names by id; an id stands for itself where it has none."""


def clash_sentence(clash: Clash, role: Role, language: Language) -> str:
    """A bottleneck in figures, without a full stop."""
    return CLASHES[language][_kind(clash)].format(**_figures(clash, role, language))


def way_sentence(way: WayOut, role: Role, names: Names, language: Language) -> str:
    """What would mend a bottleneck, or how much of it."""
    between = "，并" if language == "zh" else ", and "
    told = between.join(_move(move, role, names, language) for move in way.moves)
    return told + (PARTLY[language].format(left=way.left) if way.left else "")


def removed_sentence(rule: str, language: Language) -> str:
    """A rule that removed partners, as a short clause."""
    return RULES[language].get(rule) or rule_sentence(Reason(rule, 0.0), language)


def shortage_sentence(shortage: Shortage, language: Language) -> str:
    """A service that is short in the cohort."""
    kind, offered = "few" if shortage.offered else "none", counted(shortage.offered, "partner")
    english = language == "en"
    return SHORTAGES[language][kind].format(
        service=service_name(shortage.service, language),
        wanted=shortage.wanted,
        wanted_need=_needing(shortage.wanted),
        offered=shortage.offered,
        offered_offer=f"{offered} {'offers' if shortage.offered == 1 else 'offer'}",
        places=counted(shortage.places, "place") if english else shortage.places,
        short=shortage.short,
    )


def _needing(startups: int) -> str:
    """1 startup needs, 2 startups need."""
    return f"{counted(startups, 'startup')} {'needs' if startups == 1 else 'need'}"


def service_name(code: str, language: Language) -> str:
    """A service of the catalogue by its name; another one as it was written."""
    return term_name(f"{Family.SERVICE}:{code}", language)


def _kind(clash: Clash) -> str:
    limits = set(clash.limits)
    if "wanted" in limits:
        return "wanted"
    if "startup_min" in limits:
        if not clash.partners:
            return "nobody"
        return "service" if clash.services else "meetings"
    if "slots" in limits:
        return "slots"
    return "load" if "partner_min" in limits else "lock"


def _figures(clash: Clash, role: Role, language: Language) -> dict[str, object]:
    one, many = PARTNERS[language][role]
    between = "、" if language == "zh" else ", "
    partners, startups = len(clash.partners), len(clash.startups)
    rules = between.join(removed_sentence(rule, language) for rule in clash.rules)
    named = between.join(_label_name(label, language) for label in clash.services)
    if language == "zh":
        return {
            "startups": startups,
            "partners": partners,
            "role": one,
            "demand": clash.demand,
            "supply": clash.supply,
            "services": named,
            "rules": rules,
        }
    return {
        "startups_need": _needing(startups),
        "partners": counted(partners, one, many),
        "partners_offer": f"{counted(partners, one, many)} {'offers' if partners == 1 else 'offer'}",
        "partners_have": f"{'has' if partners == 1 else 'have'} {counted(clash.supply, 'place')} left",
        "places_left": f"{counted(clash.supply, 'place')} {'is' if clash.supply == 1 else 'are'} left",
        "role": one,
        "demand_meetings": counted(clash.demand, "meeting"),
        "supply": clash.supply,
        "services": named,
        "wanted": counted(clash.demand, "pair that staff want", "pairs that staff want"),
        "rules": rules,
    }


def _label_name(label: str, language: Language) -> str:
    code = services().meant(label)
    return label if code is None else service_name(code, language)


def _move(move: Move, role: Role, names: Names, language: Language) -> str:
    on_startups = move.action in {"raise_meetings", "lower_minimum", "raise_per_firm"}
    by, share = _share(move)
    pairs = [f"{names.get(one, one)} × {names.get(other, other)}" for one, other in move.pairs]
    return MOVES[language][move.action].format(
        who=_people(move.who, Role.STARTUP if on_startups else role, names, language),
        by=counted(by, "meeting") if move.action == "raise_meetings" and language == "en" else by,
        share=SHARES[language][share],
        pairs=_some(pairs, language),
        count=counted(len(pairs), "pair") if language == "en" else len(pairs),
        what=ALLOWED[language].get(move.what, move.what),
    )


def _share(move: Move) -> tuple[int, str]:
    """A move's figure, and whose it is: of one, of each of several, or of all together."""
    if move.action == "raise_per_firm":
        return max(move.by, default=0), "one"
    if len(move.who) > 1 and len(set(move.by)) == 1 and len(move.by) == len(move.who):
        return move.by[0], "each"
    return sum(move.by), "all" if len(move.who) > 1 else "one"


def _people(ids: Sequence[str], role: Role, names: Names, language: Language) -> str:
    if len(ids) <= NAMED:
        return _some([names.get(id_, id_) for id_ in ids], language)
    if role is Role.STARTUP:
        return f"{len(ids)} 家企业" if language == "zh" else f"{len(ids)} startups"
    one, many = PARTNERS[language][role]
    return f"{len(ids)} 位{one}" if language == "zh" else f"{len(ids)} {many}"


def _some(names: Sequence[str], language: Language) -> str:
    shown = list(names[:NAMED]) + (["…"] if len(names) > NAMED else [])
    return ("、" if language == "zh" else ", ").join(shown)
