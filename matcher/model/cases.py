"""What partners have really done, in plain numbers: sentences are made of it, scores are not."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp


class Outcome(IntEnum):
    """How far a pair got."""

    ASKED = 1
    """The startup asked for the partner, or shortlisted it; no more is known."""
    MET = 2
    """The partner accepted, or the two met."""
    TAKEN = 3
    """The investor invested, the mentor mentored."""


@dataclass(frozen=True, slots=True)
class Cases:
    """n cases of a role's partners, those of partner p at ends[p] … ends[p + 1], by day.

    `startups` int32 [n]: a number for each startup; `contexts` int32 [n]: rows of `described`, CSR
    [contexts, attributes]; `days` int32 [n] since 1970-01-01; `outcomes` int8 [n]: see Outcome.
    `answers` int32 [partners, 2]: startups whose request the partner declined, and accepted; `declined` CSR
    [partners, attributes] counts the former by attribute.
    """

    ends: npt.NDArray[np.int64]
    startups: npt.NDArray[np.int32]
    contexts: npt.NDArray[np.int32]
    days: npt.NDArray[np.int32]
    outcomes: npt.NDArray[np.int8]
    described: sp.csr_matrix
    answers: npt.NDArray[np.int32]
    declined: sp.csr_matrix


def no_cases() -> Cases:
    """Of nobody."""
    none, nothing = np.zeros(0, np.int32), sp.csr_matrix((0, 0), dtype=np.float32)
    return Cases(
        ends=np.zeros(1, np.int64),
        startups=none,
        contexts=none,
        days=none,
        outcomes=none.astype(np.int8),
        described=nothing,
        answers=none.reshape(0, 2),
        declined=nothing,
    )
