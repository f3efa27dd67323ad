"""Taking somebody out of texts that others wrote: what names them becomes their pseudonym."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from matcher.text.comparable import comparable

_PLAIN, _OTHER = 5, 2
"""A text of so many characters, all ASCII or not, is told from chance within another; shorter ones are only
looked for as a whole."""
_MEMBERS = "(?:startup|mentor|investor)"


@dataclass(frozen=True)
class Marks:
    """What somebody is known by: `ids` (in their organisation), and everywhere `keys`, `names` and e-mail
    `addresses`. With `signatures` changes are recorded that they made ("staff Wei"), perhaps followed by what
    a token of theirs is called; `known_abroad` are those of the names that other organisations may know."""

    pseudonym: str
    ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    known_abroad: tuple[str, ...] = ()

    def abroad(self) -> "Marks":
        """What they are known by in another organisation, where their id is somebody else's."""
        return replace(self, ids=(), names=self.known_abroad, signatures=())

    def all(self) -> tuple[str, ...]:
        """Every mark, the longest first, so that a key goes before the id within it."""
        return tuple(sorted({*self.keys, *self.addresses, *self.names, *self.ids}, key=len, reverse=True))

    def needles(self) -> tuple[str, ...]:
        """What a row must hold, as text or within JSON, to be worth a look."""
        spelled = {form for mark in self.all() for form in _spellings(mark)}
        bare = {form for form in spelled if _distinctive(form)}
        quoted = {f'"{form}"' for form in spelled - bare}
        recorded = {f" {id_}" for id_ in self.ids}
        signed = {form for each in self.signatures for form in _spellings(each)}
        return tuple(sorted(bare | quoted | recorded | signed))

    def are(self, text: str) -> bool:
        """Whether the text is one of the marks, names as they are compared."""
        return text in self._exact or comparable(text) in self._names

    def in_text(self, text: str) -> str:
        """The text with the pseudonym in the place of every mark."""
        if self.are(text):
            return self.pseudonym
        if self._who is not None and self._who.fullmatch(text):
            return f"{text.partition(' ')[0]} {self.pseudonym}"
        return text if self._within is None else self._within.sub(self.pseudonym, text)

    def in_json(self, value: Any) -> Any:
        """The value with the pseudonym in the place of every mark, among names of members too."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, Mapping):
            return {self.in_text(str(name)): self.in_json(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.in_json(each) for each in value]
        return value

    def in_file(self, content: bytes) -> bytes:
        """A file of JSON (one value, or one on each line) or other UTF-8 text; one that is neither stays."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return content
        return self._in_document(text).encode()

    def _in_document(self, text: str) -> str:
        try:
            value = json.loads(text)
        except ValueError:
            return "".join(self._in_line(line) for line in text.splitlines(keepends=True))
        scrubbed = self.in_json(value)
        same = scrubbed == value
        return text if same else json.dumps(scrubbed, ensure_ascii=False, indent=2 if "\n" in text else None)

    def _in_line(self, line: str) -> str:
        if line.startswith("{"):
            try:
                value = json.loads(line)
            except ValueError:
                pass
            else:
                scrubbed = self.in_json(value)
                return line if scrubbed == value else json.dumps(scrubbed, ensure_ascii=False) + "\n"
        return line if self._within is None else self._within.sub(self.pseudonym, line)

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self.all())

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(filter(None, map(comparable, self.names)))

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        marks = [form for mark in self.all() if _distinctive(mark) for form in _spellings(mark)]
        found = [_bounded(mark, fold=mark in self.addresses) for mark in _unique(marks)]
        return re.compile("|".join(found)) if found else None

    @cached_property
    def _who(self) -> re.Pattern[str] | None:
        """Whom a change is recorded of: "mentor m1 Wei (laptop)", "staff Wei (laptop)"."""
        ids = "|".join(map(re.escape, self.ids))
        signed = "|".join(map(re.escape, self.signatures))
        forms = [rf"{_MEMBERS} (?:{ids})(?: .*)?"] if ids else []
        forms += [rf"(?:{signed})(?: \(.*\))?"] if signed else []
        return re.compile("|".join(forms), re.DOTALL) if forms else None


def _distinctive(text: str) -> bool:
    return len(text) >= (_PLAIN if text.isascii() else _OTHER)


def _spellings(mark: str) -> tuple[str, ...]:
    """The mark as text, as HTML and as JSON write it."""
    return tuple(_unique([mark, html.escape(mark), json.dumps(mark)[1:-1]]))


def _unique(texts: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(texts))


def _bounded(mark: str, *, fold: bool) -> str:
    """The mark where no ASCII letter or digit goes on before or after it ("Li Wei" is not in "Li Weidong"),
    with `fold` in small and capital letters."""
    before = r"(?<![A-Za-z0-9])" if mark[0].isascii() and mark[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if mark[-1].isascii() and mark[-1].isalnum() else ""
    text = re.escape(mark)
    return f"{before}(?i:{text}){after}" if fold else f"{before}{text}{after}"
