"""One test over a table is as strict as a test of each row, and reports as much."""

import pytest

from tests.support.tables import over


def test_failing_rows_are_named_with_reasons_and_other_rows_are_tried():
    tried = []

    @over(["one", "two"], [(1, [1]), (2, [2])])
    def check(word, number, listed):
        tried.append((word, number, listed))
        assert word != "two", "no two"
        if number == 2:
            with pytest.raises(KeyError):
                listed.clear()

    with pytest.raises(AssertionError) as told:
        check()
    assert tried == [("one", 1, [1]), ("one", 2, []), ("two", 1, [1]), ("two", 2, [])]
    assert [line for line in str(told.value).splitlines() if line.startswith("(")] == [
        "('one', 2, []): Failed: DID NOT RAISE KeyError",
        "('two', 1, [1]): AssertionError: no two",
        "('two', 2, []): AssertionError: no two",
    ]


def test_empty_table_and_coroutine_check_are_refused():
    @over([])
    def check(_row):
        pass

    with pytest.raises(AssertionError):
        check()
    with pytest.raises(AssertionError):

        @over([1])
        async def check_later(_row):
            pass


@over(["a row"])
@pytest.mark.slow
def check_with_a_mark(_row):
    pass


def test_marks_of_a_check_are_kept():
    assert [mark.name for mark in check_with_a_mark.pytestmark] == ["slow"]
