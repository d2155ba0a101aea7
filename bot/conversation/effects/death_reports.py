"""Death reports: they pause the person's reminders, and ask the reminded accounts whether it is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.effects.notices import Notices
from dialogs.flow.handlers.service_events import reminders_paused
from dialogs.values import Identity
from storage.database import Connection
from storage.reminders.subscription import Subscription
from storage.store import Stores


@dataclass(frozen=True, slots=True)
class DeathReports:
    """Stores reports. A question waits in the outbox until its account may be sent a message."""

    stores: Stores
    notices: Notices

    async def write(self, conn: Connection, reports: Sequence[tuple[str, Identity]], now: datetime) -> None:
        """Store (reporting account, person) pairs: pause the reminders, and ask the reminded accounts."""
        for reporter, person in reports:
            paused = await self.stores.subscriptions.report_death(conn, person, reporter, now)
            for account in sorted({one.account for one in paused}):
                theirs = [one for one in paused if one.account == account]
                await self._ask(conn, account, theirs, now)

    async def _ask(
        self, conn: Connection, account: str, paused: Sequence[Subscription], now: datetime
    ) -> None:
        dead = paused[0].subject.identity
        row_id = await self.notices.queue(conn, account, lambda session: reminders_paused(session, dead), now)
        await self.stores.subscriptions.note_message(conn, [one.id for one in paused], row_id)
