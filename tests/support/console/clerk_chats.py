"""People whose chats reach the clerks' console, and the messages sent to them, without a platform."""

import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.conversation.effects.notices import Notices
from bot.conversation.measured_step import measured_step
from bot.conversation.talk_service import TalkService, TalkSilence
from bot.conversation.units_of_work import Work
from bot.metrics.port import NO_METRICS
from dialogs.reading.faq import NO_FAQ
from dialogs.rules.human_service import WHOLE_WEEK, HumanService
from dialogs.rules.places.offices import SHIPPED
from messages.inbound import Text
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.store import Stores
from tests.support.console.clerk_browser import serve_office
from tests.support.dialog.dialogue import FOR_ONESELF, NAME
from tests.support.wechat.conversations import conversation_of, planner_of

SILENCE = timedelta(minutes=30)
ACCOUNT = "openid-of-li"
TO_NUMBER = (*FOR_ONESELF, NAME, "居民身份证")
"""What a person says up to the question for the ID number."""


@dataclass
class Chats:
    """The conversations of an installation with clerks who answer chats."""

    engine: object
    vault: object
    clock: object

    def __post_init__(self):
        self._keys = itertools.count(1)
        stores = Stores.of(self.vault)
        planner = planner_of(self.vault, offices=SHIPPED.spoken(), has_clerks=True)
        stepping = measured_step(NO_FAQ, NO_METRICS, HumanService(WHOLE_WEEK))
        self.conversation = conversation_of(self.engine, self.vault, self.clock, planner, stepping=stepping)
        self.service = TalkService(stores, self.conversation, Notices(stores, planner), self.clock, SILENCE)

    async def say(self, *words, account=ACCOUNT):
        """Deliver texts; return the reply to the last one."""
        for content in words:
            reply = await self.send(Text(content), account, heard=content)
        return reply

    async def send(self, event, account=ACCOUNT, heard=""):
        work = Work(account, event, f"{account}|{next(self._keys)}", claims=True, heard=heard)
        (done,) = await self.conversation.execute([work])
        return done.reply

    async def take_sent(self):
        """Claim all queued texts, as the worker does, and mark them sent; return those for `ACCOUNT`."""
        outbox, now = Outbox(self.vault), self.clock()
        taken = []
        async with transaction(self.engine) as conn:
            while rows := await outbox.claim(conn, [OutboxKind.TEXT], 10, now, SILENCE):
                taken += [row.body for row in rows if row.account == ACCOUNT]
                await outbox.done(conn, [row.id for row in rows], now)
        return taken

    async def end_silent_chats(self):
        """End the chats that have been silent for too long."""
        await TalkSilence(self.engine, self.service).end_all()

    async def column_values(self, column):
        """Return all values of a table's column."""
        async with connect(self.engine) as conn:
            return list((await conn.execute(select(column))).scalars())


@asynccontextmanager
async def office_with_chats(engine, vault, **others):
    """Serve a console with clerks who answer; `chats` of the office are the people's side."""

    def room(clock):
        made.append(Chats(engine, vault, clock))
        return made[0].service

    made = []
    async with serve_office(engine, vault, room=room, **others) as office:
        office.chats = made[0]
        yield office


async def ask_for_clerk(chats, *before, account=ACCOUNT):
    """Let a person talk to the dialog and then ask for a clerk; return the reply."""
    return await chats.say(*before, "人工服务", account=account)


async def take_first_chat(office, name="li"):
    """Let a clerk take the first chat; return the browser with that chat open."""
    desk = await office.sign_in(name)
    await desk.get("talks")
    answer = await desk.post("talks/1/take")
    assert answer.location.endswith("/talks/1?flash=taken"), answer.location
    await desk.get(answer.location)
    return desk
