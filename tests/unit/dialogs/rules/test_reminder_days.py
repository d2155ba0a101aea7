"""The reminder stages of a day, and the hours in which reminders are sent."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.local_time import SHANGHAI
from dialogs.rules.reminder_days import REMINDER_DAYS, is_waking, stages_on, waking_hours

DUE = date(2027, 11, 30)


def stage_of(days_left, days=REMINDER_DAYS):
    """Return the stages that apply to somebody with this many days left."""
    stages = stages_on(DUE - timedelta(days=days_left), days)
    return [stage.days for stage in stages if stage.first <= DUE <= stage.last]


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (61, []), (60, [60]), (31, [60]), (30, [30]), (8, [30]), (7, [7]), (0, [7]),
        (-1, [-1]), (-366, [-1]), (-367, []),
    ],
)  # fmt: skip
def test_stage_lasts_until_the_next_begins(left, stage):
    assert stage_of(left) == stage


@given(st.sets(st.integers(-30, 90), min_size=1), st.integers(-400, 120))
def test_each_day_after_the_first_stage_is_in_exactly_one_stage(days, left):
    found = stage_of(left, tuple(days))
    assert len(found) <= 1
    if found:
        assert found[0] >= left
    elif 0 <= left <= max(days) or (min(days) < 0 and -366 <= left < 0 and left <= max(days)):
        pytest.fail("a stage that began reaches this day")


def test_stages_before_the_due_date_come_first():
    assert [stage.days for stage in stages_on(DUE, REMINDER_DAYS)] == [7, 30, 60, -1]


def at(hour, minute=0):
    return datetime(2027, 10, 1, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        (at(3), at(8), at(20)),
        (at(8), at(8), at(20)),
        (at(15, 30), at(15, 30), at(20)),
        (at(20), at(8) + timedelta(days=1), at(20) + timedelta(days=1)),
        (at(23), at(8) + timedelta(days=1), at(20) + timedelta(days=1)),
    ],
)
def test_reminders_are_sent_in_waking_hours_only(now, start, end):
    hours = waking_hours(now)
    assert (hours.start, hours.end) == (start, end)
    assert is_waking(now) == (start == now)


@given(st.integers(0, 23), st.integers(1, 200_000), st.data())
def test_reminders_of_a_day_are_spread_and_end_before_night(hour, total, data):
    hours = waking_hours(at(hour))
    number = data.draw(st.integers(0, total - 1))
    place = hours.place(number, total)
    assert hours.start <= place <= hours.end
    assert hours.place(0, total) <= place <= hours.start + timedelta(seconds=number)


def test_full_load_is_spread_over_the_whole_day():
    hours = waking_hours(at(8))
    assert hours.place(89_999, 90_000) > at(19, 59)
