"""Reports a fault to the operator once: one log line, one row that `/readyz` and `doctor` show.

A wrong template id hits every reminder of a morning; a log line for each would bury the fault.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from storage.errors import StorageError
from storage.messaging.alarms import AlarmStore

_WRITE_INTERVAL = 60.0
"""Seconds between two writes of one alarm, whose count gathers meanwhile."""

_LOG_INTERVAL = 3600.0
"""Seconds between two log lines of one alarm."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Unwritten:
    """Occurrences of one alarm that are not in the database yet, and when some were written last."""

    count: int = 0
    written: float = -_LOG_INTERVAL


@dataclass(slots=True)
class OperatorAlarms:
    """Counts the faults of one process and shares them; silent without a store, as in a command."""

    store: AlarmStore | None = None
    clock: Callable[[], float] = time.monotonic
    _faults: dict[str, dict[str, _Unwritten]] = field(default_factory=dict)
    _logged: dict[tuple[str, str], float] = field(default_factory=dict)
    _well: dict[str, float] = field(default_factory=dict)
    """When the alarms of a scope were last ended."""

    async def raise_(self, name: str, scope: str, detail: str = "", *, least: int = 1) -> None:
        """Note an occurrence; the operator is told from the `least`-th in a row on."""
        if self.store is None:
            return
        fault, now = self._faults.setdefault(scope, {}).setdefault(name, _Unwritten()), self.clock()
        fault.count += 1
        if fault.count < least or now - fault.written < _WRITE_INTERVAL:
            return
        self._well.pop(scope, None)
        count, fault.count, fault.written = fault.count, 0, now
        self._log(name, scope, detail, now)
        await _safely(self.store.raise_(name, scope, detail, count))

    async def settle(self, scope: str, *, of_all: bool = False) -> None:
        """Note that a scope works, which ends its alarms, the first time also those of an earlier process.

        What works for one process may work for all of them (`of_all`): another's alarm then ends within a
        minute.
        """
        self._faults.pop(scope, None)
        if self.store is None or self._is_settled(scope, of_all=of_all):
            return
        self._well[scope] = self.clock()
        await _safely(self.store.clear(scope))

    def _is_settled(self, scope: str, *, of_all: bool) -> bool:
        since = self._well.get(scope)
        return since is not None and not (of_all and self.clock() - since >= _WRITE_INTERVAL)

    def _log(self, name: str, scope: str, detail: str, now: float) -> None:
        if now - self._logged.get((name, scope), -_LOG_INTERVAL) >= _LOG_INTERVAL:
            _log.error("for the operator: %s (%s) %s", name, scope, detail)
            self._logged[name, scope] = now


async def _safely(writing: Awaitable[None]) -> None:
    """Keep a failed alarm from failing the message: if the database is unreachable it is only logged."""
    try:
        await writing
    except StorageError as error:
        _log.warning("an alarm is not in the database: %s", type(error).__name__)
