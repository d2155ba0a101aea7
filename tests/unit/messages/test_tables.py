"""A test over a table tries every case and names those that fail."""

import pytest

from tests.support.tables import over


def test_each_case_that_fails_is_named_and_why():
    @over("ab", [1, 2])
    def check(letter, number):
        assert (letter, number) not in {("a", 2), ("b", 1)}, "not wanted"

    with pytest.raises(AssertionError) as failed:
        check()
    assert "('a', 2): AssertionError: not wanted" in str(failed.value)
    assert "('b', 1)" in str(failed.value)
    assert "('a', 1)" not in str(failed.value)


def test_an_error_is_a_failure_of_its_case_and_an_empty_table_is_one():
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        over([1, 0])(lambda number: 1 / number)()
    with pytest.raises(AssertionError):
        over([])(print)()
