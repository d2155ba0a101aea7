"""Offices by city, for people who cannot use the camera.

The shipped table has what is public: the hotline of each prefecture city, its area code and 12333
(全国人社热线). The operator gives addresses, names of counters and how to request a home visit
(`bot.settings.offices_file`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogs.rules.places.cities import CITIES, TABLE, city_name
from messages.catalogue.phrases import HOTLINE, OFFICE_UNKNOWN, Literal, Localized, OfficePhrase, Phrase


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


def _phrase(office: Office, name: Localized) -> OfficePhrase:
    """Replace 12333 by 12333 with an area code, unless an address stands with it."""
    values = {"name": name, "address": Literal(office.address), "phone": Literal(office.phone)}
    whole = Phrase("offices", "with_address" if office.address else "with_phone", values)
    is_hotline = office.phone.endswith(HOTLINE) and not office.address
    return OfficePhrase(whole, name, office.phone) if is_hotline else OfficePhrase(whole, whole)


@dataclass(frozen=True, slots=True)
class Offices:
    """An operator's offices over the shipped ones; the default instance has the shipped ones alone."""

    own: Mapping[str, Office] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, city: str) -> Office:
        """Return the office of a city by its code; for an unknown one, the general hotline."""
        return self.own.get(city) or _HOTLINES.get(city) or Office(city, OFFICE_UNKNOWN)

    def spoken(self) -> Mapping[str, OfficePhrase]:
        """Return the phrase for each city's office, by the city's code."""
        return {city: _phrase(self.of(city), self._name(city)) for city in (*CITIES, *self.own)}

    def _name(self, city: str) -> Localized:
        """Return an operator's own name of the office, or the city's."""
        if city in self.own:
            return Literal(self.own[city].name)
        return Phrase("offices", "agency", {"name": city_name(city)})


_HOTLINES: Mapping[str, Office] = MappingProxyType(
    {city.code: Office(city.code, city.name, f"{city.area_code}-{HOTLINE}") for city in TABLE}
)

SHIPPED = Offices()
"""The shipped offices, without an operator's file."""
