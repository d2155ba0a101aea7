"""The service's time zone: every date that it shows, stores or compares is a date in China."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_date(at: datetime) -> date:
    """Return the date in China at a moment."""
    return at.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in China."""
    return datetime.combine(day, time.min, SHANGHAI)
