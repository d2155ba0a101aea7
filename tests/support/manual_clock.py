"""A clock for tests, and a time to start it at."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class ManualClock:
    """Stands until a test moves it: `now` is a time, or a number of seconds."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def advance(self, **span):
        self.now += timedelta(**span)
