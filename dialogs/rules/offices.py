"""Where a person can go or ring instead of holding a face to a camera, city by city.

What is shipped is what is public knowledge: every prefecture city's hotline is
its area code and 12333 (全国人社热线). Addresses, counters' names and how a home
visit is asked for are an operator's to give (`bot.settings.offices_file`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogs.reading.cities import CITIES, TABLE, city_name
from messages.names import AGENCY, OFFICE, OFFICE_AT, OFFICE_UNKNOWN
from messages.words import Word

HOTLINE = "12333"
"""Reaches the office of wherever one rings from."""


@dataclass(frozen=True, slots=True)
class Office:
    """The other ways of one city: `name` is whose office it is, empty texts are not known.

    `phone` is always there. `home_visit` says in a few words how to ask for one.
    """

    city: str
    name: str
    phone: str = HOTLINE
    address: str = ""
    home_visit: str = ""


def _known(city: str) -> Office:
    return _SHIPPED.get(city) or Office(city, CITIES.get(city, OFFICE_UNKNOWN))


def _spoken(office: Office, is_own: bool) -> Word:  # noqa: FBT001 - whose words these are decides
    phrase = OFFICE_AT if office.address else OFFICE
    name = Word(office.name, office.name) if is_own else _agency(office.city)
    return Word(_filled(phrase.chinese, name.chinese, office), _filled(phrase.english, name.english, office))


def _agency(city: str) -> Word:
    name = city_name(city)
    return Word(AGENCY.chinese.format(name=name.chinese), AGENCY.english.format(name=name.english))


def _filled(phrase: str, name: str, office: Office) -> str:
    return phrase.format(name=name, address=office.address, phone=office.phone)


@dataclass(frozen=True, slots=True)
class Offices:
    """An operator's offices over the shipped ones; the default instance has the shipped ones alone."""

    own: Mapping[str, Office] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, city: str) -> Office:
        """Return the office of a city by its code; of an unknown one, the general hotline."""
        return self.own.get(city) or _known(city)

    def spoken(self) -> Mapping[str, Word]:
        """Return how each city's office is named in a sentence, by the city's code."""
        return {city: _spoken(self.of(city), city in self.own) for city in (*CITIES, *self.own)}


_SHIPPED: Mapping[str, Office] = MappingProxyType(
    {city.code: Office(city.code, city.name, f"{city.area_code}-{HOTLINE}") for city in TABLE}
)

SHIPPED = Offices()
"""What is known without an operator's file."""


def office_of(city: str) -> Office:
    """Return what is known of a city's office without an operator's file."""
    return SHIPPED.of(city)
