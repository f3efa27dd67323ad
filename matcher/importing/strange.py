"""Labels of profiles that no catalogue knows, with who wrote them and what was probably meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matcher.importing.labels import misspelt, unknown_label
from matcher.profiles import Profile, Role


@dataclass(frozen=True, slots=True)
class Strange:
    """A label that the catalogue of a `field` does not know.

    `nearest` is the nearest label that it knows, "" where none is near; `read` says that it is matched as
    that one anyway. `profiles` are those that have it.
    """

    field: str
    label: str
    nearest: str
    read: bool
    profiles: tuple[Profile, ...]


def strange_labels(profiles: Iterable[Profile]) -> Sequence[Strange]:
    """Every such label of the profiles, the commonest first."""
    found: dict[tuple[str, str], list[Profile]] = {}
    for profile in profiles:
        for field, label in dict.fromkeys(_labels(profile)):
            if unknown_label(field, label) is not None:
                found.setdefault((field, label), []).append(profile)
    ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return [
        Strange(field, label, unknown_label(field, label) or "", misspelt(field, label), tuple(who))
        for (field, label), who in ordered
    ]


def _labels(profile: Profile) -> Iterator[tuple[str, str]]:
    """(field, label) of everything that a catalogue could know."""
    startup = profile.role is Role.STARTUP
    yield from (("industries", label) for label in profile.industries)
    yield from (("needs", label) for label in profile.needs if startup)
    yield from (("offers", label) for label in profile.offers if not startup)
    yield from (("stages", label) for label in profile.stages if not startup)
    yield from (("stage", label) for label in (profile.stage,) if label and startup)
    yield from (("region", label) for label in (profile.region,) if label)
