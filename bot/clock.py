"""The service's clock, or one that starts at another time (rehearsals)."""

from collections.abc import Callable
from datetime import UTC, datetime

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Earlier than anything that is recorded."""

LAST_YEAR = 8999
"""Far enough from the end of Python's calendar for any zone, any stage of a reminder and any due date."""


def system_clock() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def clock_from(start: datetime | None) -> Callable[[], datetime]:
    """Return the system's clock, or one that starts now at `start` (rehearsals)."""
    if start is None:
        return system_clock
    ahead = start - system_clock()
    return lambda: system_clock() + ahead
