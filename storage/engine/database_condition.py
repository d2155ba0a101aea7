"""Keeps the database troubles that a process has seen: one log line each, even if no probe shows them."""

import logging
import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

from sqlalchemy import Engine as SyncEngine
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.errors import StorageUnavailable, Trouble

HELD = 10.0
"""Seconds for which a full disk is reported after the last write that hit it: small writes still succeed."""

_QUIET = 3600.0
"""Seconds between two log lines of one trouble."""

_log = logging.getLogger(__name__)


class DatabaseCondition:
    """The troubles of one engine; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[Trouble, float] = {}
        self._logged: dict[Trouble, float] = {}

    def failed(self, outage: StorageUnavailable) -> None:
        """Note a transaction that failed; only the kind of its error is logged."""
        trouble, now = outage.trouble, self._clock()
        if trouble not in self._failed and now - self._logged.get(trouble, -_QUIET) >= _QUIET:
            self._logged[trouble] = now
            _log.error("for the operator: %s (%s)", trouble, outage.kind)
        self._failed[trouble] = now

    def succeeded(self) -> None:
        """Note a committed transaction: it ends every trouble except a full disk that was hit just now."""
        if not self._failed:
            return
        held = set(self.held())
        for trouble in self._failed.keys() - held:
            del self._failed[trouble]
            _log.info("%s: over", trouble)

    def held(self) -> list[Trouble]:
        """Return the troubles that are reported although a statement may succeed."""
        at = self._failed.get(Trouble.DISK_FULL)
        return [] if at is None or self._clock() - at >= HELD else [Trouble.DISK_FULL]


_conditions: WeakKeyDictionary[SyncEngine, DatabaseCondition] = WeakKeyDictionary()


def condition_of(engine: AsyncEngine) -> DatabaseCondition:
    """Return the one condition of an engine."""
    return _conditions.setdefault(engine.sync_engine, DatabaseCondition())
