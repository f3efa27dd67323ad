"""The five kinds of file, and how one is told from a name or from its columns."""

import re
from collections.abc import Sequence
from enum import StrEnum

from matcher.profiles import Role
from matcher.text.comparable import comparable


class Kind(StrEnum):
    """What a file's rows are, in the order in which they are imported (later kinds refer to earlier)."""

    STARTUPS = "startups"
    MENTORS = "mentors"
    INVESTORS = "investors"
    INTERACTIONS = "interactions"
    LEDGER = "ledger"

    @property
    def role(self) -> Role | None:
        """The role of the profiles in such a file; None for interactions and ledgers."""
        return _ROLES.get(self)


_ROLES = {Kind.STARTUPS: Role.STARTUP, Kind.MENTORS: Role.MENTOR, Kind.INVESTORS: Role.INVESTOR}

_HINTS: dict[Kind, re.Pattern[str]] = {
    Kind.STARTUPS: re.compile("startup|compan|ventures?_list|企业|公司|项目|创业|初创|团队|在孵"),
    Kind.MENTORS: re.compile("mentor|coach|expert|advisor|导师|专家|顾问|辅导员"),
    Kind.INVESTORS: re.compile("investor|funds?\\b|lender|grant|投资|资方|基金|机构|贷款|融资产品|金融|银行"),
    Kind.INTERACTIONS: re.compile("interaction|event|feedback|互动|对接记录|交互|行为|撮合|记录"),
    Kind.LEDGER: re.compile("ledger|台账|月报|月度|经营数据"),
}


def kind_of(role: "Role | Kind") -> Kind:
    """The kind of file that holds profiles of a role; a kind stands for itself."""
    return role if isinstance(role, Kind) else next(kind for kind, held in _ROLES.items() if held is role)


def kinds_named(name: str) -> tuple[Kind, ...]:
    """The kinds that a file's or sheet's name speaks of; () where it says nothing.

    Records and ledgers are named after those they are about, so they win; "企业导师" are mentors.
    """
    text = comparable(name)
    found = tuple(kind for kind, hint in _HINTS.items() if hint.search(text))
    for winner in (Kind.LEDGER, Kind.INTERACTIONS):
        if winner in found:
            return (winner,)
    if Kind.MENTORS in found and Kind.INVESTORS not in found:
        return (Kind.MENTORS,)
    return found


def hint_count(kind: Kind, headers: Sequence[str]) -> int:
    """How many of the headers speak of a kind (导师姓名 of mentors)."""
    return sum(bool(_HINTS[kind].search(comparable(header))) for header in headers)
