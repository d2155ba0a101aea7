"""Ends a run that hangs and says where, so that there is always a report."""

import asyncio
import faulthandler
import os
import sys
import threading
from collections.abc import Callable


class RunWatchdog:
    """Watches over the phases of a run from a thread of its own, the end of the interpreter among them.

    A phase that lasts too long is named, with where all tasks and threads stand; then `report` and `kill`
    are called, and the process ends with 1. It needs neither the event loop nor the other threads.
    """

    def __init__(self, report: Callable[[], object], kill: Callable[[], None]) -> None:
        self._report, self._kill = report, kill
        self._timer = threading.Timer(0, lambda: None)

    def phase(self, what: str, seconds: float) -> None:
        """Begin a phase of at most `seconds`; call it in the event loop."""
        self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = threading.Timer(seconds, self._end, (what, seconds, loop))
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.cancel()

    def _end(self, what: str, seconds: float, loop: asyncio.AbstractEventLoop) -> None:
        out = sys.stdout
        out.write(f"\nhung: {what}, for {seconds:.0f} s\n")
        for step in (lambda: _tell_tasks(loop), self._report, self._kill):
            try:
                step()
            except Exception as error:  # noqa: BLE001 - the process ends in any case
                out.write(f"{type(error).__name__}: {error}\n")
        out.flush()
        faulthandler.dump_traceback(out, all_threads=True)
        os._exit(1)


def waiting_functions(task: asyncio.Task[object]) -> str:
    """Name the functions in which a task waits, the innermost last."""
    names, waits = list[str](), task.get_coro()
    while code := getattr(waits, "cr_code", None):
        names.append(code.co_name)
        waits = waits.cr_await
    return " > ".join(names)


def _tell_tasks(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        sys.stdout.write(f"task {waiting_functions(task)}\n")
