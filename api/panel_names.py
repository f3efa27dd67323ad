"""Reviewers who are given by name: the mentors and investors that they are, whose conflicts then count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.errors import InvalidInput
from matcher.profiles import PARTNER_ROLES
from matcher.store import Store
from matcher.text.comparable import comparable


@dataclass(frozen=True, slots=True)
class Partners:
    """The partners of an organisation: the ids that there are, and the ids of each comparable name."""

    ids: frozenset[str]
    names: Mapping[str, Sequence[str]]

    def meant(self, words: Iterable[str]) -> str:
        """The id that one of the words is, or whose profile bears it as its whole name; "" where none does.

        Raises:
            InvalidInput: the name of several partners.
        """
        return next((found for word in words if word and (found := self._one(word))), "")

    def _one(self, word: str) -> str:
        if word in self.ids:
            return word
        found = self.names.get(comparable(word), ())
        if len(found) > 1:
            remedy = f"give one of {', '.join(found)} as partner_id"
            raise InvalidInput("name", word, "is the name of several profiles", remedy)
        return found[0] if found else ""


def partners_of(store: Store, organisation: str) -> Partners:
    """The partners of an organisation, to be found by name."""
    names: dict[str, list[str]] = {}
    for profile in store.profiles(organisation, roles=PARTNER_ROLES):
        names.setdefault(comparable(profile.name), []).append(profile.id)
    return Partners(frozenset(id_ for ids in names.values() for id_ in ids), names)
