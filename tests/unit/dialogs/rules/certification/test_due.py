"""When the next pass is due: Guangdong's rule, at every edge of the calendar."""

from datetime import date

import pytest

from dialogs.rules.due import due_of, next_due
from dialogs.values import Scheme
from tests.support.dialog.dialogue import registry_record


@pytest.mark.parametrize(
    ("certified", "due"),
    [
        ("2023-06-01", "2024-06-30"),
        ("2023-06-30", "2024-06-30"),
        ("2026-11-23", "2027-11-30"),
        ("2023-02-28", "2024-02-29"),
        ("2024-02-29", "2025-02-28"),
        ("2023-12-31", "2024-12-31"),
        ("2024-01-01", "2025-01-31"),
    ],
)
@pytest.mark.parametrize("scheme", Scheme)
def test_next_pass_is_due_twelve_months_from_the_month_after_a_pass(scheme, certified, due):
    assert next_due(scheme, "440100", date.fromisoformat(certified)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("in_registry", "with_us", "due"),
    [
        (None, None, date(2021, 1, 31)),
        (date(2023, 6, 5), None, date(2024, 6, 30)),
        (date(2023, 6, 5), date(2024, 5, 1), date(2025, 5, 31)),
        (date(2024, 7, 5), date(2024, 5, 1), date(2025, 7, 31)),
    ],
)
def test_due_date_counts_from_newest_pass_or_else_benefit_start(in_registry, with_us, due):
    row = registry_record(benefit_start=date(2020, 1, 15), last_certified=in_registry)
    assert due_of(row, with_us) == due


def test_record_without_dates_has_no_due_date():
    assert due_of(registry_record(), None) is None
