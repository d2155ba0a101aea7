"""Dates in English notation."""

from datetime import date, datetime

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(value: date) -> str:
    """Return 30 Nov 2027."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def upcoming(at: datetime, now: datetime) -> str:
    """Return tomorrow (Tuesday) at 8:30 am, for a future moment."""
    time = f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"
    weekday = _WEEKDAYS[at.weekday()]
    match (at.date() - now.date()).days:
        case 0:
            return f"today at {time}"
        case 1:
            return f"tomorrow ({weekday}) at {time}"
    written = day(at) if at.year != now.year else f"{at.day} {_MONTHS[at.month - 1]}"
    return f"on {weekday}, {written} at {time}"
