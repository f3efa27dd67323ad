import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.comparable import comparable, organisation_core


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("軟體", "软件"),
        ("臺灣的積體電路", "台湾的集成电路"),
        ("ＡＩ　芯片，Ｌｔｄ", "ai芯片,ltd"),
        ("  Deep\t Tech\n", "deep tech"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Pre–A", "pre-a"),
    ],
)
def test_script_width_case_and_spaces_make_no_difference(written: str, compared: str) -> None:
    assert comparable(written) == compared


@pytest.mark.parametrize("blank", ["", " \t\n", "\u3000", "\ufeff"])
def test_a_blank_text_compares_as_nothing(blank: str) -> None:
    assert comparable(blank) == ""


@pytest.mark.parametrize(
    "written",
    [
        "复旦大学(上海)",
        "AI(人工智能)",
        "Series A (2021)",
        "西部(重庆)",
        "GPS(Global)",
        "重庆(Chóngqìng)",
        "Q3营收?(待核)",
    ],
)
def test_brackets_that_mean_something_stay(written: str) -> None:
    assert comparable(written) == written.lower().replace("gps (", "gps(")


@given(st.text(alphabet="智慧城市AI 芯片（）()?，。重慶軟體Ａ\t", max_size=40))
def test_a_compared_text_compares_as_itself(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


@pytest.mark.parametrize(
    "name",
    [
        "量隐科技",
        "量隱科技有限公司",
        "量隐科技股份有限公司",
        "量隐科技有限责任公司",
        "量隐科技（上海）有限公司",
        "量隐科技(集团)有限公司",
        "量隱科技(股)公司",
        " 量隐 科技 ",
    ],
)
def test_legal_form_bracketed_place_and_script_do_not_change_the_core(name: str) -> None:
    assert organisation_core(name) == "量隐科技"


@pytest.mark.parametrize(
    "name",
    [
        "Plum Robotics",
        "Plum Robotics Co., Ltd.",
        "PLUM ROBOTICS INC",
        "Plum-Robotics, L.L.C.",
        "Plum Robotics GmbH",
    ],
)
def test_western_legal_forms_do_not_change_the_core(name: str) -> None:
    assert organisation_core(name) == "plumrobotics"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("量隐科技有限公司", "量隐医疗有限公司"),
        ("青禾(医疗)有限公司", "青禾(教育)有限公司"),
        ("北京银行股份有限公司", "上海银行股份有限公司"),
        ("Plum Robotics Inc", "Plum Biotics Inc"),
        ("Zinc", "Z"),
    ],
)
def test_different_companies_keep_different_cores(one: str, other: str) -> None:
    assert organisation_core(one) != organisation_core(other)


@pytest.mark.parametrize(
    ("name", "core"), [("有限公司", "有限公司"), ("Co", "co"), ("(上海)", "上海"), ("???", "???"), (" ", "")]
)
def test_a_name_of_nothing_but_legal_form_is_its_own_core(name: str, core: str) -> None:
    assert organisation_core(name) == core


@pytest.mark.parametrize(
    "endless", ["a" + "\u0301\u0323" * 100_000, "字?guó)" * 20_000, "要?jiǎng)" * 20_000]
)
def test_hostile_text_takes_no_longer_than_its_length(endless: str) -> None:
    started = time.process_time()
    comparable(endless)
    assert time.process_time() - started < 3
