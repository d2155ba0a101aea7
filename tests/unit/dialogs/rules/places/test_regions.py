"""The city of a region code: a city's own code and those of its districts give that city."""

from dialogs.rules.places.cities import TABLE
from dialogs.rules.places.regions import city_of_region
from tests.support.tables import over


@over([city.code for city in TABLE])
def test_code_of_city_or_its_district_gives_the_city(city):
    assert city_of_region(city) == city_of_region(city[:4] + "03") == city


@over(
    [
        ("110000", "110000"),
        ("110100", "110000"),
        ("110105", "110000"),
        ("120119", "120000"),
        ("310151", "310000"),
        ("500243", "500000"),
        ("419001", "419001"),
        ("469007", "469007"),
        ("659001", "659001"),
        ("650102", "650100"),
        ("440000", "440000"),
        ("440103001", "440100"),
        ("440103001001", "440100"),
        ("440100000000", "440100"),
    ]
)
def test_code_of_municipality_county_province_or_village_gives_city(code, city):
    assert city_of_region(code) == city


@over(
    [
        "999999",
        "000000",
        "100000",
        "440",
        "4401031",
        "4401030010",
        "9999990010",
        "44010a",
        "４４０１００",
        "441000",
        "110300",
        "429001",
        "",
    ]
)
def test_unknown_code_has_no_city(code):
    assert city_of_region(code) is None
