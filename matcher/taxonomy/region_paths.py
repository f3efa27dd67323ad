"""Where a text says something is: a path of region codes, broadest first.

What the catalogue knows has its code; what follows and is unknown is kept below it (us-ca/sf bay), and a
text that begins with nothing known begins with ~.
"""

import functools
import re
from collections.abc import Sequence

from matcher.taxonomy.catalogues import regions
from matcher.taxonomy.taxonomy import folded
from matcher.text.comparable import comparable

_NO_PLACE = "|-|n/a|na|none|null|unknown|tbd|other|others|any|anywhere|remote|global|远程|全球|任意|其他|其它"
_ANYWHERE = frozenset((*_NO_PLACE.split("|"), "无", "暂无", "未知", "不详", "未填写", "不限", "不限地区"))
"""Texts that name no place."""
DEEPEST = 12
"""So many places of a path are read: each is kept with all above it, and no real place lies so deep."""
_HAN = "[\u3400-\u9fff]"
_SEPARATOR = re.compile(rf"[/\\>|·、，;,]|→|\s-\s|(?<={_HAN})[\s\-—]+(?={_HAN})")
_BRACKETED = re.compile(r"(.*)\(([^()]+)\)(.*)")
_DIVISION = re.compile(f"(?<={_HAN}{_HAN})(?:新区|[市区县镇])$")

Path = tuple[str, ...]


@functools.lru_cache(maxsize=1 << 17)
def region_path(text: str) -> Path:
    """Region codes from the broadest to the narrowest; () where the text names no place.

    Reads paths (USA/CA/SF Bay, 广东-深圳), addresses narrow to broad (Shenzhen, Guangdong) and names written
    together (广东省深圳市南山区). A name that several places have means the largest.
    """
    clean = comparable(text)
    if clean in _ANYWHERE:
        return ()
    if code := regions().anywhere(folded(clean)):
        return _to(code)
    named = [part.strip() for part in _SEPARATOR.split(_brackets_first(clean))]
    parts = [part for part in named if part] or [""]
    forwards = _followed(parts[:DEEPEST])
    if "," not in clean and not _is_free(forwards[0] if forwards else ""):
        return forwards
    return max(forwards, _followed(_backwards(parts[-DEEPEST:])), key=_known)


def _brackets_first(text: str) -> str:
    """西部(重庆)科学城 → 重庆/西部科学城, where the brackets hold a known place."""
    found = _BRACKETED.fullmatch(text)
    if not found or not regions().anywhere(folded(found[2])):
        return text
    return f"{found[2]}/{found[1].strip()}{found[3]}"


def _backwards(parts: Sequence[str]) -> list[str]:
    """Broadest first. Two letters at the end are a state where the USA has it (Palo Alto, CA)."""
    is_state = len(parts[-1]) == 2 and regions().within("us", parts[-1])
    return ["us", *parts[::-1]] if is_state and len(parts) > 1 else list(parts[::-1])


def _followed(parts: Sequence[str]) -> Path:
    path: Path = ()
    for part in parts:
        path = _extended(path, part)
    return path


def _known(path: Path) -> int:
    return sum(not _is_free(code) for code in path)


def _is_free(code: str) -> bool:
    """Whether the catalogue has no such code."""
    return "/" in code or code.startswith("~")


def _to(code: str) -> Path:
    return regions().ancestors(code)[::-1]


def _extended(path: Path, part: str) -> Path:
    """The path one place further down. A place that the path already has, or no place, leaves it as it is."""
    if part in _ANYWHERE:
        return path
    if path and _is_free(path[-1]):
        return _with_free(path, part)
    if code := _below(path, folded(part)):
        return path if code in path else _to(code)
    for name in _beginnings().get(part[:2], ()):
        if part.startswith(name) and (code := _below(path, name)):
            rest = part.removeprefix(name)
            return _extended(_to(code), "" if rest in ("区", "县") else rest)
    return _with_free(path, part)


def _below(path: Path, key: str) -> str | None:
    """The code that a folded name means here: under the last place, further below, or on the path."""
    if not path:
        return regions().anywhere(key)
    if code := regions().within(path[-1], key):
        return code
    above = (regions().within(place, key) for place in path[:-1])
    found = (regions().anywhere(key), *above)
    return next((c for c in found if c and (c in path or path[-1] in regions().ancestors(c))), None)


def _with_free(path: Path, part: str) -> Path:
    name = _DIVISION.sub("", part)
    if not path:
        return (f"~{name}",)
    return path if path[-1].endswith((f"/{name}", f"~{name}")) else (*path, f"{path[-1]}/{name}")


@functools.cache
def _beginnings() -> dict[str, list[str]]:
    """First two characters → Chinese names of places that begin so, the longest first."""
    names: dict[str, list[str]] = {}
    for name in sorted(regions().spellings(), key=len, reverse=True):
        if len(name) > 1 and re.match(_HAN, name):
            names.setdefault(name[:2], []).append(name)
    return names
