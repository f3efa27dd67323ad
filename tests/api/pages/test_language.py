"""The two languages of the pages."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from apiflask import APIFlask
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import api.pages
from tests.api.pages.visitor import Visitor

PAGES = Path(api.pages.__file__).parent
CATALOGUE = PAGES / "translations" / "zh" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def texts_of_the_source() -> set[str | tuple[str, ...]]:
    with (PAGES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(PAGES, methods, options)
    return {text for _, _, text, _, _ in found}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (CATALOGUE / "messages.po").open("rb") as file:
        return read_po(file, locale="zh")


def translated(catalogue: Catalog) -> Mapping[str | tuple[str, ...], tuple[str, ...]]:
    return {
        message.id: message.string if isinstance(message.string, tuple) else (message.string,)
        for message in catalogue
        if message.id
    }


def test_every_text_is_translated_and_no_other(catalogue: Catalog):
    assert translated(catalogue).keys() == texts_of_the_source()
    assert len(catalogue) > 100
    assert not catalogue.obsolete


def test_no_translation_is_empty_or_a_guess(catalogue: Catalog):
    assert [text for text, strings in translated(catalogue).items() if not all(strings)] == []
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []


def test_translations_have_the_placeholders_of_their_texts(catalogue: Catalog):
    for text, strings in translated(catalogue).items():
        wanted = set(PLACEHOLDER.findall(text if isinstance(text, str) else text[-1]))
        assert all(set(PLACEHOLDER.findall(string)) == wanted for string in strings), text


def test_the_compiled_catalogue_is_that_of_the_texts(catalogue: Catalog):
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    assert (CATALOGUE / "messages.mo").read_bytes() == compiled.getvalue()


def test_pages_are_chinese_until_the_reader_chooses(app: APIFlask):
    answer = app.test_client().get("/signin", headers={"Accept-Language": "en", "Accept": "text/html"})
    assert '<html lang="zh-Hans">' in answer.text
    assert "访问令牌" in answer.text


def test_a_choice_is_remembered(staff: Visitor):
    assert "Startups" in staff.text("/startups?lang=en")
    assert "Startups" in staff.text("/startups")
    assert '<html lang="en">' in staff.get("/startups").text
    assert "企业" in staff.text("/startups?lang=zh")
    assert '<html lang="zh-Hans">' in staff.get("/startups").text


def test_an_unknown_language_is_chinese(staff: Visitor):
    assert '<html lang="zh-Hans">' in staff.get("/startups?lang=xx").text


def test_the_other_language_is_one_click_away_on_the_same_page(staff: Visitor):
    answer = staff.get("/startups/lamp?role=investor&k=5")
    assert 'href="?role=investor&amp;k=5&amp;lang=en"' in answer.text


@pytest.mark.parametrize(
    "path",
    ["/startups", "/partners", "/startups/s1?ask=i1", "/partners/i1", "/models", "/signin", "/nowhere"],
)
def test_english_pages_are_english_throughout(staff: Visitor, path: str):
    answer = staff.get(path + ("&" if "?" in path else "?") + "lang=en")
    own = "".join(re.findall(r">[^<]*|(?:aria-label|title|placeholder)=\"[^\"]*\"", answer.text))
    for known in ("伯乐", "中文", "青松科技", "灯塔智能有限公司", "苏近", "远之", "避嫌", "北岸基金", "基金"):
        own = own.replace(known, "")
    assert re.findall("[\u3400-\u9fff]+", own) == []
