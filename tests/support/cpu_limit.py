"""Ends a test whose code never returns, such as a pattern that backtracks without end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""CPU time of this process, which does not grow when the machine is loaded."""


@contextmanager
def limited_cpu() -> Iterator[None]:
    """Fail once the block has used `SECONDS` of CPU time; `re` checks for signals while it matches."""
    before = signal.signal(signal.SIGVTALRM, _fail)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _fail(*_: object) -> None:
    message = f"no end after {SECONDS} s of processor time"
    raise AssertionError(message)
