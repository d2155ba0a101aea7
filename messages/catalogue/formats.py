"""Dates in the notation of a language."""

from dataclasses import dataclass
from datetime import date, datetime

from messages.catalogue.lookup import PACKS
from messages.language.codes import DEFAULT, Language


def day(value: date, language: Language = DEFAULT) -> str:
    """Return 2027年11月30日, or 30 Nov 2027."""
    write = PACKS[language].day or PACKS[DEFAULT].day or date.isoformat
    return write(value)


def minute(value: datetime, language: Language = DEFAULT) -> str:
    """Return 2026年11月23日 16:20, in the zone that the value carries."""
    return f"{day(value, language)} {value:%H:%M}"


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A future moment, and the moment from which it is seen; both in the reader's time zone."""

    at: datetime
    now: datetime


def upcoming(value: Upcoming, language: Language) -> str:
    """Return 明天（星期二）上午8点半, or tomorrow (Tuesday) at 8:30 am."""
    write = PACKS[language].upcoming or PACKS[DEFAULT].upcoming
    return write(value.at, value.now) if write else value.at.isoformat()
