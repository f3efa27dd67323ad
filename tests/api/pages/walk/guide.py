"""The pictures of the guides, taken of the real pages: fixed names, cropped to what matters, as WebP."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from api.pages.helping.pictures import SIZES
from matcher.matching.wording import Language
from tests.api.pages.chromium import Screen, window
from tests.api.pages.walk.town import Town

WIDTH = 900
TALLEST = 620
QUALITY = 72
MARGIN = 12
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Shot:
    """Who opens which page of the town, and the part of it that is taken; `first` is done before."""

    who: str
    path: Callable[[Town], str]
    part: str
    first: Callable[[Page], None] = lambda _: None


def _runs(town: Town) -> tuple[str, str]:
    """The published run and the draft."""
    found = [path for path in town.paths["staff"] if re.fullmatch("/runs/[^/?]+", path)]
    return found[0], found[1]


def _startup(town: Town) -> str:
    return f"/startups/{town.people['startup'].profile_id}"


def _drop_a_file(page: Page) -> None:
    with as_file(files("fixtures") / "demo" / "startups.csv") as file:
        page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url(re.compile("/import/[^?]"))


SHOTS: Mapping[str, Shot] = {
    "import": Shot("staff", lambda _: "/import", "main", _drop_a_file),
    "cohort": Shot("staff", lambda _: "/cohorts/spring", "main"),
    "board": Shot("staff", lambda town: _runs(town)[1], ".board"),
    "publish": Shot("staff", lambda town: f"{_runs(town)[1]}/publish", "main"),
    "today": Shot("staff", lambda _: "/", "main"),
    "reasons": Shot("staff", _startup, "ol.lines > li:first-child"),
    "answers": Shot("staff", lambda town: _runs(town)[0], "#introductions"),
    "card": Shot("startup", lambda _: "/my", ".cards > li:first-child"),
    "requests": Shot("startup", lambda _: "/my/requests", ".entries"),
    "completeness": Shot("startup", lambda _: "/my/profile", ".complete"),
    "leaving": Shot("startup", lambda _: "/my/profile", "#matching"),
    "inbox": Shot("mentor", lambda _: "/my", ".entries"),
    "availability": Shot("mentor", lambda _: "/my", "aside"),
}


def write_pictures(browser: Browser, town: Town, folder: Path) -> None:
    """Every picture in both languages, in folders of their own, and their sizes beside them."""
    sizes: dict[str, dict[str, tuple[int, int]]] = {}
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        sizes[language] = {}
        with _windows(browser, town) as windows:
            for name, shot in SHOTS.items():
                image = _taken(windows(shot.who), shot, town, language)
                image.save(folder / language / f"{name}.webp", quality=QUALITY, method=6)
                sizes[language][name] = image.size
    (folder / SIZES).write_text(json.dumps(sizes, indent=1) + "\n", encoding="utf-8")


@contextmanager
def _windows(browser: Browser, town: Town) -> Iterator[Callable[[str], Screen]]:
    """A window of each person's, opened when it is first asked for."""
    opened: dict[str, Screen] = {}
    with ExitStack() as stack:

        def window_of(who: str) -> Screen:
            if who not in opened:
                opened[who] = stack.enter_context(window(browser, town.address, WIDTH))
                opened[who].open(town.link(who))
                opened[who].page.wait_for_url(lambda url: "/signin" not in url)
            return opened[who]

        yield window_of


def _taken(screen: Screen, shot: Shot, town: Town, language: Language) -> Image.Image:
    page, path = screen.page, shot.path(town)
    screen.open(path + ("&" if "?" in path else "?") + f"lang={language}")
    shot.first(page)
    page.wait_for_load_state("networkidle")
    part = page.locator(shot.part).first
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None, f"{path} has no {shot.part}"
    clip: FloatRect = {
        "x": max(box["x"] - MARGIN, 0),
        "y": max(box["y"] - MARGIN, 0),
        "width": min(box["width"] + 2 * MARGIN, WIDTH),
        "height": min(box["height"] + 2 * MARGIN, TALLEST),
    }
    taken = page.screenshot(clip=_on_page(page, clip), full_page=True)
    return Image.open(io.BytesIO(taken)).convert("RGB")


def _on_page(page: Page, clip: FloatRect) -> FloatRect:
    """The box as it is from the page's top, not from the window's."""
    return {**clip, "y": clip["y"] + page.evaluate("scrollY"), "x": clip["x"] + page.evaluate("scrollX")}
