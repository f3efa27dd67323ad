"""The pointer's file: read as it is at this moment, swapped in one atomic write."""

from contextlib import AbstractContextManager

from matcher.errors import UnusableModel
from matcher.model.pointer import POINTER, Pointer, pointer_file, read_pointer
from matcher.model.storage import Storage


class LivePointer:
    """The one pointer of a storage. Whoever reads it in order to write it holds `swapping`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self) -> Pointer:
        """The pointer.

        Raises:
            UnusableModel: it is damaged, or cannot be read.
        """
        return read_pointer(self._storage.read(POINTER))

    def read_or_none(self) -> Pointer:
        """The pointer; where it is damaged, one to nothing.

        Raises:
            UnusableModel: it cannot be read, which does not mean that there is none.
        """
        content = self._storage.read(POINTER)
        try:
            return read_pointer(content)
        except UnusableModel:
            return Pointer()

    def write(self, pointer: Pointer) -> None:
        """Swap it."""
        self._storage.write(POINTER, pointer_file(pointer))

    def swapping(self) -> AbstractContextManager[None]:
        """One writer at a time; see `Storage.locked`."""
        return self._storage.locked(POINTER)
