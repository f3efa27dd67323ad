import time

import pytest

from matcher.taxonomy import Node, Taxonomy, industries, regions, services, stages


@pytest.fixture
def colours() -> Taxonomy:
    warm = Node(code="warm", zh="暖色", en="Warm", order=1.0)
    red = Node(
        code="warm.red", zh="红色", en="Red", parent="warm", aliases=("朱红", "scarlet red"), local=("r",)
    )
    return Taxonomy([warm, red], ["系", "tone"])


@pytest.mark.parametrize(
    "label",
    ["红色", "紅色", "Red", "RED", "朱红", "scarlet_red", "Scarlet-Red", "warm.red", "红色系", "red tone"],
)
def test_name_alias_and_code_mean_the_node_in_any_script_and_case(colours: Taxonomy, label: str) -> None:
    assert colours.resolve(label) == "warm.red"


@pytest.mark.parametrize("label", ["", " ", "绿色", "系", "r"])
def test_an_unknown_label_means_nothing(colours: Taxonomy, label: str) -> None:
    assert colours.resolve(label) is None


def test_a_local_name_holds_inside_its_parent_only(colours: Taxonomy) -> None:
    assert colours.within("warm", "r") == "warm.red"
    assert colours.within("", "r") is None


def test_a_joined_label_gives_each_part_that_is_known_once(colours: Taxonomy) -> None:
    assert colours.resolve_all("红色/绿色+暖色、朱红") == ("warm.red", "warm")
    assert colours.resolve_all("绿色") == ()


def test_a_near_miss_suggests_the_label_as_written_and_a_far_one_nothing(colours: Taxonomy) -> None:
    assert colours.suggest("scarlett red") == "scarlet red"
    assert colours.suggest("紅色") == "红色"
    assert colours.suggest("绿松石") is None
    assert colours.suggest("") is None


def test_ancestors_lead_to_the_root_also_from_outside_the_catalogue(colours: Taxonomy) -> None:
    assert colours.ancestors("warm.red") == ("warm.red", "warm")
    assert colours.ancestors("warm/rust") == ("warm/rust", "warm")
    assert colours.ancestors("~teal") == ("~teal",)


def test_names_come_in_both_languages_and_outside_the_catalogue_as_written(colours: Taxonomy) -> None:
    assert (colours.name("warm", "zh"), colours.name("warm", "en")) == ("暖色", "Warm")
    assert (colours.name("warm/rust", "zh"), colours.name("~teal", "en")) == ("rust", "teal")


def test_order_is_none_where_a_node_has_none_or_is_unknown(colours: Taxonomy) -> None:
    assert [colours.order(code) for code in ("warm", "warm.red", "cold")] == [1.0, None, None]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (Node(code="b", zh="甲", en="B"), "means both"),
        (Node(code="b", zh="乙", en="B", parent="c"), "parent is missing"),
        (Node(code="a", zh="乙", en="B"), "there twice"),
    ],
)
def test_a_label_or_code_that_is_there_twice_and_a_lost_parent_are_refused(other: Node, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Taxonomy([Node(code="a", zh="甲", en="A"), other])


@pytest.mark.parametrize("catalogue", [industries, stages, regions, services])
def test_every_node_has_a_slug_and_two_names(catalogue: type[Taxonomy]) -> None:
    taxonomy = catalogue()
    for code in taxonomy.codes:
        assert code == code.lower()
        assert code.isascii()
        assert not set(code) & set(" /~:|")
        assert taxonomy.name(code, "zh")
        assert taxonomy.name(code, "en")
        assert taxonomy.resolve(code) == taxonomy.resolve(taxonomy.name(code, "zh")) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("天使轮", "angel"),
        ("天使", "angel"),
        ("A轮", "a"),
        ("series-a", "a"),
        ("Series A", "a"),
        ("A輪融資", "a"),
        ("A+轮", "a-plus"),
        ("Pre-A", "pre-a"),
        ("种子轮", "seed"),
        ("C轮及以后", "c-later"),
        ("series-c+", "c-later"),
        ("战略投资", "strategic"),
        ("IPO上市后", "post-ipo"),
        ("post-ipo", "post-ipo"),
        ("新三板", "neeq"),
        ("venture", "venture"),
        ("private-equity", "private-equity"),
        ("other", "other"),
        ("不明确", "unknown"),
    ],
)
def test_stages_are_known_by_their_usual_names(label: str, code: str) -> None:
    assert stages().resolve(label) == code


def test_stages_grow_from_idea_to_listing_and_some_stand_beside() -> None:
    ladder = [
        "idea",
        "seed",
        "angel",
        "pre-a",
        "a",
        "a-plus",
        "b",
        "c",
        "d",
        "e",
        "pre-ipo",
        "ipo",
        "post-ipo",
    ]
    orders = [stages().order(code) for code in ladder]
    assert orders == sorted(orders, key=lambda order: (order is None, order))
    assert stages().order("strategic") is None
    assert stages().order("unknown") is None


def test_a_misspelt_stage_suggests_the_right_one() -> None:
    assert stages().suggest("天史轮") == "天使轮"
    assert stages().suggest("Serise A") == "Series A"
    assert stages().suggest("火星轮") is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("電子商務", "ecommerce"),
        ("人工智慧", "ai"),
        ("新材料产业", "materials"),
        ("合成生物", "biotech.synthetic"),
        ("人形机器人", "robotics.humanoid"),
        ("量子信息", "quantum"),
        ("空天技术", "aerospace"),
        ("games_video", "games"),
        ("network_hosting", "internet.hosting"),
        ("Cleantech", "energy"),
        ("医药健康", "health"),
    ],
)
def test_industries_are_known_by_their_usual_names(label: str, code: str) -> None:
    assert industries().resolve(label) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("概念验证", "technology.proof"),
        ("小试中试", "technology.pilot"),
        ("检验检测", "technology.testing"),
        ("应用场景", "market.scenarios"),
        ("股权融资", "finance.equity"),
        ("銀行貸款", "finance.loan"),
        ("补助", "finance.grant"),
        ("融资担保", "finance.guarantee"),
        ("算力", "computing.power"),
        ("政策申报", "policy.applications"),
        ("创业辅导", "coaching"),
    ],
)
def test_services_are_known_by_the_words_of_the_sector(label: str, code: str) -> None:
    assert services().resolve(label) == code


def test_a_hundred_thousand_labels_take_little_time() -> None:
    started = time.perf_counter()
    for row in range(100_000):
        industries().resolve(f"人工智能{row % 500}")
        industries().suggest(f"人工智能{row % 500}")
    assert time.perf_counter() - started < 3.0
