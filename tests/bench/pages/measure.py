"""One page's figures: the server's time, its queries, what it weighs, and when something is seen of it."""

import gzip
import http.client
import shutil
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

import numpy as np
from playwright.sync_api import Browser, Playwright, Response

from api.sessions import COOKIE
from tests.api.pages.queries import asked
from tests.bench.pages.world import NOBODY, City
from tests.bench.timing import Timing, in_turns

REQUESTS = 50
WARM = 5
LOADS = 3
LOOKS = 5
BARE = "/signin"
"""What other pages are measured beside: the same templates, and nothing to look up."""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
Opened = tuple[str, str]
"""Who opens what."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How often a page asks the database, and the milliseconds of one core that it takes (median)."""

    queries: int
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser without anything kept gets: bytes as sent and compressed, milliseconds to the first
    paint with content (the median of several loads)."""

    sent: int
    compressed: int
    paint_ms: float


def times(port: int, city: City) -> dict[Opened, Timing]:
    """What every page takes through HTTP, in turns with the bare page, over kept connections."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    ways: dict[Opened, Callable[[int], object]] = {
        (who, path): lambda _, who=who, path=path: _get(connection, path, city.cookies.get(who, ""))  # type: ignore[misc]
        for who, paths in city.paths.items()
        for path in paths
    }
    names = {f"{who} {path}": (who, path) for who, path in ways}
    measured = in_turns({name: ways[key] for name, key in names.items()}, np.arange(WARM + REQUESTS), WARM)
    connection.close()
    return {names[name]: timing for name, timing in measured.items()}


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    connection.request("GET", quote(path, safe="/?&=:%+,"), headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")


def costs(city: City) -> dict[Opened, Cost]:
    """What every page costs when it is opened again, in this process: busy neighbours change little of it."""
    found = {}
    for who, paths in city.paths.items():
        look = city.visitor(who).get
        for path in paths:
            look(path)
            queries = len(asked(city.store, partial(look, path)))
            found[who, path] = Cost(
                queries, statistics.median(_busy(partial(look, path)) for _ in range(LOOKS))
            )
    return found


def _busy(act: Callable[[], object]) -> float:
    """How many milliseconds this process works for it."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def seen(playwright: Playwright, port: int, city: City) -> dict[Opened, Seen]:
    """What a browser makes of every page."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    address = f"http://127.0.0.1:{port}"
    found = {
        (who, path): _loaded(browser, address + path, city.cookies.get(who, ""))
        for who, paths in city.paths.items()
        for path in paths
    }
    browser.close()
    return found


def _loaded(browser: Browser, url: str, cookie: str) -> Seen:
    loads = [_load(browser, url, cookie) for _ in range(LOADS)]
    return Seen(loads[0].sent, loads[0].compressed, statistics.median(each.paint_ms for each in loads))


def _load(browser: Browser, url: str, cookie: str) -> Seen:
    came: list[Response] = []
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        if cookie:
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
        page = context.new_page()
        page.on("response", lambda response: came.append(response))
        page.goto(url, wait_until="networkidle")
        paint = float(page.evaluate(PAINT))
        bodies = [each.body() for each in came if urlsplit(each.url).scheme == "http" and each.ok]
    return Seen(sum(map(len, bodies)), sum(len(_smaller(body)) for body in bodies), paint)


def _smaller(body: bytes) -> bytes:
    """As a server or a proxy that compresses sends it."""
    return min(body, gzip.compress(body, 6), key=len)


def figures(
    timed: Mapping[Opened, Timing], costly: Mapping[Opened, Cost], looked: Mapping[Opened, Seen]
) -> list[dict[str, Any]]:
    """One row a page, the slowest first."""
    bare = timed[NOBODY, BARE]
    rows = [
        {
            "who": who,
            "path": path,
            "p50": timing.p50,
            "p95": timing.p95,
            "ratio": round(timing.p50 / bare.p50, 1),
            "cpu_ms": round(costly[who, path].cpu_ms, 1),
            "queries": costly[who, path].queries,
            "sent": looked[who, path].sent,
            "compressed": looked[who, path].compressed,
            "paint_ms": looked[who, path].paint_ms,
        }
        for (who, path), timing in timed.items()
    ]
    return sorted(rows, key=lambda row: -float(str(row["p95"])))
