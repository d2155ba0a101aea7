"""Signs the heads of the audit chains once a day, so that a chain cut short is detected."""

import logging
from collections.abc import Callable
from datetime import date, datetime

from bot.background.daily import DailyTask
from bot.background.repeated_task import TaskSchedule
from storage.audit_trail.heads import sign_heads
from storage.database import Engine, transaction
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


class DailyHeads(DailyTask):
    """Signs once a day; any number of them share one database."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        super().__init__(TaskSchedule(_log, "signing audit heads"), clock)
        self._engine, self._vault = engine, vault

    async def _work(self, today: date) -> None:
        async with transaction(self._engine) as conn:
            await sign_heads(conn, self._vault, today)
