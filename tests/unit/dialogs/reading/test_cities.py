"""A city is found however a person names it; an ambiguous name gives all cities that match."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.cities import find_cities
from dialogs.rules.places.cities import CITIES, TABLE
from tests.support.tables import over


@over(TABLE)
def test_every_city_is_found_by_each_of_its_names(city):
    syllables = city.pinyin.split()
    initials = "".join(syllable[0] for syllable in syllables)
    short = city.name.removesuffix("市")
    named = (
        city.name,
        short,
        city.code,
        city.pinyin,
        "".join(syllables),
        initials,
        f"我在{short}",
        *city.also,
    )
    assert [city.code in find_cities(name) for name in named] == [True] * len(named)
    assert find_cities(short) == (city.code,)


@over(
    [
        ("廣州", ["广州市"]),
        ("韶關市", ["韶关市"]),
        ("肇慶", ["肇庆市"]),
        ("東莞", ["东莞市"]),
        ("雲浮市", ["云浮市"]),
        ("陽江那边", ["阳江市"]),
        ("Guangzhou", ["广州市"]),
        ("ＧＺ", ["广州市"]),
        (" 深 圳 ", ["深圳市"]),
        ("广东省佛山市", ["佛山市"]),
        ("我住在台山", ["江门市"]),
        ("我从广州搬到深圳", ["广州市", "深圳市"]),
        ("I live in Zhuhai now", ["珠海市"]),
        ("汕", ["汕头市", "汕尾市"]),
        ("shan", ["汕头市", "汕尾市"]),
        ("guang", ["广州市"]),
        ("zh", ["珠海市"]),
        ("北京", []),
        ("", []),
        ("。", []),
        ("440103", []),
        ("g", []),
    ]
)
def test_city_is_found_in_everyday_wording(typed, names):
    assert [CITIES[code] for code in find_cities(typed)] == names


@given(st.text())
def test_random_text_finds_only_known_cities_without_duplicates(text):
    found = find_cities(text)
    assert set(found) <= set(CITIES)
    assert len(set(found)) == len(found)


def test_table_has_all_21_cities_of_the_province():
    assert len(CITIES) == 21
    assert len({city.area_code for city in TABLE}) == 21
