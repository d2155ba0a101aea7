"""Delays after consecutive failed sign-ins, each longer than the one before."""

from datetime import timedelta

from storage.console.accounts import LONGEST_LOCK

FREE_FAILURES = 4
"""Failures without a wait, such as typing errors."""

_FIRST = timedelta(seconds=30)
_MOST_DOUBLINGS = 10


def wait_after(failures: int) -> timedelta:
    """Return the wait after some failures in a row: none at first, then doubled each time, up to an hour."""
    doublings = failures - FREE_FAILURES - 1
    if doublings < 0:
        return timedelta()
    return min(_FIRST * float(2 ** min(doublings, _MOST_DOUBLINGS)), LONGEST_LOCK)
