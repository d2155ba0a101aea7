"""The time at which an office opens again, worded so that it can be read aloud."""

from datetime import datetime

import pytest

from messages.catalogue.formats import Upcoming, upcoming
from messages.language.codes import Language

NOW = datetime(2026, 11, 23, 18, 0)  # noqa: DTZ001 - a Monday, wherever


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        ("2026-11-23T20:00", "今天晚上8点", "today at 8:00 pm"),
        ("2026-11-24T08:30", "明天（星期二）上午8点半", "tomorrow (Tuesday) at 8:30 am"),
        ("2026-11-25T13:40", "后天（星期三）下午1点40分", "on Wednesday, 25 Nov at 1:40 pm"),
        ("2026-11-29T12:05", "11月29日（星期日）中午12点05分", "on Sunday, 29 Nov at 12:05 pm"),
        ("2026-12-01T00:00", "12月1日（星期二）凌晨0点", "on Tuesday, 1 Dec at 12:00 am"),
    ],
)
def test_next_opening_is_worded_relative_to_now(at, chinese, english):
    value = Upcoming(datetime.fromisoformat(at), NOW)
    assert upcoming(value, Language.CHINESE) == chinese
    assert upcoming(value, Language.ENGLISH) == english


def test_time_in_another_year_includes_the_year():
    value = Upcoming(NOW.replace(year=2027, month=1, day=4, hour=9), NOW)
    assert upcoming(value, Language.CHINESE) == "2027年1月4日（星期一）上午9点"
    assert upcoming(value, Language.ENGLISH) == "on Monday, 4 Jan 2027 at 9:00 am"
