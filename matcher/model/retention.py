"""Which versions are kept when old ones are removed."""

from collections.abc import Sequence

from matcher.model.pointer import Pointer


def dispensable(versions: Sequence[str], pointer: Pointer, keep: int) -> list[str]:
    """The versions to remove, of all there are (newest first): neither the live one, nor the `keep` that
    served last, nor the `keep` newest that never served.

    Those that rolling back returns to come before others that served.
    """
    known = set(versions)
    retired = [each for each in pointer.served() if each != pointer.version and each in known]
    never = [each for each in versions if each not in pointer.served()]
    return [*retired[keep:], *never[keep:]]
