"""The languages of the pages."""

import re
from collections.abc import Mapping
from io import BytesIO

import pytest
from apiflask import APIFlask
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from api.pages.catalogues import (
    catalogue_file,
    in_traditional,
    read_catalogue,
    renewed,
    texts_of_the_source,
    translated,
)
from tests.api.pages.visitor import Visitor

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module", params=["zh", "zh_Hant"])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


def strings_of(catalogue: Catalog) -> Mapping[str | tuple[str, ...], tuple[str, ...]]:
    return {
        text: words if isinstance(words, tuple) else (words,) for text, words in translated(catalogue).items()
    }


def test_every_text_is_translated_and_no_other(catalogue: Catalog):
    assert strings_of(catalogue).keys() == texts_of_the_source()
    assert len(catalogue) > 100
    assert not catalogue.obsolete


def test_no_translation_is_empty_or_a_guess(catalogue: Catalog):
    assert [text for text, strings in strings_of(catalogue).items() if not all(strings)] == []
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []


def test_translations_have_the_placeholders_of_their_texts(catalogue: Catalog):
    for text, strings in strings_of(catalogue).items():
        wanted = set(PLACEHOLDER.findall(text if isinstance(text, str) else text[-1]))
        assert all(set(PLACEHOLDER.findall(string)) == wanted for string in strings), text


def test_the_compiled_catalogue_is_that_of_the_texts(catalogue: Catalog):
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    assert catalogue_file(str(catalogue.locale)).with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_traditional_chinese_is_made_from_simplified():
    made = in_traditional(read_catalogue("zh"))

    assert translated(made) == translated(read_catalogue("zh_Hant"))
    assert translated(made)["Mentors"] == "導師"


def test_renewing_keeps_what_is_known_adds_what_is_given_and_drops_what_is_gone():
    texts = {"old", "new", ("%(num)d cat", "%(num)d cats")}
    made = renewed({"old": "旧", "gone": "去"}, {"new": "新", "%(num)d cats": "%(num)d 只猫"}, texts)

    assert translated(made) == {"old": "旧", "new": "新", ("%(num)d cat", "%(num)d cats"): ("%(num)d 只猫",)}


def test_renewing_leaves_open_what_nobody_translated():
    assert translated(renewed({}, {}, {"new"})) == {"new": ""}


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


def test_traditional_chinese_is_bole_s_own_words_and_not_what_people_wrote(staff: Visitor):
    answer = staff.get("/startups/s1?lang=zh-Hant")

    assert '<html lang="zh-Hant">' in answer.text
    assert "適合的導師" in answer.text
    assert "青松科技" in answer.text


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
    for known in (
        "伯乐",
        "简体",
        "繁體",
        "青松科技",
        "灯塔智能有限公司",
        "苏近",
        "远之",
        "避嫌",
        "北岸基金",
        "基金",
    ):
        own = own.replace(known, "")
    assert re.findall("[\u3400-\u9fff]+", own) == []
