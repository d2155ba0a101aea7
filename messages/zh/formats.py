"""Dates in Chinese notation."""

from datetime import date, datetime

_DAYS = ("今天", "明天", "后天")
_HALF_HOUR = 30
_PARTS = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Parts of the day, by the hour before which each ends."""


def day(value: date) -> str:
    """Return 2027年11月30日."""
    return f"{value.year}年{value.month}月{value.day}日"


def upcoming(at: datetime, now: datetime) -> str:
    """Return 明天（星期二）上午8点半, for a future moment."""
    ahead, weekday = (at.date() - now.date()).days, f"（星期{'一二三四五六日'[at.weekday()]}）"
    if ahead == 0:
        return f"今天{_time(at)}"
    written = f"{at.month}月{at.day}日" if at.year == now.year else day(at)
    return f"{_DAYS[ahead] if ahead < len(_DAYS) else written}{weekday}{_time(at)}"


def _time(at: datetime) -> str:
    part = next(name for until, name in _PARTS if at.hour < until)
    hour = at.hour - 12 if at.hour > 12 else at.hour
    minutes = "" if at.minute == 0 else "半" if at.minute == _HALF_HOUR else f"{at:%M}分"
    return f"{part}{hour}点{minutes}"
