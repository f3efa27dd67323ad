"""Text similarity alone, on texts of which something is known: Bole's beside what it is made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import VectorStore
from matcher.encoding.e5 import SmallE5, e5_is_installed
from matcher.encoding.encoder import Encoder, UniversalSentenceEncoder
from matcher.encoding.texts import encode_texts
from matcher.model.combination import EXPERT_PRIOR
from matcher.signals import text
from matcher.taxonomy import industries, services, stages
from matcher.text.terms import inverse_document_frequency, term_counts, tf_idf
from training.quality.text_tasks import (
    TextTask,
    alike_sentences,
    described_companies,
    rated_experts,
    tagged_companies,
    translated_names,
)

Float32 = npt.NDArray[np.float32]
Method = Callable[[Sequence[str], Sequence[str]], Float32]

BOTH = "Bole: meaning + words"


@dataclass(frozen=True, slots=True)
class TextScore:
    """One figure: how well `method` does on `task`, larger is better, with its standard error."""

    task: str
    method: str
    measure: str
    value: float
    error: float


def text_scores(data: Path, cache: VectorStore, say: Callable[[str], None]) -> list[TextScore]:
    """Every method on every task whose records are in `data`; `say` hears what is measured or missing.

    `cache` keeps vectors from run to run. The second encoder is left out where it is not installed, and on
    tasks of the default one only.
    """
    default, second = _methods(UniversalSentenceEncoder(), cache), dict[str, Method]()
    if e5_is_installed():
        second = {"encoder e5, whole": _encoder(SmallE5(), cache)}
    else:
        say("texts: the encoder e5 is not installed (extra e5); its rows are left out")
    found: list[TextScore] = []
    for task in tasks(data):
        say(f"texts: {task.name}")
        found += judged(task, default if task.default_only else {**default, **second})
    return found


def tasks(data: Path) -> Iterator[TextTask]:
    """The tasks that the records in `data` allow; translation needs none."""
    yield from translated_names([industries(), services(), stages()])
    if (file := data / "itjuzi/company_descriptions.csv").exists():
        yield from described_companies(file)
    if (file := data / "yc/companies.csv").exists():
        yield from tagged_companies(file)
    if (file := data / "zh_similarity/Chinese-STS-B.sts-b-test.txt").exists():
        yield alike_sentences(file)
    if (file := data / "experts/rate_lrbench_pc.json").exists():
        yield rated_experts(file)


def judged(task: TextTask, methods: Mapping[str, Method]) -> list[TextScore]:
    """What each method is worth on the task."""
    return [
        TextScore(
            task.name, name, task.measure, *task.judge(method(task.queries, task.documents), task.truth)
        )
        for name, method in methods.items()
    ]


def words(queries: Sequence[str], documents: Sequence[str]) -> Float32:
    """Cosine of TF-IDF rows, weighted over queries and documents, [queries, documents]; NaN without words."""
    counts = term_counts([*queries, *documents])
    rows = tf_idf(counts, inverse_document_frequency(counts))
    return text.lexical(rows[: len(queries)], rows[len(queries) :])


def together(meaning: Float32, wording: Float32) -> Float32:
    """Both signals as the expert prior weighs them; one that is unknown says nothing."""
    total = np.zeros(meaning.shape)
    for name, signal in (("semantic", meaning), ("lexical", wording)):
        term = EXPERT_PRIOR[name]
        total += (term.startup + term.partner) * np.nan_to_num((signal - term.centre) / term.scale)
    return total.astype(np.float32)


def _methods(encoder: Encoder, cache: VectorStore) -> dict[str, Method]:
    def meaning(queries: Sequence[str], documents: Sequence[str]) -> Float32:
        return text.semantic(encode_texts(queries, encoder, cache), encode_texts(documents, encoder, cache))

    return {
        BOTH: lambda queries, documents: together(meaning(queries, documents), words(queries, documents)),
        "meaning, whole and parts": meaning,
        "words (TF-IDF)": words,
        "default encoder, whole": _encoder(encoder, cache),
    }


def _encoder(encoder: Encoder, cache: VectorStore) -> Method:
    def scores(queries: Sequence[str], documents: Sequence[str]) -> Float32:
        one, other = (encode_texts(some, encoder, cache).whole for some in (queries, documents))
        return text.whole(one, other)

    return scores
