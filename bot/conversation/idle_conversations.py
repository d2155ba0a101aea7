"""Clears once a day what people entered in conversations that are now idle."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.background.daily import DailyTask
from bot.background.repeated_task import TaskSchedule
from dialogs.rules.idle_conversations import KEPT_FOR, forgotten, is_idle
from storage.database import Engine, connect, lock_accounts, transaction
from storage.errors import StorageError
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions

_BATCH = 100
"""Conversations per transaction, which takes a few milliseconds; writers may have to wait that long."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IdleConversations:
    """Finds and clears idle conversations; `clock` gives aware times."""

    engine: Engine
    sessions: Sessions
    clock: Callable[[], datetime]

    async def clear(self, stop: asyncio.Event) -> None:
        """Clear all that are idle by now; `stop` ends the run after a batch, and the next run continues."""
        after: str | None = ""
        while after is not None and not stop.is_set():
            after = await self._clear_batch(after)

    async def _clear_batch(self, after: str) -> str | None:
        """Clear the next ones; return the last account, None at the end."""
        async with connect(self.engine) as conn:
            accounts = await self.sessions.idle(conn, self.clock() - KEPT_FOR, after, _BATCH)
        if not accounts:
            return None
        try:
            await self._clear(accounts)
        except StorageError as error:
            _log.warning("%d idle conversations left: %s", len(accounts), type(error).__name__)
        return accounts[-1]

    async def _clear(self, accounts: list[str]) -> None:
        """Check again under the lock: a message may have come meanwhile."""
        now = self.clock()
        async with transaction(self.engine) as conn:
            await lock_accounts(conn, accounts)
            stored, _ = await self.sessions.load_openable(conn, accounts)
            rows = [(account, row.version, decode(row.body)) for account, row in stored.items()]
            idle = [
                (account, version, encode(forgotten(session)))
                for account, version, session in rows
                if is_idle(session, now)
            ]
            await self.sessions.save(conn, idle, now)


class DailyIdleClearing(DailyTask):
    """Clears once a day; any number of them share one database."""

    def __init__(self, conversations: IdleConversations) -> None:
        super().__init__(TaskSchedule(_log, "clearing idle conversations"), conversations.clock)
        self._conversations = conversations

    async def _work(self, _today: date) -> None:
        await self._conversations.clear(self._stopping)
