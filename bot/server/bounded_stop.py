"""Ends a program that was asked to stop and cannot finish, mostly because its database does not answer.

Each part of a stop has bounds of its own, and a frozen database uses up all of them in turn: a statement's, a
batch's, every pooled connection's. Work that is cut off was not committed, or is
taken over by another process when its lease ends.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import DependencyDown

STOP_WITHIN = 15.0
"""Seconds; service managers kill after thirty (Kubernetes) to ninety (systemd)."""

_log = logging.getLogger(__name__)


@contextmanager
def bounded_stop() -> Iterator[Callable[[], None]]:
    """Give what is called once the program is asked to stop: the block then has so long to end."""
    timer = threading.Timer(STOP_WITHIN, _end)
    timer.daemon = True
    try:
        yield timer.start
    finally:
        timer.cancel()


def _end() -> None:
    """Leave at once: the event loop may be waiting for what hangs, and so would an orderly exit."""
    _log.error("stopped before all was finished: the database did not answer within %.0f s", STOP_WITHIN)
    os._exit(DependencyDown.exit_code)
