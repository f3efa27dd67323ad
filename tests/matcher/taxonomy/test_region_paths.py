import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.taxonomy import region_path, regions
from matcher.taxonomy.region_paths import DEEPEST

SHENZHEN = ("cn", "cn-gd", "cn-gd-shenzhen")


CHINESE = [
    "深圳",
    "深圳市",
    "广东/深圳",
    "广东-深圳",
    "广东·深圳",
    "广东 深圳",
    "广东深圳",
    "广东省深圳市",
    "廣東省深圳市",
]
ENGLISH = [
    "Shenzhen",
    "Shenzhen, Guangdong",
    "Shenzhen, Guangdong, China",
    "CN/Guangdong/Shenzhen",
    "SHENZHEN",
]


@pytest.mark.parametrize("text", [*CHINESE, *ENGLISH])
def test_a_city_is_found_however_it_is_written(text: str) -> None:
    assert region_path(text) == SHENZHEN


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("USA/CA/SF Bay/Palo Alto", ("us", "us-ca", "us-ca/sf bay", "us-ca/sf bay/palo alto")),
        ("广东省深圳市南山区", (*SHENZHEN, "cn-gd-shenzhen-nanshan")),
        ("广东/深圳/某某街道", (*SHENZHEN, "cn-gd-shenzhen/某某街道")),
        ("Springfield, IL", ("us", "us-il", "us-il/springfield")),
        ("西部(重庆)科学城", ("cn", "cn-cq", "cn-cq-western-science-city")),
        ("重庆高新区", ("cn", "cn-cq", "cn-cq/高新")),
        ("吉林省吉林市", ("cn", "cn-jl", "cn-jl-jilin")),
        ("延边朝鲜族自治州", ("cn", "cn-jl", "cn-jl-yanbian")),
        ("长沙县", ("cn", "cn-hn", "cn-hn-changsha")),
        ("臺北", ("cn", "cn-tw", "cn-tw-taipei")),
        ("London, United Kingdom", ("gb", "gb-london")),
        ("Singapore, Singapore", ("sg",)),
        ("广东/北京", ("cn", "cn-gd", "cn-gd/北京")),
    ],
)
def test_a_path_goes_as_far_as_is_known_and_keeps_the_rest(text: str, path: tuple[str, ...]) -> None:
    assert region_path(text) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("吉林", ("cn", "cn-jl")),
        ("Georgia", ("us", "us-ga")),
        ("Fuzhou", ("cn", "cn-fj", "cn-fj-fuzhou")),
        ("CA", ("ca",)),
        ("New York", ("us", "us-ny")),
    ],
)
def test_a_name_of_several_places_means_the_largest(text: str, path: tuple[str, ...]) -> None:
    assert region_path(text) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Jiangxi/Fuzhou", ("cn", "cn-jx", "cn-jx-fuzhou")),
        ("USA/CA", ("us", "us-ca")),
        ("USA/NY/New York", ("us", "us-ny", "us-ny-new-york-city")),
        ("北京朝阳区", ("cn", "cn-bj", "cn-bj-chaoyang")),
        ("辽宁朝阳", ("cn", "cn-ln", "cn-ln-chaoyang")),
    ],
)
def test_what_stands_before_tells_places_of_one_name_apart(text: str, path: tuple[str, ...]) -> None:
    assert region_path(text) == path


def test_an_unknown_place_stays_what_it_is_called() -> None:
    assert region_path("Atlantis") == ("~atlantis",)
    assert region_path("亚特兰蒂斯/Old Town") == ("~亚特兰蒂斯", "~亚特兰蒂斯/old town")


@pytest.mark.parametrize("text", ["", "  ", "不限", "未知", "N/A", "unknown", "/", "，"])
def test_a_text_that_names_no_place_has_no_path(text: str) -> None:
    assert region_path(text) == ()


def test_unknown_parts_of_a_path_are_left_out() -> None:
    assert region_path("USA/CA/unknown") == ("us", "us-ca")
    assert region_path("United States - Other") == ("us",)


@given(st.text(alphabet="广东省深圳市/, -北京朝阳区aUSCA()·0", max_size=25))
def test_every_step_of_any_path_lies_below_the_one_before(text: str) -> None:
    path = region_path(text)
    assert all(regions().ancestors(path[-1])[::-1][: i + 1] == path[: i + 1] for i in range(len(path)))


def test_every_place_of_the_catalogue_is_found_by_its_own_names_under_its_parents() -> None:
    for code in regions().codes:
        path = regions().ancestors(code)[::-1]
        for language in ("zh", "en"):
            assert region_path("/".join(regions().name(step, language) for step in path)) == path


def test_china_has_all_its_provinces_and_prefectures() -> None:
    provinces = [c for c in regions().codes if len(c) == 5 and c.startswith("cn-")]
    assert len(provinces) == 34
    mainland = set(provinces) - {"cn-hk", "cn-mo", "cn-tw", "cn-bj", "cn-sh", "cn-tj", "cn-cq"}
    cities = [
        c for c in regions().codes if regions().ancestors(c)[1:2] and regions().ancestors(c)[1] in mainland
    ]
    assert len(cities) >= 333


def test_a_path_is_read_as_deep_as_places_lie() -> None:
    nested = region_path("/".join(f"x{n}" for n in range(500)))
    assert len(nested) == DEEPEST
    assert region_path("/".join(("广东", "深圳", "南山", *(f"x{n}" for n in range(500)))))[:3] == SHENZHEN
    assert region_path("," * 900 + "深圳") == region_path("深圳")
