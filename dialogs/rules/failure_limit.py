"""Bounds how often one person's face check may fail in a day before another way is shown instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dialogs.local_time import local_date, midnight

FAILURES_BEFORE_HELP = 3
"""Failures in a row after which other ways are shown, and of a day after which the office gets a task."""

MOST_FAILURES = 5
"""Failed captures of one person in a day, by any account.

A person who fails this often is not helped by another try; somebody who tries a stranger's face is stopped.
Sentences and documents name the number: `tests/unit/messages/test_limits.py`.
"""

MOST_CLEARED = 3 * MOST_FAILURES
"""Failures of a day, since the last pass, beyond which no clerk clears them: other faces may be tried."""


@dataclass(frozen=True, slots=True)
class CaptureEnding:
    """One ended capture of a person; a retry ends none."""

    at: datetime
    passed: bool


def day_began(now: datetime) -> datetime:
    """Return the midnight in Shanghai from which the failures of today count."""
    return midnight(local_date(now))


def failures_of(endings: Iterable[CaptureEnding], cleared_at: datetime | None, now: datetime) -> int:
    """Count how often a person has failed today.

    A pass clears what failed before it, and so does a clerk who has dealt with the person (`cleared_at`),
    up to `MOST_CLEARED`. Entries in the future were written with a clock that was ahead, and do not count.
    """
    today = [one for one in endings if day_began(now) <= one.at <= now]
    passed_at = max((one.at for one in today if one.passed), default=None)
    left = [one.at for one in today if not one.passed and (passed_at is None or one.at > passed_at)]
    if cleared_at is None or cleared_at > now or len(left) >= MOST_CLEARED:
        return len(left)
    return sum(1 for at in left if at > cleared_at)
