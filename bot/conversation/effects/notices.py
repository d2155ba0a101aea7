"""Queues messages to accounts other than the one whose event is handled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.effects.planner import EffectPlanner
from dialogs.session import Session
from messages.outbound import Say
from storage.database import Connection
from storage.messaging.outbox import OutboxItem, OutboxKind
from storage.messaging.session_codec import decode
from storage.store import Stores


@dataclass(frozen=True, slots=True)
class Notices:
    """Queues notices. A notice waits in the outbox until its account may be sent a message."""

    stores: Stores
    planner: EffectPlanner

    async def queue(
        self, conn: Connection, account: str, notice: Callable[[Session], Say], now: datetime
    ) -> int:
        """Queue a notice in the account's language, if it is known; return its outbox row."""
        stored, _ = await self.stores.sessions.load_openable(conn, [account])
        session = decode(stored[account].body) if account in stored else Session()
        (text,) = self.planner.writes(account, (notice(session),), session.language).texts
        item = OutboxItem(account, OutboxKind.TEXT, text, now)
        (row_id,) = await self.stores.outbox.put(conn, [item], now)
        return row_id
