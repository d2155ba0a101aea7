"""The hours in which clerks answer chats, in Shanghai time whatever the zone of a given time."""

from datetime import UTC, datetime

import pytest

from bot.settings.opening_hours import opening_hours, special_days
from dialogs.local_time import SHANGHAI
from dialogs.rules.human_service import NO_HUMAN_SERVICE, WHOLE_WEEK, HumanService

HOURS = opening_hours("mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00", "HUMAN_HOURS")
OFFICE = HumanService(HOURS)
SPRING_FESTIVAL = HumanService(
    HOURS, special=special_days("2027-02-05..2027-02-11, 2027-02-14=fri", "HUMAN_HOLIDAYS")
)
"""Closed from Friday, 5 February, to Thursday, the 11th; Sunday, the 14th, has a Friday's hours."""
MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)


def at(day, hour, minute=0):
    return MONDAY.replace(day=MONDAY.day + day, hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (at(0, 8, 29), False),
        (at(0, 8, 30), True),
        (at(0, 12, 30), False),
        (at(0, 12), False),
        (at(4, 17, 29), True),
        (at(4, 17, 30), False),
        (at(5, 14), False),
        (at(6, 10), False),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),
    ],
)
def test_desk_is_open_only_during_its_hours(when, is_open):
    assert OFFICE.is_open(when) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(0, 7), at(0, 8, 30)),
        (at(0, 12, 30), at(0, 13, 30)),
        (at(4, 18), at(5, 9)),
        (at(5, 13), at(7, 8, 30)),
    ],
)
def test_next_opening_is_found(now, opens):
    assert OFFICE.opens_at(now) == opens


def test_hours_on_one_weekday_recur_after_a_week():
    assert HumanService(opening_hours("mon 09:00-10:00", "X")).opens_at(at(0, 11)) == at(7, 9)


def test_service_without_hours_is_not_offered():
    assert not NO_HUMAN_SERVICE.is_offered
    assert not NO_HUMAN_SERVICE.is_open(MONDAY)


def day_of(day, hour, minute=0):
    return datetime(2027, 2, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (day_of(4, 9), True),
        (day_of(5, 9), False),
        (day_of(8, 9), False),
        (day_of(11, 17), False),
        (day_of(12, 9), True),
        (day_of(14, 9), True),
        (day_of(14, 12, 30), False),
        (day_of(21, 9), False),
    ],
)
def test_desk_is_closed_on_holidays_and_open_on_make_up_days(when, is_open):
    assert SPRING_FESTIVAL.is_open(when) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (day_of(4, 18), day_of(12, 8, 30)),
        (day_of(11, 23), day_of(12, 8, 30)),
        (day_of(13, 13), day_of(14, 8, 30)),
        (day_of(14, 18), day_of(15, 8, 30)),
    ],
)
def test_next_opening_skips_holidays(now, opens):
    assert SPRING_FESTIVAL.opens_at(now) == opens


def test_round_the_clock_desk_closes_on_holidays():
    always = HumanService(WHOLE_WEEK, special=special_days("2027-02-05..2027-03-31", "X"))
    assert not always.is_open(day_of(5, 0))
    assert always.opens_at(day_of(5, 0)) == datetime(2027, 4, 1, tzinfo=SHANGHAI)


def test_later_special_day_overrides_an_earlier_one():
    special = special_days("2027-02-05..2027-02-11, 2027-02-09=mon", "X")
    assert HumanService(HOURS, special=special).is_open(day_of(9, 9))
