"""Bounds how often one person's face check may fail in a day before another way is shown instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from dialogs.values import SHANGHAI

FAILURES_BEFORE_HELP = 3
"""Failures in a row after which other ways are shown, and of a day after which the office gets a task."""

MOST_FAILURES = 5
"""Failed captures of one person in a day, by any account.

A person who fails this often is not helped by another try; somebody who tries a stranger's face is stopped.
Sentences and documents name the number: `tests/unit/messages/test_limits.py`.
"""


@dataclass(frozen=True, slots=True)
class CaptureEnding:
    """One ended capture of a person; a retry ends none."""

    at: datetime
    passed: bool


def day_began(now: datetime) -> datetime:
    """Return the midnight in Shanghai from which the failures of today count."""
    return datetime.combine(now.astimezone(SHANGHAI).date(), time.min, SHANGHAI)


def failures_of(endings: Iterable[CaptureEnding], cleared_at: datetime | None, now: datetime) -> int:
    """Count how often a person has failed today.

    A pass clears what failed before it, and so does a clerk who has dealt with the person (`cleared_at`).
    Entries in the future were written with a clock that was ahead, and do not count.
    """
    today = [one for one in endings if day_began(now) <= one.at <= now]
    clearing = [*(one.at for one in today if one.passed), *([cleared_at] if cleared_at else [])]
    since = max((at for at in clearing if at <= now), default=None)
    return sum(1 for one in today if not one.passed and (since is None or one.at > since))
