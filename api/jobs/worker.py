"""A worker: one queue, the weekly retrain, and the signals that stop both."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from api.jobs.children import Children
from api.jobs.queue import JobQueue
from api.jobs.retraining import RETRAIN, Outcome, Retraining


def work(
    queue: JobQueue, retraining: Retraining | None, children: Children, each_minute: Sequence[str] = ()
) -> None:
    """Do jobs as they come, queue the retrain (None for none) when it is due and the jobs named `each_minute`
    as often, until a signal stops the worker. Of those none is queued that still waits or runs here.

    The signal is passed on to the process of a job under way.
    """

    def ask() -> None:
        waiting = queue.waiting()
        if retraining is not None and retraining.due() is not None and RETRAIN not in waiting:
            queue.add(RETRAIN)
        for name in not_under_way(queue, each_minute):
            queue.add(name)

    queue.work(ask, on_stop=children.stop)


def not_under_way(queue: JobQueue, names: Sequence[str]) -> list[str]:
    """Those of the jobs that neither wait nor run: a slow one is not to take every thread of the worker."""
    under_way = {*queue.running(), *queue.waiting()}
    return [name for name in names if name not in under_way]


def work_once(
    queue: JobQueue, retraining: Retraining | None, children: Children, each_minute: Sequence[str] = ()
) -> bool:
    """Do what is due, what waits, and the jobs named `each_minute`, here; whether all of it went well."""
    for name in each_minute:
        queue.add(name)
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
