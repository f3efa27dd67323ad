"""The guides, and that they and their pictures belong together."""

import html
import json
import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from PIL import Image

from api.pages.helping.pictures import ALT, SIZES
from api.principals import OFFICE, Caller
from matcher.store import Store
from tests.api.pages.visitor import Visitor
from tests.api.pages.walk.guide import LANGUAGES, SHOTS
from tests.api.world import caller

ENDPOINTS = {"pages.guide"}
FOLDER = Path(__file__).parents[4] / "api" / "pages" / "static" / "help"
MOST_BYTES = 1_500_000
GUIDES = ("office", "startup", "partner")
OWN = {
    Caller.STARTUP: "推荐 您的请求 您的档案",
    Caller.MENTOR: "收件箱 名额与暂停",
    Caller.INVESTOR: "收件箱 名额与暂停",
}


@pytest.mark.parametrize("role", Caller)
def test_everybody_reads_the_guide_of_their_role_and_no_member_anothers(
    app: APIFlask, store: Store, role: Caller
):
    who = caller(app, store, role)
    for asked in ("", "?for=office", "?for=startup", "?for=x" * 10_000):
        text = re.sub(r"<[^>]*>|\s+", " ", who.get(f"/help{asked}"[:6000]).text)
        text = " ".join(text.split())
        assert OWN.get(role, "") in text
        assert ("第一个小时" in text) is (role in OFFICE and asked != "?for=startup")


def test_the_guide_is_in_everybodys_menu(staff: Visitor):
    assert 'href="/help"' in staff.get("/cohorts").text.partition("<main")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_is_used_and_is_described(staff: Visitor, language: str):
    pages = [staff.get(f"/help?for={guide}&lang={language}").text for guide in GUIDES]
    used = {
        name: html.unescape(alt)
        for page in pages
        for name, alt in re.findall(rf'src="/pages/help/{language}/(\w+)\.webp" alt="([^"]*)"', page)
    }
    there = {file.stem for file in (FOLDER / language).iterdir()}
    assert used.keys() == there == SHOTS.keys() == ALT.keys()
    assert all(len(alt) > 5 for alt in used.values())
    assert all(bool(re.search("[\u4e00-\u9fff]", alt)) is (language == "zh") for alt in used.values())


def test_the_sizes_are_those_of_the_pictures_and_the_repository_stays_small():
    sizes = json.loads((FOLDER / SIZES).read_text(encoding="utf-8"))
    files = list(FOLDER.rglob("*.webp"))
    real = {
        lang: {f.stem: list(Image.open(f).size) for f in files if f.parent.name == lang} for lang in LANGUAGES
    }
    assert sizes == real
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_every_page_that_a_guide_names_exists(staff: Visitor):
    for guide in GUIDES:
        page = staff.get(f"/help?for={guide}").text.partition("<main")[2]
        for path in set(re.findall(r'href="(/[^"#]*)', page)):
            assert staff.get(html.unescape(path)).status_code == 200, path
        anchors = re.findall(r'href="#([^"]*)"', page)
        assert [each for each in anchors if f'id="{each}"' not in page] == []


def test_pictures_are_sent_as_what_they_are(staff: Visitor):
    answer = staff.get("/pages/help/zh/board.webp")
    assert answer.headers["Content-Type"] == "image/webp"
