"""Ends a program that was asked to stop and cannot finish, usually because its database does not answer.

Each part of a stop has its own time limit, and a frozen database uses up all of them in turn: of a statement,
of a batch, of every pooled connection. A thread may be busy with a large file, or with one on an unreachable
disk, and Python waits for its threads at exit. Work that is cut off was not committed, or is taken over by
another process when its lease ends.
"""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.errors import DependencyDown

STOP_DEADLINE = 15.0
"""Seconds; service managers kill after thirty (Kubernetes) to ninety (systemd)."""
_WHY = "the database did not answer, or a thread did not end,"

_log = logging.getLogger(__name__)


@asynccontextmanager
async def bounded_stop() -> AsyncIterator[Callable[[], None]]:
    """Yield the function to call once the program is asked to stop.

    From that call on the block, and the threads that work for it, have this long to end.
    """
    timer = threading.Timer(STOP_DEADLINE, _end)
    timer.daemon = True
    try:
        yield timer.start
        await asyncio.get_running_loop().shutdown_default_executor()
    finally:
        timer.cancel()


def _end() -> None:
    """Leave at once: the event loop may be waiting for what hangs, and so would an orderly exit."""
    _log.error("stopped before all was finished: %s within %.0f s", _WHY, STOP_DEADLINE)
    os._exit(DependencyDown.exit_code)
