"""Chunks answered on a Dask cluster: the only module that knows distributed.

Every worker opens the store and the registry by their URLs itself; nothing but chunks goes out, nothing but
rows comes back. A worker that dies costs the chunks it was at: the scheduler gives them to another.
"""

from collections.abc import Iterable, Iterator

from distributed import Client, as_completed

from api.bulk.chunks import Basis, Chunk, Order, on_basis, rows_elsewhere
from matcher.errors import BoleError, NotReady
from matcher.tables import Row

CONNECT_SECONDS = 10
_RETRIES = 5
"""So often a chunk is given out again that a worker could not answer, as one that came too late to open the
store as it was."""


def answered_on(
    scheduler: str, basis: Basis, order: Order, chunks: Iterable[Chunk]
) -> Iterator[tuple[Chunk, list[Row]]]:
    """Chunks with their rows, as they are done.

    Raises:
        NotReady: no cluster at the URL, no workers, or one that cannot see what the basis names.
        Conflict: the store changed meanwhile.
    """
    with _client(scheduler) as client:
        _refuse_other_basis(client, basis)
        futures = {
            client.submit(rows_elsewhere, basis, chunk, order, pure=False, retries=_RETRIES): chunk
            for chunk in chunks
        }
        done = as_completed(list(futures), loop=client.loop, with_results=True)  # type: ignore[no-untyped-call]
        for future, rows in done:
            yield futures.pop(future), rows
            future.release()


def _client(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NotReady(f"no Dask scheduler at {scheduler!r}: {error}") from error


def _refuse_other_basis(client: Client, basis: Basis) -> None:
    """Every worker opens the basis before any is given work."""
    found = client.run(_problem, basis)
    if not found:
        raise NotReady("the cluster has no workers; start some with `dask worker`")
    for worker, problem in sorted(found.items()):
        if problem:
            raise NotReady(f"worker {worker}: {problem}")


def _problem(basis: Basis) -> str:
    try:
        on_basis(basis)
    except BoleError as error:
        return str(error)
    return ""
