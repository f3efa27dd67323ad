"""The figures for people: one column for each size, ratios beside what they are ratios of."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]

BARE_SEARCHES = 3
ALLOWANCE_MS = 10.0
_MEBIBYTE = 1024 * 1024

_ROWS: Mapping[str, Callable[[Figures], str]] = {
    "request for 10 explained matches, ms (p50 / p95)": lambda f: _pair(f["request"]),
    "bare FAISS, same vectors, ms (p50 / p95)": lambda f: _pair(f["faiss"]),
    "LightFM.predict with side features + argsort, ms (p50)": lambda f: f"{f['lightfm']['p50']:.1f}",
    "LightFM.predict without them + argsort, ms (p50)": lambda f: f"{f['lightfm_bare']['p50']:.1f}",
    "request / bare FAISS": lambda f: f"{f['request']['p50'] / f['faiss']['p50']:.2f}",
    "request / LightFM": lambda f: f"{f['request']['p50'] / f['lightfm']['p50']:.3f}",
    "3 × bare FAISS + 10 ms": lambda f: f"{target_ms(f):.1f}: {'reached' if reached(f) else '**missed**'}",
    "match --all, lists/s (one by one)": lambda f: f"{f['bulk']['bulk']:,} ({f['bulk']['alone']:,})",
    "bare FAISS batch search, same vectors, searches/s": lambda f: f"{f['bulk']['batch']:,}",
    "match --all / FAISS batch, time": lambda f: f"{f['bulk']['batch'] / f['bulk']['bulk']:.1f}",
    "load average before the requests (quiet: about 1)": lambda f: f"{f['load_average']:.1f}",
    "recall@10 of the index stage": lambda f: f"{f['recall_at_10']:.4f}",
    "start to ready, s": lambda f: f"{f['ready_seconds']:.1f}",
    "server's peak memory, MiB": lambda f: _mebibytes(f["server_peak_bytes"]),
    "import, rows/s": lambda f: f"{f['import']['rows_per_second']:,}",
    "import's peak memory, MiB": lambda f: _mebibytes(f["import"]["peak_bytes"]),
    "train, s": lambda f: f"{f['train']['seconds']:.1f}",
    "train's peak memory, MiB": lambda f: _mebibytes(f["train"]["peak_bytes"]),
    "encode, texts/s on one thread": lambda f: f"{f['texts_per_second']:,}",
    "a swap alone, s (a snapshot taken anew)": lambda f: _swap_alone(f["swapping"]),
    "swaps under load: requests / errors / answers that mix versions": lambda f: _counts(f["swapping"]),
    "p99 while swapping / in pauses, ms (at most 2 ×)": lambda f: _swap_p99(f["swapping"]),
    "promotion to the last answer of another version, s (p50 / most; at most 5)": lambda f: _pickup(
        f["swapping"]
    ),
}


def markdown(sizes: Sequence[Figures]) -> str:
    """The table."""
    header = ["figure", *(f"{figures['partners']:,} partners" for figures in sizes)]
    rows = [[name, *(show(figures) for figures in sizes)] for name, show in _ROWS.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows))


def target_ms(figures: Figures) -> float:
    """What the median request should stay within."""
    return float(BARE_SEARCHES * figures["faiss"]["p50"] + ALLOWANCE_MS)


def reached(figures: Figures) -> bool:
    """Whether it does."""
    return bool(figures["request"]["p50"] <= target_ms(figures))


def _pair(timing: Figures) -> str:
    return f"{timing['p50']:.2f} / {timing['p95']:.2f}"


def _swap_alone(swapping: Figures) -> str:
    return f"{swapping['swap_seconds']:.2f} ({swapping['snapshot_seconds']:.1f})"


def _counts(swapping: Figures) -> str:
    return f"{swapping['swaps']} swaps: {swapping['requests']:,} / {swapping['errors']} / {swapping['mixed']}"


def _swap_p99(swapping: Figures) -> str:
    swap, quiet = swapping["swapping_p99"], swapping["quiet_p99"]
    return f"{swap:.1f} / {quiet:.1f} ({swap / quiet:.2f} ×)"


def _pickup(swapping: Figures) -> str:
    return f"{swapping['pickup_seconds_median']:.2f} / {swapping['pickup_seconds_most']:.2f}"


def _mebibytes(count: float) -> str:
    return f"{count / _MEBIBYTE:,.0f}"
