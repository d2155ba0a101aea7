"""Reads a talk's present state: its lines, the dialog's state, how long the clerk may still answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversation.talk_service import TalkService
from bot.wechat.api.quotas import ReplyAllowance, reply_allowance
from dialogs.session import Session
from dialogs.values import Identity
from storage.console.case_file import MessageFate, fates_of
from storage.database import Connection
from storage.messaging.inbox import Exchange
from storage.messaging.talks import Talk, TalkLine

_EXCHANGES = 5
"""What a person said before, each with its reply: ten lines."""


@dataclass(frozen=True, slots=True)
class OpenedTalk:
    """All that a clerk's page of one talk shows."""

    talk: Talk
    session: Session = field(repr=False)
    before: Sequence[Exchange] = field(repr=False)
    lines: Sequence[TalkLine] = field(repr=False)
    fates: Mapping[int, MessageFate]
    allowance: ReplyAllowance

    @property
    def person(self) -> Identity | None:
        """The person that the talk seems to be about, according to the chat: nothing has proved it."""
        return person_of(self.session)


def person_of(session: Session) -> Identity | None:
    """Return the person of the errand at hand, else the one whom a face has bound to this account."""
    return session.errand.subject.identity() or session.person


async def read_talk(conn: Connection, service: TalkService, talk: Talk) -> OpenedTalk:
    """Read an entire talk, over one connection."""
    stores, now = service.stores, service.clock()
    lines = await stores.talks.lines(conn, talk.id)
    carried = [line.outbox_id for line in lines if line.outbox_id is not None]
    window = (await stores.windows.of(conn, [talk.account], now)).get(talk.account)
    queued = await stores.outbox.on_their_way(conn, talk.account)
    return OpenedTalk(
        talk,
        await service.session(conn, talk.account),
        await stores.inbox.exchanges(conn, talk.account, talk.asked_at, _EXCHANGES),
        lines,
        await fates_of(conn, carried),
        reply_allowance(window, queued, now),
    )
