"""Every city has an alternative to the face check, and unknown details are left out."""

from types import MappingProxyType

import pytest

from dialogs.rules.places.cities import CITIES
from dialogs.rules.places.offices import SHIPPED, Office, Offices
from tests.support.tables import over


@over(CITIES)
def test_every_city_has_its_own_hotline_and_no_made_up_address(city):
    office = SHIPPED.of(city)
    assert office.name == CITIES[city]
    assert office.phone.endswith("-12333")
    assert (office.address, office.home_visit) == ("", "")


@pytest.mark.parametrize(
    ("city", "phone"), [("440100", "020-12333"), ("440700", "0750-12333"), ("", "12333"), ("110000", "12333")]
)
def test_phone_is_that_of_the_city_or_the_national_hotline(city, phone):
    assert SHIPPED.of(city).phone == phone


def test_configured_office_overrides_the_shipped_one():
    own = Office("440100", "越秀分局", "020-1", "某路 1 号", "拨 020-2")
    offices = Offices(MappingProxyType({"440100": own}))
    assert offices.of("440100") is own
    assert offices.of("440300") == SHIPPED.of("440300")
