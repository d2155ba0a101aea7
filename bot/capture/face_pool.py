"""Face checks off the event loop, in bounds: "busy" at once is better than a queue of minutes."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, TypeVarTuple

from bot.capture.cores import usable_cores
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Measure
from face import Checker, DecoderUnavailable

_STOP_SECONDS = 6.0
"""Seconds that checks under way have when the service stops; an ordinary clip takes less."""

_log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class FaceWork(StrEnum):
    """Kinds of work that the threads compute, each timed separately."""

    FILE = "file"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Busy:
    """Every worker is taken and the queue is full, or the machine has no process left to decode in."""


class FacePool:
    """A few threads that run the checker, and a short queue before them.

    `workers` threads, by default one per core, compute in parallel (the models release the interpreter's
    lock); `queue` more calls may wait; the next one is `Busy` immediately. Live guidance has as many threads
    of its own: a hint must not wait behind an uploaded film, which takes seconds.
    """

    def __init__(
        self, checker: Checker, workers: int | None = None, queue: int = 8, metrics: Metrics = NO_METRICS
    ) -> None:
        self.checker = checker
        self._metrics = metrics
        workers = workers or usable_cores()
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="face")
        self._guides = ThreadPoolExecutor(workers, thread_name_prefix="guide")
        self._places = threading.BoundedSemaphore(workers + queue)
        self._closed = False

    async def run(self, function: Callable[[*Ts], T], *args: *Ts) -> T | Busy:
        """Run `function(*args)` on a worker; its exceptions are raised here."""
        if self._closed or not self._places.acquire(blocking=False):
            return Busy()
        future = self._executor.submit(self._timed(FaceWork.FILE, function), *args)
        # The thread frees the place, not the waiter: a caller that hangs up leaves its check running.
        future.add_done_callback(lambda _: self._places.release())
        return await _answer(future)

    async def guide(self, function: Callable[[*Ts], T], *args: *Ts) -> T | Busy:
        """Run one frame of a live capture; the queue before the live captures bounds how many there are."""
        if self._closed:
            return Busy()
        return await _answer(self._guides.submit(self._timed(FaceWork.FRAME, function), *args))

    def _timed(self, work: FaceWork, function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        def timed(*args: *Ts) -> T:
            """Run the function, and observe its seconds."""
            with self._metrics.timed(Measure.FACE_CHECK, work):
                return function(*args)

        return timed

    async def close(self) -> None:
        """Accept no new work and wait for what is under way; a file that takes long is given up."""
        self._closed = True
        threads = (self._executor, self._guides)
        ends = asyncio.gather(*(asyncio.to_thread(pool.shutdown) for pool in threads))
        await asyncio.wait([ends], timeout=_STOP_SECONDS)
        if not ends.done():
            self.checker.decoder.close()
        await ends


async def _answer(future: Future[T]) -> T | Busy:
    try:
        return await asyncio.wrap_future(future)
    except DecoderUnavailable as error:
        _log.error("busy: %s", error)
        return Busy()
