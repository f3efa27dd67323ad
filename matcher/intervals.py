"""Where the truth behind a count lies: 95 % intervals."""

import math

NORMAL_95 = 1.959963984540054
"""So many standard errors to either side hold 95 % of a normal distribution."""


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The ends of a share's 95 % interval (Wilson 1927), within 0…1; (0, 1) of nothing."""
    if not n:
        return 0.0, 1.0
    share, z2 = successes / n, NORMAL_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NORMAL_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)
