"""Rate of checks per ticket: one at a time, one per second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Throttle:
    """Holds back a ticket that asks while its check runs, or within `gap` seconds of its last start.

    Kept in this process's memory, since it only protects the machine from load. What must be exact across
    machines (one verdict per ticket, counted retries) is in the database.
    """

    def __init__(self, gap: float = 1.0, timer: Callable[[], float] = time.monotonic) -> None:
        self._gap = gap
        self._timer = timer
        self._running: set[bytes] = set()
        self._begun: dict[bytes, float] = {}

    @contextmanager
    def turn(self, key: bytes) -> Iterator[bool]:
        """Yield True while the check runs, or False when it must not begin."""
        if key in self._running or key in self._recent():
            yield False
            return
        self._running.add(key)
        self._begun[key] = self._timer()
        try:
            yield True
        finally:
            self._running.discard(key)

    def _recent(self) -> dict[bytes, float]:
        """Forget checks that began more than `gap` seconds ago, so that memory use stays small."""
        since = self._timer() - self._gap
        self._begun = {key: begun for key, begun in self._begun.items() if begun > since}
        return self._begun
