"""The service's clock, or one that starts at another time (rehearsals)."""

from collections.abc import Callable
from datetime import UTC, datetime


def system_clock() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def clock_from(start: datetime | None) -> Callable[[], datetime]:
    """Return the system's clock, or one that starts now at `start` (rehearsals)."""
    if start is None:
        return system_clock
    ahead = start - system_clock()
    return lambda: system_clock() + ahead
