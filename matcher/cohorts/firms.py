"""Which partners come from one firm: those that name the same one in a tag `firm:NAME` or `机构:NAME`.

Names are compared as everywhere in Bole (case, width, Traditional and Simplified characters do not matter).
A partner that names none has none; of one that names several the first counts.
"""

from collections.abc import Sequence

import numpy as np

from matcher.assignment.problem import Int64
from matcher.profiles import Profile
from matcher.text.comparable import comparable
from matcher.vocabulary import Vocabulary

PREFIXES = ("firm:", "机构:", "机构：", "firm：")


def firm_of(partner: Profile) -> str:
    """The firm that the partner names, comparable; "" where it names none."""
    for tag in partner.tags:
        for prefix in PREFIXES:
            if tag.strip().lower().startswith(prefix):
                return comparable(tag.strip()[len(prefix) :])
    return ""


def firm_codes(partners: Sequence[Profile]) -> Int64:
    """A code for each partner's firm, int64 [m]; −1 where it has none."""
    names = [firm_of(partner) for partner in partners]
    return Vocabulary(filter(None, names)).rows(names, unknown=-1).astype(np.int64)
