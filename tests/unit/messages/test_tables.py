"""A test over a table runs every case and reports those that fail."""

import pytest

from tests.support.tables import over


def test_each_failing_case_is_reported_with_its_reason():
    @over("ab", [1, 2])
    def check(letter, number):
        assert (letter, number) not in {("a", 2), ("b", 1)}, "not wanted"

    with pytest.raises(AssertionError) as failed:
        check()
    assert "('a', 2): AssertionError: not wanted" in str(failed.value)
    assert "('b', 1)" in str(failed.value)
    assert "('a', 1)" not in str(failed.value)


def test_exception_in_a_case_or_empty_table_is_a_failure():
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        over([1, 0])(lambda number: 1 / number)()
    with pytest.raises(AssertionError):
        over([])(print)()
