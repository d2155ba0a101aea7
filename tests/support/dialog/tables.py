"""One test over a table of hundreds of trivial cases: as a test each would cost more than its check."""

from itertools import product


def over(*tables):
    """Make one test of a check of each row, or combination of rows; it names all that fail, and why."""

    def as_one_test(check):
        def every_case():
            cases = list(product(*tables))
            assert cases
            wrong = {case: told for case in cases if (told := _wrong(check, case))}
            assert not wrong, "\n".join(f"{case}: {told}" for case, told in wrong.items())

        every_case.__name__ = check.__name__
        every_case.__doc__ = check.__doc__
        return every_case

    return as_one_test


def _wrong(check, case):
    try:
        check(*case)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with a case, the others are tried too
        return f"{type(error).__name__}: {error}"
    return ""
