"""Reminder stages of a day and the hours of sending: pure, so that a year fits in a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs.local_time import SHANGHAI

REMINDER_DAYS = (60, 30, 7, -1)
"""Days before the due date; negative ones after it."""

LONGEST_OVERDUE = 366
"""Days after which no reminder of an overdue benefit is sent: by then other help is needed."""

WAKES, SLEEPS = time(8), time(20)
"""Shanghai's hours in which a pensioner's phone may ring."""

_MOST_GAP = timedelta(seconds=1)
"""Time between reminders if there are fewer than the hours could hold: they are not spread over the entire
day."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One reminder on one day: due dates from `first` to `last`, both included, are in it.

    A stage lasts until the next one begins. A day on which nothing could be sent is thereby made up for, and
    nobody is sent two stages at once.
    """

    days: int
    first: date
    last: date


def stages_on(today: date, days: Sequence[int]) -> tuple[Stage, ...]:
    """Return the day's stages, the most pressing first: a short quota goes to people still in time."""
    descending = sorted(set(days), reverse=True)
    lowest = -LONGEST_OVERDUE - 1 if descending and descending[-1] < 0 else -1
    ends = [*descending[1:], lowest]
    stages = [
        Stage(begin, today + timedelta(days=end + 1), today + timedelta(days=begin))
        for begin, end in zip(descending, ends, strict=True)
    ]
    return tuple(sorted(stages, key=lambda stage: (stage.days < 0, stage.days)))


@dataclass(frozen=True, slots=True)
class Hours:
    """Waking hours: from `start` (not before now) to `end`, of one day in Shanghai."""

    start: datetime
    end: datetime

    def place(self, number: int, total: int) -> datetime:
        """Return when the reminder `number` of `total` (from 0) is sent: evenly, and never past the end."""
        step = min((self.end - self.start) / max(total, 1), _MOST_GAP)
        return min(self.start + number * step, self.end)


def is_waking(now: datetime) -> bool:
    """Whether a reminder may be sent at this moment."""
    return WAKES <= now.astimezone(SHANGHAI).time() < SLEEPS


def waking_hours(now: datetime) -> Hours:
    """Return what is left of today's waking hours, or all of tomorrow's."""
    here = now.astimezone(SHANGHAI)
    day = here.date() if here.time() < SLEEPS else here.date() + timedelta(days=1)
    begin = datetime.combine(day, WAKES, SHANGHAI)
    return Hours(max(begin, here), datetime.combine(day, SLEEPS, SHANGHAI))
