"""Hours in which clerks answer chats, in Shanghai whatever zone a time comes in."""

from datetime import UTC, datetime

import pytest

from bot.settings.opening_hours import opening_hours
from dialogs.rules.human_service import NO_HUMAN_SERVICE, HumanService
from dialogs.values import SHANGHAI

OFFICE = HumanService(opening_hours("mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00", "HUMAN_HOURS"))
MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)


def at(day, hour, minute=0):
    return MONDAY.replace(day=MONDAY.day + day, hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (at(0, 8, 29), False),
        (at(0, 8, 30), True),
        (at(0, 12, 30), False),
        (at(4, 17, 29), True),
        (at(5, 14), False),
        (at(6, 10), False),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),
    ],
)
def test_open(when, is_open):
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
def test_the_next_opening(now, opens):
    assert OFFICE.opens_at(now) == opens


def test_hours_of_one_day_come_again_in_a_week():
    assert HumanService(opening_hours("mon 09:00-10:00", "X")).opens_at(at(0, 11)) == at(7, 9)


def test_no_hours_are_no_offer():
    assert not NO_HUMAN_SERVICE.is_offered
    assert not NO_HUMAN_SERVICE.is_open(MONDAY)
