"""One test over a table of hundreds of trivial cases: one test each would cost more than the check."""

from functools import update_wrapper
from inspect import iscoroutinefunction
from itertools import chain, product

import pytest


def over(*tables):
    """Run a check over every row, or combination of rows, as one test that names all failing cases.

    A row of several arguments is a tuple; one argument of many parts is a list.
    """

    def as_one_test(check):
        assert not iscoroutinefunction(check)

        def every_case():
            cases = [tuple(chain(*rows)) for rows in product(*(map(_arguments, table) for table in tables))]
            assert cases
            wrong = [f"{case}: {told}" for case in cases if (told := _wrong(check, case))]
            assert not wrong, "\n".join(wrong)

        update_wrapper(every_case, check)
        del every_case.__wrapped__  # else pytest takes the arguments for fixtures
        return every_case

    return as_one_test


def _arguments(row):
    return row if isinstance(row, tuple) else (row,)


def _wrong(check, case):
    try:
        check(*case)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - the other cases run too
        return f"{type(error).__name__}: {error}"
    return ""
