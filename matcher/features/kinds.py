"""What a partner's kind implies: a fund gives equity and a bank lends, though neither wrote it down."""

import re
from functools import lru_cache

from matcher.text.comparable import comparable

_IMPLIED = (
    (r"担保|guarant", "finance.guarantee"),
    (r"投资银行|投行|财务顾问|investment bank|advisor", "finance.advisory"),
    (r"资助|补助|补贴|奖补|专项资金|\bgrants?\b|subsid", "finance.grant"),
    (r"租赁|保理|供应链金融|leasing|factoring", "finance.leasing"),
    (r"银行|贷|债权|\bbanks?\b|\bloans?\b|\bdebt\b|\blend", "finance.loan"),
    (
        r"基金|天使|创投|风投|股权|资本|投资|\bfunds?\b|angel|venture|equity|capital|investor|\b(?:c?vc|pe)s?\b",
        "finance.equity",
    ),
)
"""The first that a kind fits: a guarantee fund guarantees, a loan fund lends."""
_KINDS = tuple((re.compile(pattern), code) for pattern, code in _IMPLIED)


@lru_cache(maxsize=10_000)
def implied_service(kind: str) -> str:
    """The code of the financing that partners of a kind give ("银行贷款" → finance.loan); "" for others."""
    written = comparable(kind)
    return next((code for pattern, code in _KINDS if pattern.search(written)), "")
