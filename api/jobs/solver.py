"""What solving a match run does, wherever it runs.

Apart from `api.jobs.solving`: the engine is slow to load, and a web process never needs it.
"""

from collections.abc import Callable

from matcher.cohorts.run import MatchRun
from matcher.cohorts.working import found_for
from matcher.errors import BoleError
from matcher.matching.snapshot import Snapshot
from matcher.store import Store


def carried_out(
    store: Store,
    snapshot: Callable[[], Snapshot],
    begun: MatchRun,
    token: str,
    *,
    seconds: Callable[[], float],
) -> MatchRun:
    """The run, solved: what was found is kept. Where that comes to nothing, the run says why.

    Raises:
        Conflict: it was cancelled meanwhile. BoleError: it could not be solved.
    """
    runs, why, ended = store.match_runs, "it was interrupted", False
    try:
        after = runs.finish(begun.id, token, found_for(store, snapshot(), begun, seconds))
        ended = True
    except BoleError as error:
        why = str(error)
        raise
    finally:
        if not ended:
            runs.fail(begun.id, token, why)
    return after
