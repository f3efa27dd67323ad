"""A worker: one queue, the weekly retrain, and the signals that stop both."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from api.jobs.children import Children
from api.jobs.queue import JobQueue
from api.jobs.retraining import RETRAIN, Outcome, Retraining


def work(queue: JobQueue, retraining: Retraining | None, children: Children) -> None:
    """Do jobs as they come, and queue the retrain (None for none) when it is due, until a signal stops the
    worker.

    The signal is passed on to the process of a job under way.
    """

    def ask() -> None:
        if retraining is not None and retraining.due() is not None and RETRAIN not in queue.waiting():
            queue.add(RETRAIN)

    queue.work(ask, on_stop=children.stop)


def work_once(queue: JobQueue, retraining: Retraining | None, children: Children) -> bool:
    """Do what is due and what waits, here; whether all of it went well."""
    with _passing_signals_on(children):
        outcome = Outcome.NOT_DUE if retraining is None else retraining.run()
        failed = 0 if children.stopping else queue.drain()
    return not failed and outcome not in {Outcome.FAILED, Outcome.STOPPED}


@contextmanager
def _passing_signals_on(children: Children) -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.signal(number, lambda *_: children.stop()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
