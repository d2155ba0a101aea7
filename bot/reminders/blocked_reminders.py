"""Pauses the subscription of a person who blocks its reminders, and says so in the chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.transaction import Conversation
from dialogs.events import ReminderRefused
from storage.database import Engine, lock_accounts, transaction
from storage.reminders.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True)
class BlockedReminders:
    """Pauses subscriptions; `clock` gives aware times."""

    engine: Engine
    subscriptions: Subscriptions
    conversation: Conversation
    clock: Callable[[], datetime]

    async def pause(self, outbox_id: int) -> None:
        """Pause the subscription of a reminder; the account is told when it is next heard from.

        The message waits as a customer message, whose window opens with the person's next words. It is
        withdrawn if the reminders end before.
        """
        async with transaction(self.engine) as conn:
            paused = await self.subscriptions.reminded_by(conn, outbox_id)
            if paused is None:
                return
            await lock_accounts(conn, [paused.account])
            has_others = await self.subscriptions.pause(conn, paused, self.clock())
            refused = ReminderRefused(paused.subject, is_last=not has_others)
            for message in await self.conversation.tell(conn, paused.account, refused):
                await self.subscriptions.note_message(conn, [paused.id], message)
