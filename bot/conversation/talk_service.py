"""The office's side of the talks with clerks: take, answer, hand back, end after silence."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from bot.conversation.effects.notices import Notices
from bot.conversation.session_loading import decode_sessions
from bot.conversation.transaction import Conversation
from dialogs.effects import TalkEnd
from dialogs.events import ClerkCame, TalkEnded
from dialogs.flow.handlers.clerk_talk import clerk_says
from dialogs.session import Session
from messages.outbound import LIMIT
from storage.database import Connection, Engine, connect, lock_accounts, transaction
from storage.messaging.talks import Talk, TalkSide
from storage.sealing.readable_rows import DAMAGED
from storage.store import Stores

LONGEST_ANSWER = 500
"""Characters of one answer."""

_MOST_BYTES = LIMIT - 50
"""Bytes of one answer: with its opening words it fits one platform message, even in rare characters."""

_MOST = 200
_POLL_SECONDS = 20.0
_log = logging.getLogger(__name__)


def is_too_long(words: str) -> bool:
    """Whether an answer is more than one message carries."""
    return len(words) > LONGEST_ANSWER or len(words.encode()) > _MOST_BYTES


@dataclass(frozen=True, slots=True)
class TalkService:
    """Takes, answers and ends talks for clerks; each method runs in its caller's transaction."""

    stores: Stores
    conversation: Conversation
    notices: Notices
    clock: Callable[[], datetime]
    silence: timedelta = timedelta(minutes=30)
    """Time without a word after which a chat goes back to the dialog."""

    async def take(self, conn: Connection, talk: Talk, clerk: str) -> bool:
        """Give a talk to a clerk; False if it is another clerk's, or over."""
        await lock_accounts(conn, [talk.account])
        taken = await self.stores.talks.take(conn, talk.id, clerk, self.clock())
        if taken:
            await self.conversation.feed(conn, talk.account, ClerkCame())
        return taken

    async def answer(self, conn: Connection, talk: Talk, clerk: str, words: str) -> bool:
        """Queue a clerk's words, which are not too long; False if the talk is not the clerk's, or over."""
        mine = await self._mine(conn, talk, clerk)
        if mine is None:
            return False
        now = self.clock()
        row = await self.notices.queue(conn, mine.account, lambda _: clerk_says(words), now)
        await self.stores.talks.add(conn, mine, TalkSide.CLERK, words, now, row)
        return True

    async def hand_back(self, conn: Connection, talk: Talk, clerk: str) -> bool:
        """Give the chat back to the dialog; False if the talk is not the clerk's, or over."""
        mine = await self._mine(conn, talk, clerk)
        if mine is None:
            return False
        await self.conversation.feed(conn, mine.account, TalkEnded(TalkEnd.CLERK))
        return True

    async def see_to(self, conn: Connection, talk: Talk, clerk: str) -> bool:
        """Put away a talk that nobody took in time; the person is sent nothing. False if it is not one."""
        await lock_accounts(conn, [talk.account])
        return await self.stores.talks.see_to(conn, talk.id, clerk, self.clock())

    async def leave_silent(self, conn: Connection, account: str, before: datetime) -> None:
        """Give back a chat that has been silent since `before`; one that moved meanwhile stays."""
        await lock_accounts(conn, [account])
        talk = await self.stores.talks.of_account(conn, account)
        if talk is not None and talk.moved_at < before:
            end = TalkEnd.SILENCE if talk.taken_by else TalkEnd.UNANSWERED
            await self.conversation.feed(conn, account, TalkEnded(end))

    async def waiting(self, conn: Connection) -> list[Talk]:
        """Return the talks that clerks should look at: open ones, and those missed recently."""
        return await self.stores.talks.waiting(conn, self.clock(), _MOST)

    async def session(self, conn: Connection, account: str) -> Session:
        """Return where the conversation stands."""
        return (await self.sessions(conn, [account]))[account]

    async def sessions(self, conn: Connection, accounts: Sequence[str]) -> dict[str, Session]:
        """Return where conversations stand, by account; one that waits for its key counts as new."""
        stored, _ = await self.stores.sessions.load_openable(conn, accounts)
        return {account: session for account, (_, session) in decode_sessions(stored, accounts).items()}

    async def _mine(self, conn: Connection, talk: Talk, clerk: str) -> Talk | None:
        await lock_accounts(conn, [talk.account])
        found = await self.stores.talks.find(conn, talk.id)
        return found if found and found.is_open and found.taken_by == clerk else None


@dataclass(frozen=True, slots=True)
class TalkSilence:
    """Gives silent chats back after a time."""

    engine: Engine
    service: TalkService

    async def end_all(self) -> None:
        """Give back all that are silent by now, each in a transaction of its own."""
        before = self.service.clock() - self.service.silence
        async with connect(self.engine) as conn:
            silent = await self.service.stores.talks.silent(conn, before, _MOST)
        for talk in silent:
            try:
                async with transaction(self.engine) as conn:
                    await self.service.leave_silent(conn, talk.account, before)
            except DAMAGED as error:
                _log.warning("a silent chat stays with the clerks: %s", error)


class SilenceWatch(RepeatedTask):
    """Looks for silent chats a few times a minute."""

    def __init__(self, silence: TalkSilence) -> None:
        super().__init__(TaskSchedule(_log, "giving silent chats back", _POLL_SECONDS, _POLL_SECONDS))
        self._silence = silence

    async def _run_once(self) -> None:
        await self._silence.end_all()
