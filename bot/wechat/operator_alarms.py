"""Reports a fault to the operator once: one log line, one row that `/readyz` and `doctor` show.

A wrong template id hits every reminder of a morning; a log line for each would bury the fault.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from storage.errors import StorageError
from storage.messaging.alarms import AlarmStore

_WRITE_INTERVAL = 60.0
"""Seconds between two writes of one alarm, whose count gathers meanwhile."""

_LOG_INTERVAL = 3600.0
"""Seconds between two log lines of one alarm."""

_RENEWED = timedelta(minutes=5)
"""Time for which an alarm of another process counts after its last occurrence, while this one succeeds."""

_log = logging.getLogger(__name__)


Written = TypeVar("Written")


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
    _raised: dict[str, datetime] = field(default_factory=dict)
    """The last occurrence in a scope that this process has stored."""

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
        if at := await _safely(self.store.raise_(name, scope, detail, count)):
            self._raised[scope] = at

    async def settle(self, scope: str, *, per_process: bool = False) -> None:
        """Note that a scope works, which ends its alarms, the first time also those of an earlier process.

        What works for this process may fail for another (`per_process`): the alarm of the other one stays
        while that one renews it. A fault that comes and goes is written once a minute at most.
        """
        if per_process:
            self._count_again(scope)
        else:
            self._faults.pop(scope, None)
        if self.store is None or self._is_settled(scope, per_process=per_process):
            return
        self._well[scope] = self.clock()
        await _safely(self.store.clear(scope, self._ended_until(scope, self.store) if per_process else None))

    def _count_again(self, scope: str) -> None:
        for fault in self._faults.get(scope, {}).values():
            fault.count = 0

    def _ended_until(self, scope: str, store: AlarmStore) -> datetime:
        """Return the last occurrence that is over: this process's own, or one of five minutes ago."""
        renewed = store.clock() - _RENEWED
        return max(self._raised.pop(scope, renewed), renewed)

    def _is_settled(self, scope: str, *, per_process: bool) -> bool:
        since = self._well.get(scope)
        return since is not None and not (per_process and self.clock() - since >= _WRITE_INTERVAL)

    def _log(self, name: str, scope: str, detail: str, now: float) -> None:
        if now - self._logged.get((name, scope), -_LOG_INTERVAL) >= _LOG_INTERVAL:
            _log.error("for the operator: %s (%s) %s", name, scope, detail)
            self._logged[name, scope] = now


async def _safely(writing: Awaitable[Written]) -> Written | None:
    """Keep a failed alarm from failing the message: if the database is unreachable it is only logged."""
    try:
        return await writing
    except StorageError as error:
        _log.warning("an alarm is not in the database: %s", type(error).__name__)
        return None
