"""Due dates and standings for any day of the calendar, and rules that are specific to a city."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.due import DueRule, Standing, due_of, next_due, standing
from dialogs.values import Scheme
from tests.support.dialog.dialogue import registry_record

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
DUE = date(2024, 6, 30)


@given(DAYS)
def test_due_date_is_the_end_of_the_same_month_a_year_later(passed):
    due = next_due(Scheme.EMPLOYEE, "440100", passed)
    assert due == next_due(Scheme.RESIDENT, "440100", passed)
    assert (due.year, due.month) == (passed.year + 1, passed.month)
    assert due.day == calendar.monthrange(due.year, due.month)[1]


@given(st.none() | DAYS, st.none() | DAYS)
def test_newest_pass_counts_whichever_channel_it_came_by(imported, ours):
    row = registry_record(benefit_start=date(1980, 1, 1), last_certified=imported)
    newest = max((day for day in (imported, ours) if day), default=date(1980, 1, 1))
    assert due_of(row, ours) == next_due(row.scheme, row.city, newest)


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (date(2024, 4, 30), Standing.NOT_DUE),
        (date(2024, 5, 1), Standing.DUE_SOON),
        (date(2024, 6, 30), Standing.DUE_SOON),
        (date(2024, 7, 1), Standing.SUSPENDED),
        (date(2034, 7, 1), Standing.SUSPENDED),
    ],
)
def test_guangdong_suspends_from_the_thirteenth_month(today, stands):
    assert standing(DueRule(), DUE, today) is stands


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (date(2024, 7, 1), Standing.OVERDUE),
        (date(2024, 9, 30), Standing.OVERDUE),
        (date(2024, 10, 1), Standing.SUSPENDED),
        (date(2025, 9, 30), Standing.SUSPENDED),
        (date(2025, 10, 1), Standing.COUNTER),
    ],
)
def test_city_rule_may_suspend_later_and_require_the_counter_in_a_year(today, stands):
    rule = DueRule(suspended_in=16, counter_after=12)
    assert standing(rule, DUE, today) is stands


ORDER = list(Standing)


@given(DAYS, st.integers(0, 900), st.sampled_from([DueRule(), DueRule(12, 15, 12)]))
def test_standing_never_improves_until_the_next_pass(passed, days, rule):
    due = next_due(Scheme.RESIDENT, "440100", passed)
    today, tomorrow = (standing(rule, due, passed + timedelta(days=days + more)) for more in (0, 1))
    assert ORDER.index(today) <= ORDER.index(tomorrow)
    assert standing(rule, next_due(Scheme.RESIDENT, "440100", due), due) is Standing.NOT_DUE
