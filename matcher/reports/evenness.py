"""How evenly something is spread: the Gini coefficient and the Lorenz curve."""

import numpy as np
import numpy.typing as npt


def gini(shares: npt.ArrayLike) -> float:
    """The Gini coefficient of what each one has: 0 where all have the same, towards 1 where one has all.

    0 where nobody has anything.
    """
    ordered = np.sort(np.asarray(shares, dtype=np.float64))
    n, whole = len(ordered), float(ordered.sum())
    if whole == 0:
        return 0.0
    return float(2 * (np.arange(1, n + 1) @ ordered) / (n * whole) - (n + 1) / n)


def lorenz(shares: npt.ArrayLike, points: int = 100) -> tuple[float, ...]:
    """The Lorenz curve (Lorenz 1905): what part of all the least 0, 1/points … 1 of them have, 0…1.

    Empty where nobody has anything.
    """
    ordered = np.sort(np.asarray(shares, dtype=np.float64))
    summed = np.concatenate([[0.0], np.cumsum(ordered)])
    if summed[-1] == 0:
        return ()
    at = np.linspace(0, len(ordered), points + 1)
    found: list[float] = np.interp(at, np.arange(len(ordered) + 1), summed / summed[-1]).tolist()
    return tuple(found)
