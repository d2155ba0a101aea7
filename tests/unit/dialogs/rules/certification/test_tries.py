"""The number of failures that one person has in a day, and the passes that clear them."""

from datetime import datetime, timedelta

import pytest

from dialogs.rules.failure_limit import MOST_FAILURES, CaptureEnding, failures_of
from dialogs.values import SHANGHAI

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=SHANGHAI)


def is_used_up(*facts):
    return failures_of(*facts) >= MOST_FAILURES


def failures(count, last=NOW):
    """Give failures a minute apart, the last one at `last`."""
    return [CaptureEnding(last - timedelta(minutes=back), passed=False) for back in range(count)]


@pytest.mark.parametrize(("count", "used_up"), [(0, False), (4, False), (5, True), (6, True)])
def test_the_fifth_failure_of_a_day_is_the_last(count, used_up):
    assert MOST_FAILURES == 5
    assert is_used_up(failures(count), None, NOW) is used_up


def test_the_day_is_shanghai_s():
    earlier = failures(5, MIDNIGHT - timedelta(seconds=1))
    assert not is_used_up(earlier, None, NOW)
    assert is_used_up(failures(5, MIDNIGHT + timedelta(minutes=4)), None, NOW)


@pytest.mark.parametrize(
    ("after", "used_up"), [(0, False), (4, False), (5, True)], ids=["none", "four", "five"]
)
def test_a_pass_clears_what_failed_before_it(after, used_up):
    noon = NOW - timedelta(hours=4)
    endings = [*failures(5, noon), CaptureEnding(noon + timedelta(minutes=1), passed=True), *failures(after)]
    assert is_used_up(endings, None, NOW) is used_up


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(days=1), timedelta(days=366)])
def test_what_a_clock_that_was_ahead_has_written_neither_counts_nor_clears(ahead):
    assert not is_used_up(failures(5, NOW + ahead), None, NOW)
    assert is_used_up([*failures(5), CaptureEnding(NOW + ahead, passed=True)], None, NOW)
    assert is_used_up(failures(5), NOW + ahead, NOW)


def test_a_clerk_clears_what_failed_before():
    assert not is_used_up(failures(5, NOW - timedelta(hours=1)), NOW, NOW)
    assert is_used_up(failures(5), NOW - timedelta(hours=1), NOW)
    assert is_used_up(failures(5), NOW - timedelta(days=1), NOW)
