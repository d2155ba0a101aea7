"""Hours in which clerks answer chats (人工服务)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs.values import SHANGHAI

_WEEK = 7
"""Days after which opening hours repeat."""


@dataclass(frozen=True, slots=True)
class OpeningSpan:
    """Hours of one day, in Shanghai: `weekday` counts from Monday, 0; the span ends before `until`."""

    weekday: int
    since: time
    until: time

    def holds(self, local: datetime) -> bool:
        """Whether a local time is inside."""
        return local.weekday() == self.weekday and self.since <= local.time() <= self.until


WHOLE_WEEK = tuple(OpeningSpan(day, time.min, time.max) for day in range(_WEEK))
"""Hours of a desk that never closes."""


@dataclass(frozen=True, slots=True)
class HumanService:
    """The office's offer: `hours` without any is none, and the texts name 12333 instead.

    `closed` is the office's own sentence outside the hours, "" for the service's.
    """

    hours: tuple[OpeningSpan, ...] = ()
    closed: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether clerks answer at all."""
        return bool(self.hours)

    def is_open(self, now: datetime) -> bool:
        """Whether clerks answer now."""
        local = now.astimezone(SHANGHAI)
        return any(span.holds(local) for span in self.hours)

    def opens_at(self, now: datetime) -> datetime:
        """Return when the hours next begin after now; there must be some."""
        local = now.astimezone(SHANGHAI)
        days = (local.date() + timedelta(days=ahead) for ahead in range(_WEEK + 1))
        return min(at for day in days for at in self._openings(day) if at > local)

    def _openings(self, day: date) -> Iterator[datetime]:
        for span in self.hours:
            if span.weekday == day.weekday():
                yield datetime.combine(day, span.since, SHANGHAI)


NO_HUMAN_SERVICE = HumanService()
"""No console is in use."""
