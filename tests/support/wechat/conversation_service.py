"""A conversation with its reception and registry, as one serving process has them."""

import asyncio
import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from bot.conversation.reception import Reception
from bot.conversation.transaction import Conversation
from dialogs.ports import Found, Unavailable
from messages.inbound import Inbound, Text
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from tests.support.dialog.dialogue import found_eligible
from tests.support.manual_clock import ManualClock
from tests.support.wechat.conversations import conversation_of

ANNA, BORIS = "openid_of_anna", "openid_of_boris"
DEADLINE = 60.0
"""Seconds; no test waits this long, however busy the machine is."""
SOON = 0.3
"""Seconds for tests of late answers, instead of the service's longer deadline."""
_keys = itertools.count(1)


class Registry:
    """Stands in for the registry: answers once its gate is open."""

    def __init__(self):
        self.answer = found_eligible()
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def look_up(self, _check) -> Found | Unavailable:
        self.asked += 1
        await self.gate.wait()
        return self.answer

    async def wait_until_asked(self):
        """Wait until a check has begun."""
        async with asyncio.timeout(60):
            while not self.asked:  # noqa: ASYNC110 - counted by another task
                await asyncio.sleep(0.001)


@dataclass
class ConversationService:
    """One serving process on a database."""

    engine: object
    vault: object
    registry: Registry
    clock: ManualClock
    conversation: Conversation
    reception: Reception

    async def say(self, content, account=ANNA, key="", *, aloud=False):
        """Deliver a text as the platform does; the reply must come within five seconds."""
        inbound = Inbound(account, key or f"{account}:{next(_keys)}", Text(content, spoken=aloud))
        async with asyncio.timeout(5):
            return await self.reception.receive(inbound)

    async def say_all(self, *words, account=ANNA):
        for content in words:
            reply = await self.say(content, account)
        return reply

    async def claim_rows(self, kind):
        async with transaction(self.engine) as conn:
            lease = timedelta(seconds=60)
            return await Outbox(self.vault).claim(conn, [kind], 10, self.clock(), lease)

    async def next_queued_text(self, account=ANNA):
        """Wait for the next text that is queued as a customer-service message; return it."""
        async with asyncio.timeout(60):
            while not (rows := await self.claim_rows(OutboxKind.TEXT)):  # noqa: ASYNC110 (shares only the database)
                await asyncio.sleep(0.02)
        (row,) = rows
        assert row.account == account
        return row.body

    async def count(self, table):
        async with self.engine.connect() as conn:
            return await conn.scalar(select(func.count()).select_from(table))


def build_service(engine, vault, registry, clock) -> ConversationService:
    conversation = conversation_of(engine, vault, clock)
    return ConversationService(
        engine, vault, registry, clock, conversation, Reception(conversation, registry.look_up, DEADLINE)
    )


@asynccontextmanager
async def running_service(engine, vault, registry, clock):
    """Yield a service whose reception is started."""
    service = build_service(engine, vault, registry, clock)
    service.reception.start()
    yield service
    await service.reception.close()
