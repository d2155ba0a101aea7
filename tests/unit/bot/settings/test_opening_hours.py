"""HUMAN_HOURS: what is read, and what is refused in one sentence."""

from datetime import date, time

import pytest

from bot.errors import BadSetting
from bot.settings.opening_hours import opening_hours, special_days
from dialogs.rules.human_service import WHOLE_WEEK, OpeningSpan, SpecialDays

NAME = "HUMAN_HOURS"
NINE, HALF_PAST = time(9), time(10, 30)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("always", WHOLE_WEEK),
        ("Sun 09:00-24:00", (OpeningSpan(6, time(9), time.max),)),
        ("sat-sun 09:00-10:30", (OpeningSpan(5, NINE, HALF_PAST), OpeningSpan(6, NINE, HALF_PAST))),
        ("mon 08:00-09:00,09:00-10:30", (OpeningSpan(0, time(8), NINE), OpeningSpan(0, NINE, HALF_PAST))),
    ],
)
def test_opening_hours_are_parsed(text, spans):
    assert opening_hours(text, NAME) == spans


@pytest.mark.parametrize(
    "text",
    [
        "nine to five",
        "mon",
        "mon 9",
        "mon 10:00-09:00",
        "fri-mon 09:00-10:00",
        "mon 09:00-25:00",
        "mon 09:00-10:00;",
        "周一 09:00-10:00",
    ],
)
def test_malformed_opening_hours_are_refused(text):
    with pytest.raises(BadSetting, match="HUMAN_HOURS must be always, or"):
        opening_hours(text, NAME)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-01-01", (SpecialDays(date(2027, 1, 1), date(2027, 1, 1), None),)),
        ("2027-02-05..2027-02-11", (SpecialDays(date(2027, 2, 5), date(2027, 2, 11), None),)),
        (
            "2027-02-05 .. 2027-02-11,2027-02-14 = Fri;",
            (
                SpecialDays(date(2027, 2, 5), date(2027, 2, 11), None),
                SpecialDays(date(2027, 2, 14), date(2027, 2, 14), 4),
            ),
        ),
    ],
)
def test_holidays_are_parsed(text, days):
    assert special_days(text, "HUMAN_HOLIDAYS") == days


@pytest.mark.parametrize(
    "text",
    [
        "02-05",
        "2027-02-11..2027-02-05",
        "2027-02-05..2206-02-11",
        "2027-02-30",
        "2027-02-14=friday",
        "2027-02-14=",
        "2027-02-14=fri=sat",
        "..2027-02-05",
        ",",
        "春节",
    ],
)
def test_malformed_holidays_are_refused(text):
    with pytest.raises(BadSetting, match="HUMAN_HOLIDAYS must be days such as"):
        special_days(text, "HUMAN_HOLIDAYS")
