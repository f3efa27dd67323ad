"""A taxonomy: codes with names in two languages, the other words people use for them, and their order."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matcher.taxonomy.spelling import near_spellings
from matcher.text.comparable import comparable

_FILLER = re.compile(r"[\s\-_·/&.,、'()]+")
_JOINT = re.compile(r"[/+&>|·\-、,;]|\s(?:and|or)\s|[和与及或]")
_HAN = re.compile("[\u3400-\u9fff]")
_NEAR_HAN = 60.0
"""Likeness (0–100) from which a Chinese name is worth suggesting: one wrong character of three."""
_NEAR_LATIN = 75.0
_CACHED = 1 << 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One entry. `parent` is "" at the top; `order` is None where the entry has no place on a line.

    `local` names hold only among the children of the parent (CA is California inside the USA).
    """

    code: str
    zh: str
    en: str
    parent: str = ""
    order: float | None = None
    aliases: tuple[str, ...] = ()
    local: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that means this entry anywhere, the best known first."""
        return (self.zh, self.en, *self.aliases, self.code)


class Taxonomy:
    """Nodes that can be found by any of their labels.

    Raises:
        ValueError: a code, or a label of two nodes, that is there twice; a parent that is missing.
    """

    def __init__(self, nodes: Sequence[Node], suffixes: Sequence[str] = ()) -> None:
        """`suffixes` are endings that add nothing to a label (行业, 市, round)."""
        self._nodes = {node.code: node for node in nodes}
        self._suffixes = tuple(sorted(suffixes, key=len, reverse=True))
        self._codes_by_key = _index((folded(label), node.code) for node in nodes for label in node.labels)
        self._labels_by_key = {folded(label): label for node in nodes for label in reversed(node.labels)}
        self._local = _index(
            (f"{node.parent}:{folded(label)}", node.code)
            for node in nodes
            for label in (*node.local, *node.labels)
        )
        if len(self._nodes) != len(nodes) or {node.parent for node in nodes} - {"", *self._nodes}:
            raise ValueError("a code is there twice or a parent is missing")

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of the catalogue."""
        return tuple(self._nodes)

    def node(self, code: str) -> Node:
        """The entry of a code.

        Raises:
            KeyError: the catalogue has no such code.
        """
        return self._nodes[code]

    def resolve(self, label: str) -> str | None:
        """The code that a label (name, alias or code, in any script or case) means; None if unknown."""
        return _resolved(self, label)

    def meant(self, label: str) -> str | None:
        """The code of a known label, else of the one entry that it misspells; None where it is neither.

        See `matcher.taxonomy.spelling` for what counts as a slip.
        """
        return _meant(self, label)

    def misspelt(self, key: str) -> str | None:
        """The code of the one entry that a folded label misspells; None where there is none, or several."""
        near = (right for stem in self._stems(key) for right in near_spellings(stem, self._codes_by_key))
        codes = {self._codes_by_key[right] for right in near}
        return codes.pop() if len(codes) == 1 else None

    def resolve_all(self, label: str) -> tuple[str, ...]:
        """The codes of a label that may join several (AI+医疗, A/B), without parts that are unknown."""
        whole = self.resolve(label)
        parts = [whole] if whole else [self.resolve(part) for part in _JOINT.split(comparable(label))]
        return tuple(dict.fromkeys(code for code in parts if code))

    def suggest(self, label: str) -> str | None:
        """The nearest label as people write it (天史轮 → 天使轮); None where nothing is near."""
        return _suggested(self, label)

    def within(self, parent: str, key: str) -> str | None:
        """The child of `parent` ("" for the top) that a folded label means there; None if unknown."""
        return next(
            (code for stem in self._stems(key) if (code := self._local.get(f"{parent}:{stem}"))), None
        )

    def anywhere(self, key: str) -> str | None:
        """The code that a folded label means without any context; None if unknown."""
        return next((code for stem in self._stems(key) if (code := self._codes_by_key.get(stem))), None)

    def nearest(self, key: str) -> str | None:
        """The label whose folded form is nearest to a folded one; None where none is near."""
        for stem in self._stems(key):
            if stem in self._labels_by_key:
                return self._labels_by_key[stem]
        near = _NEAR_HAN if _HAN.search(key) else _NEAR_LATIN
        found = process.extractOne(key, self._labels_by_key.keys(), scorer=fuzz.ratio, score_cutoff=near)
        return self._labels_by_key[found[0]] if found else None

    def name(self, code: str, language: str) -> str:
        """The name in "zh" or "en". A code outside the catalogue (us-ca/sf bay) gives its last part."""
        node = self._nodes.get(code)
        if node is None:
            return code.rpartition("/")[2].removeprefix("~")
        return node.zh if language == "zh" else node.en

    def ancestors(self, code: str) -> tuple[str, ...]:
        """(code, parent, …, root). A code outside the catalogue is below what stands before its slash."""
        node = self._nodes.get(code)
        parent = node.parent if node else code.rpartition("/")[0]
        return (code, *self.ancestors(parent)) if parent else (code,)

    def order(self, code: str) -> float | None:
        """The entry's place on the taxonomy's line; None where it has none or is unknown."""
        node = self._nodes.get(code)
        return node.order if node else None

    def spellings(self) -> Iterator[str]:
        """Every folded label, also the local ones, as it is and with each ending that adds nothing."""
        for key in {*self._codes_by_key, *(local.partition(":")[2] for local in self._local)}:
            yield key
            yield from (key + suffix for suffix in self._suffixes)

    def _stems(self, key: str) -> Iterator[str]:
        """The folded label, then without the endings that add nothing."""
        yield key
        while ending := next((s for s in self._suffixes if key.endswith(s) and key != s), None):
            key = key.removesuffix(ending)
            yield key


def folded(label: str) -> str:
    """The label as it is looked up: comparable, without spaces and joining marks (Pre-A → prea)."""
    return _FILLER.sub("", comparable(label).replace("&", "and"))


def _index(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for key, code in pairs:
        if codes.setdefault(key, code) != code:
            raise ValueError(f"{key} means both {codes[key]} and {code}")
    return codes


@functools.lru_cache(maxsize=_CACHED)
def _resolved(taxonomy: Taxonomy, label: str) -> str | None:
    return taxonomy.anywhere(folded(label))


@functools.lru_cache(maxsize=_CACHED)
def _meant(taxonomy: Taxonomy, label: str) -> str | None:
    return taxonomy.resolve(label) or taxonomy.misspelt(folded(label))


@functools.lru_cache(maxsize=_CACHED)
def _suggested(taxonomy: Taxonomy, label: str) -> str | None:
    key = folded(label)
    return taxonomy.nearest(key) if len(key) > 1 else None
