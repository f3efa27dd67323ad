"""The section on text similarity alone."""

from collections.abc import Sequence

from matcher.store import Store
from training.quality.context import Context
from training.quality.sections import Section
from training.quality.texts import TextScore, text_scores

_COLUMNS = ("task", "measure", "method", "figure", "standard error")
_NOTE = "Texts of which something is known: the same sub-industry, shared tags, a translation, a likeness."


def text_sections(context: Context) -> list[Section]:
    """One section over the records of texts; none in a run that leaves the task of ordered pairs out."""
    if context.pairs is None:
        return []
    store = Store(f"sqlite:///{(context.work / 'texts.db').absolute()}")
    try:
        store.migrate()
        return [text_section(text_scores(context.given.data, store, context.say))]
    finally:
        store.close()


def text_section(scores: Sequence[TextScore]) -> Section:
    """Every method on every task."""
    rows = tuple((one.task, one.measure, one.method, one.value, one.error) for one in scores)
    return Section("Text similarity", _COLUMNS, rows, _NOTE)
