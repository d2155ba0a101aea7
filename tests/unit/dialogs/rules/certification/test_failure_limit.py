"""The number of failures that one person has in a day, and the passes that clear them."""

from datetime import datetime, timedelta

import pytest

from dialogs.local_time import SHANGHAI
from dialogs.rules.failure_limit import MOST_CLEARED, MOST_FAILURES, CaptureEnding, failures_of

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=SHANGHAI)


def are_too_many(*facts):
    return failures_of(*facts) >= MOST_FAILURES


def failures(count, last=NOW):
    """Return failures a minute apart, the last one at `last`."""
    return [CaptureEnding(last - timedelta(minutes=back), passed=False) for back in range(count)]


@pytest.mark.parametrize(("count", "too_many"), [(0, False), (4, False), (5, True), (6, True)])
def test_fifth_failure_of_a_day_reaches_the_limit(count, too_many):
    assert MOST_FAILURES == 5
    assert are_too_many(failures(count), None, NOW) is too_many


def test_failures_are_counted_per_day_in_shanghai():
    earlier = failures(5, MIDNIGHT - timedelta(seconds=1))
    assert not are_too_many(earlier, None, NOW)
    assert are_too_many(failures(5, MIDNIGHT + timedelta(minutes=4)), None, NOW)


@pytest.mark.parametrize(
    ("after", "too_many"), [(0, False), (4, False), (5, True)], ids=["none", "four", "five"]
)
def test_pass_clears_earlier_failures(after, too_many):
    noon = NOW - timedelta(hours=4)
    endings = [*failures(5, noon), CaptureEnding(noon + timedelta(minutes=1), passed=True), *failures(after)]
    assert are_too_many(endings, None, NOW) is too_many


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(days=1), timedelta(days=366)])
def test_ending_dated_in_the_future_neither_counts_nor_clears(ahead):
    assert not are_too_many(failures(5, NOW + ahead), None, NOW)
    assert are_too_many([*failures(5), CaptureEnding(NOW + ahead, passed=True)], None, NOW)
    assert are_too_many(failures(5), NOW + ahead, NOW)


def test_clerk_clears_earlier_failures():
    assert not are_too_many(failures(5, NOW - timedelta(hours=1)), NOW, NOW)
    assert are_too_many(failures(5), NOW - timedelta(hours=1), NOW)
    assert are_too_many(failures(5), NOW - timedelta(days=1), NOW)


@pytest.mark.parametrize(("count", "too_many"), [(14, False), (15, True), (16, True)])
def test_clerk_cannot_clear_fifteen_failures_of_a_day(count, too_many):
    assert MOST_CLEARED == 15
    noon = NOW - timedelta(hours=4)
    assert are_too_many(failures(count, noon), NOW - timedelta(hours=1), NOW) is too_many
    passed = CaptureEnding(noon + timedelta(minutes=1), passed=True)
    assert not are_too_many([*failures(count, noon), passed], NOW - timedelta(hours=1), NOW)
