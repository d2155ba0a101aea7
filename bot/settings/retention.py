"""Parsers of the settings that say for how long something is kept."""

from collections.abc import Callable

from bot.settings.parsers import refuse, whole
from storage.retention.purging import (
    LEAST_AUDIT_YEARS,
    LEAST_CONSENT_YEARS,
    LEAST_DAYS,
    MOST_DAYS,
    MOST_YEARS,
    RETENTION_DAYS,
    RetentionClass,
    RetentionDays,
    least_days,
)


def days(value: str, name: str) -> RetentionDays:
    """Read `class:days,…`; a class that is left out keeps its default."""
    given = dict(RETENTION_DAYS)
    for part in value.split(","):
        of, _, number = (word.strip() for word in part.partition(":"))
        if of not in given or not least_days(RetentionClass(of)) <= whole(number) <= MOST_DAYS:
            least = ", ".join(f"{one}:{least_days(one)}" for one in given)
            refuse(name, f"{RetentionClass.INBOX}:{LEAST_DAYS} and the like, at least {least}")
        given[RetentionClass(of)] = whole(number)
    return tuple(given.items())


def _years(least: int) -> Callable[[str, str], int]:
    """Return the parser of a number of years, where 0 means for good."""

    def read(value: str, name: str) -> int:
        """Return the years of a setting's value; raises BadSetting for anything else."""
        number = whole(value)
        if number and not least <= number <= MOST_YEARS:
            refuse(name, f"0, or {least} to {MOST_YEARS}")
        return number

    return read


consent_years, audit_years = _years(LEAST_CONSENT_YEARS), _years(LEAST_AUDIT_YEARS)
