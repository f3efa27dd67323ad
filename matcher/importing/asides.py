"""Rows that are about the table rather than of it: totals, and the notes that staff write below."""

import re

from matcher.importing.cells import text_of
from matcher.importing.grids import Broken, Cells, Formula, Row
from matcher.importing.report import Problem, Severity
from matcher.importing.rules import Rule
from matcher.text.comparable import comparable

_TOTALS = re.compile(
    r"(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|总\s*和|(?:grand )?totals?|sub-?totals?|sum)\s*:?"
)
_REMARK = re.compile(
    r"[*※]?\s*(?:注\s*[0-9]*|备\s*注|附\s*注|说\s*明|填[表报写]\w{0,4}|制表\w{0,4}|审核\w{0,2}|统计\w{0,4}|"
    r"(?:数据|资料)?来源|notes?|remarks?|source)\s*[:.、].*",
    re.DOTALL,
)


def aside(table: str, row: Row) -> Problem | None:
    """The warning that a row is left out as a total or a remark; None for any other row.

    A total begins with 合计 or a word like it; a remark (注：…, 填表人：…) is alone in its row.
    """
    number, cells = row
    texts = _texts(cells)
    if not texts:
        return None
    first = comparable(texts[0])
    if _TOTALS.fullmatch(first):
        rule = Rule.TOTALS
    elif len(texts) == 1 and _REMARK.fullmatch(first):
        rule = Rule.REMARK
    else:
        return None
    return Problem(table, number, "", texts[0][:80], rule, severity=Severity.WARNING)


def _texts(cells: Cells) -> list[str]:
    """The first two cells that are not empty: enough to tell."""
    texts: list[str] = []
    for cell in cells:
        text = cell.written if isinstance(cell, Formula | Broken) else text_of(cell)
        texts += [text] if text else []
        if len(texts) == 2:
            break
    return texts
