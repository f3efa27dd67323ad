"""The report as one file: whole, offline, in two languages, and safe from what people are called."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.training.weekly.report.sample import a_week
from training.weekly.findings import Finding, Severity
from training.weekly.record import Mover, Need, ShownPartner, Supply, Told, WeeklyRecord
from training.weekly.report import NAMELESS_HTML, REPORT_HTML, REPORT_JSON, files, render
from training.weekly.report.rendering import flat

WEEK = a_week()
AT = "2026-11-22T03:00:00Z"
BARE = WeeklyRecord("r1", AT, AT, "stopped")
HOSTILE = [
    '<script>alert("1")</script>',
    "</style><img src=x onerror=alert(1)>",
    "'\" onmouseover=alert(1) x='",
    "{{ 7 * 7 }}{% raw %}",
    "</svg></title><iframe src=//bad.example>",
    "\u202egnp.exe\u2066",
    "=HYPERLINK(1)",
    "很" * 300,
]


class Seen(HTMLParser):
    """Tags with their attributes, and the text outside <style>, as a browser would take them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def halves(page: str) -> tuple[str, str]:
    zh, _, en = page.partition('<div class="half" id="en"')
    return zh, en


def text(page: str) -> str:
    return " ".join(" ".join(Seen(page).texts).split())


def hostile_week() -> WeeklyRecord:
    """Everything that users can name is mischief."""
    mover = [Mover(evil, evil, evil, evil, None, 1, (Told(evil, evil),)) for evil in HOSTILE]
    shown = tuple(ShownPartner(evil, evil, 1, 2) for evil in HOSTILE)
    odd = [
        Finding("labels_unknown", Severity.NOTE, {"example": evil, "field": evil, "role": evil})
        for evil in HOSTILE
    ]
    return replace(
        WEEK,
        run=HOSTILE[0],
        candidate=HOSTILE[1],
        live_before=HOSTILE[2],
        live_after=HOSTILE[1],
        checks=tuple(odd),
        lists={role: replace(one, movers=tuple(mover)) for role, one in WEEK.lists.items()},
        exposure={role: replace(one, most_shown=shown) for role, one in WEEK.exposure.items()},
        supply=Supply(tuple(Need(evil, evil, evil, 1, 0) for evil in HOSTILE)),
        settings={evil: {evil: evil} for evil in HOSTILE},
    )


def elements(page: str) -> Counter[str]:
    return Counter(tag for tag, _ in Seen(page).tags)


def test_names_are_text_whatever_they_are() -> None:
    page = render(hostile_week())
    seen = Seen(page)
    assert not elements(page).keys() & {"script", "img", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
    for evil in HOSTILE[:4]:
        assert evil in text(page), "it is told as it is written"
    assert "49" not in text(page).partition("{{ 7 * 7 }}")[2][:20]


def test_a_name_cannot_turn_the_words_around_it() -> None:
    names = re.findall(r"<bdi[^>]*>([^<]*)</bdi>", render(hostile_week()))
    assert sum("gnp.exe" in name for name in names) == 12


@pytest.mark.parametrize("record", [WEEK, BARE])
def test_the_file_needs_nothing_but_itself(record: WeeklyRecord) -> None:
    page = render(record)
    addresses = [each[name] for _, each in Seen(page).tags for name in ("href", "src") if name in each]
    assert all(address and address.startswith("#") for address in addresses)
    assert not re.findall(r"url\(|@import|https?:|//[a-z]", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("record", [WEEK, BARE])
def test_every_address_within_leads_somewhere_and_no_place_has_two_names(record: WeeklyRecord) -> None:
    seen = Seen(render(record))
    places = [str(each["id"]) for _, each in seen.tags if "id" in each]
    assert len(places) == len(set(places))
    assert {str(each["href"])[1:] for each in seen.named("a")} <= set(places)
    assert {
        str(each["aria-labelledby"]) for each in seen.named("section") if "aria-labelledby" in each
    } <= set(places)


@pytest.mark.parametrize("record", [WEEK, BARE])
def test_the_english_half_is_english_and_the_chinese_one_chinese(record: WeeklyRecord) -> None:
    nameless = replace(record, lists={}, exposure={}, checks=())
    zh, en = (text(half) for half in halves(render(nameless)))
    assert re.findall("[\u3400-\u9fff]+", en.replace("伯乐", "").replace("中文", "")) == []
    assert len(re.findall("[\u3400-\u9fff]", zh)) > 300
    sentences = re.findall(r"(?:[A-Za-z’]+ ){4,}", zh.replace("Bole weekly model report", ""))
    assert sentences == []


@pytest.mark.parametrize("record", [WEEK, BARE])
def test_both_halves_have_the_same_shape(record: WeeklyRecord) -> None:
    zh, en = (elements(half) for half in halves(render(record).partition("<body>")[2]))
    zh["div"] -= 1  # the English half's own was cut in two
    assert zh == en


def test_a_run_that_came_to_nothing_says_in_every_section_what_would_fill_it() -> None:
    _, en = halves(render(BARE))
    sections = re.split("<section", en)[2:]
    assert len(sections) == 9
    assert all('class="empty"' in section for section in sections)


def test_a_whole_week_leaves_nothing_empty() -> None:
    assert 'class="empty"' not in render(WEEK)


def test_one_heading_leads_and_none_is_skipped() -> None:
    for half in halves(render(WEEK)):
        levels = [int(tag[1]) for tag, _ in Seen(half).tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_every_table_is_captioned_and_every_chart_told() -> None:
    page = render(WEEK)
    assert elements(page)["table"] == elements(page)["caption"] > 20
    for chart in Seen(page).named("svg"):
        assert chart.get("aria-hidden") == "true" or len(str(chart["aria-label"])) > 10


def sections_told(page: str) -> Iterator[str]:
    for zh, _ in [("检查", 0), ("质量", 0), ("供需缺口", 0)]:
        yield page.partition(f'title">{zh}</h2>')[2].partition("</section>")[0]


def test_the_week_is_told_with_its_figures() -> None:
    checks, quality, supply = (text(section) for section in sections_told(render(WEEK)))
    assert "12 条互动的日期在未来" in checks
    assert checks.index("需留意") < checks.index("提示") < checks.index("正常")
    assert re.search(r"新模型 0\.231 0\.214–0\.248 现用模型 0\.214", quality)
    assert quality.index("只看档案") < quality.index("LightFM") < quality.index("按热度排")
    assert "概念验证 41 / 0" in supply


def checks_told(well: int, odd: int) -> str:
    given = [Finding("texts_ok", Severity.OK, {"profiles": at}) for at in range(well)]
    given += [Finding("profiles_none", Severity.ERROR, {})] * odd
    return next(sections_told(render(replace(WEEK, checks=tuple(given), gate=()))))


def test_many_findings_that_all_is_well_are_folded_away() -> None:
    assert "<details" not in checks_told(well=5, odd=1)
    assert "其余 6 项正常" in checks_told(well=6, odd=1)
    assert "全部 6 项正常" in checks_told(well=6, odd=0)
    assert checks_told(well=6, odd=1).index("不通过") < checks_told(well=6, odd=1).index("<details")


def test_before_the_first_model_what_was_is_profiles_alone() -> None:
    first = render(replace(WEEK, live_before=None))
    assert "只看档案和用新模型各列一份清单" in first
    assert "用现用模型和用新模型" in render(WEEK)


def test_a_file_without_names_names_nobody() -> None:
    named = {mover.name for lists in WEEK.lists.values() for mover in lists.movers}
    named |= {mover.partner_name for lists in WEEK.lists.values() for mover in lists.movers}
    named |= {one.name for shown in WEEK.exposure.values() for one in shown.most_shown}
    named |= {"量子点显示胶", "demo:P-007"}
    kept = files(WEEK)
    whole, nameless = kept[REPORT_HTML].decode(), kept[NAMELESS_HTML].decode()
    assert all(name in whole for name in named - {"demo:P-007"})
    assert [name for name in named if name in nameless] == []
    assert "12 条互动的日期在未来" in nameless


def test_the_document_is_the_record_and_its_summary() -> None:
    document = files(WEEK)[REPORT_JSON]
    assert WeeklyRecord.from_json(document) == WeeklyRecord.from_json(WEEK.to_json())
    assert json.loads(document)["summary"]["outcome"] == "promoted"


def test_settings_are_told_by_their_full_names() -> None:
    assert list(flat({"gate": {"margin": 0.01, "when": {"unsure": "keep"}}, "keep": 8})) == [
        ("gate.margin", 0.01),
        ("gate.when.unsure", "keep"),
        ("keep", 8),
    ]
