"""Hours in which clerks answer chats (人工服务)."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs.local_time import SHANGHAI

_WEEK = 7
"""Days after which opening hours repeat."""


@dataclass(frozen=True, slots=True)
class OpeningSpan:
    """Hours of one day, in Shanghai: `weekday` counts from Monday, 0; the span ends before `until`.

    `time.max` stands for the end of the day.
    """

    weekday: int
    since: time
    until: time

    def holds(self, local: time) -> bool:
        """Whether a local time is inside."""
        return self.since <= local and (local < self.until or self.until == time.max)


WHOLE_WEEK = tuple(OpeningSpan(day, time.min, time.max) for day in range(_WEEK))
"""Hours of a desk that never closes."""


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days from `first` to `last`, both included, whose hours are not those of their weekday.

    They have the hours of the weekday `like`, from Monday, 0 (调休, days made up); None closes them (放假).
    """

    first: date
    last: date
    like: int | None


@dataclass(frozen=True, slots=True)
class HumanService:
    """The office's offer. Without `hours` there is none, and the texts name 12333 instead.

    `closed` is the office's own sentence outside the hours, "" for the service's. If two `special` entries
    name a day, the later one counts.
    """

    hours: tuple[OpeningSpan, ...] = ()
    closed: str = ""
    special: tuple[SpecialDays, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether clerks answer at all."""
        return bool(self.hours)

    def is_open(self, now: datetime) -> bool:
        """Whether clerks answer now."""
        local = now.astimezone(SHANGHAI)
        return any(span.holds(local.time()) for span in self._spans(local.date()))

    def opens_at(self, now: datetime) -> datetime:
        """Return when the hours next begin after now; requires `hours`, and never returns without."""
        local = now.astimezone(SHANGHAI)
        days = (local.date() + timedelta(days=ahead) for ahead in itertools.count())
        return next(at for day in days for at in self._openings(day) if at > local)

    def _openings(self, day: date) -> list[datetime]:
        return sorted(datetime.combine(day, span.since, SHANGHAI) for span in self._spans(day))

    def _spans(self, day: date) -> Iterator[OpeningSpan]:
        weekday: int | None = day.weekday()
        for special in self.special:
            if special.first <= day <= special.last:
                weekday = special.like
        return (span for span in self.hours if span.weekday == weekday)


NO_HUMAN_SERVICE = HumanService()
"""No console is in use."""
