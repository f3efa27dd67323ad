"""The stages that a partner seeks, as people write several at once: A轮及以后, 天使轮-B轮, 全部阶段."""

import functools
import math
import re

from matcher.taxonomy.catalogues import stages
from matcher.taxonomy.taxonomy import folded
from matcher.text.comparable import comparable

_EVERY = re.compile(
    r"(?:阶段|轮次)?(?:不限|均可|都可以?|皆可)(?:阶段|轮次)?"
    r"|(?:全部|所有|各个?|任意|任何|全)(?:融资)?(?:阶段|轮次|轮|时期|周期|生命周期)?"
    r"|(?:all|any|every)(?:stages?|rounds?)?|stageagnostic"
)
_AND = r"\s*(?:及其?|和|或|含|and\s+|or\s+)?\s*"
_TAIL = r"\s*(?:的?(?:各?阶段|各?轮次|项目|企业))?"
_LATER = re.compile(
    rf"(?:从\s*)?(.+?){_AND}(?:以后|之后|以上|往后|后续|起|later|onwards?|beyond|above){_TAIL}"
)
_EARLIER = re.compile(rf"(.+?){_AND}(?:以前|之前|以下|以内|往前|earlier|before|below){_TAIL}")
_BETWEEN = re.compile(r"\s*(?:[-~〜—–―−]+|至|到|\bto\b)\s*")
_AROUND = re.compile(r"^(?:从|from\s+)\s*|\s*(?:之间|期间)$")
_LATER_CODE = "-later"


def seeks_any(label: str) -> bool:
    """Whether a label says that every stage will do (不限, 全部阶段)."""
    return _EVERY.fullmatch(folded(label)) is not None


@functools.lru_cache(maxsize=10_000)
def spanned(label: str) -> tuple[str, ...]:
    """The codes of the stages that a range spans, in their order, both ends included; () where it is none."""
    written = _AROUND.sub("", comparable(label))
    if later := _LATER.fullmatch(written):
        return _from(later[1])
    if earlier := _EARLIER.fullmatch(written):
        code = stages().resolve(earlier[1])
        return _all_between(-math.inf, _ends(code)[1]) if code else ()
    code = stages().resolve(label)
    if code is not None:
        return _from(code.removesuffix(_LATER_CODE)) if code.endswith(_LATER_CODE) else ()
    return next((found for cut in _BETWEEN.finditer(written) if (found := _cut(written, cut))), ())


def _from(label: str) -> tuple[str, ...]:
    code = stages().resolve(label)
    return _all_between(_ends(code)[0], math.inf) if code else ()


def _cut(written: str, cut: re.Match[str]) -> tuple[str, ...]:
    """What lies between the labels on the two sides of a cut."""
    first, last = (stages().resolve(part) for part in (written[: cut.start()], written[cut.end() :]))
    return _all_between(_ends(first)[0], _ends(last)[1]) if first and last else ()


def _ends(code: str) -> tuple[float, float]:
    """Where a stage begins and ends on the line: a broad one with the narrower ones in it."""
    inside = [each for each in stages().codes if code in stages().ancestors(each)[1:]] or [code]
    places = [place for each in inside if (place := stages().order(each)) is not None]
    return (min(places), max(places)) if places else (math.inf, -math.inf)


def _all_between(first: float, last: float) -> tuple[str, ...]:
    """The stages from one place on the line to another, without the broad ones that contain others."""
    broad = {ancestor for code in stages().codes for ancestor in stages().ancestors(code)[1:]}
    places = {code: place for code in stages().codes if (place := stages().order(code)) is not None}
    within = [code for code, place in places.items() if first <= place <= last and code not in broad]
    return tuple(sorted(within, key=lambda code: places[code]))
