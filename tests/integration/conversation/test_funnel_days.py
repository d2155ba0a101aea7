"""The day's funnel: each person once a step, nothing for what the service does by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversation.units_of_work import Work
from dialogs.events import CaptureFinished, EligibilityChecked
from dialogs.values import SHANGHAI, CaptureOutcome, CaptureReason, CaptureRequest, Manner, Purpose, Scheme
from messages.inbound import Text, Unsubscribed
from storage.console.funnel import funnel
from storage.database import connect, transaction
from storage.records.captures import Captures
from storage.schema.captures import captures
from tests.support.dialog.dialogue import DETAILS, PERSON, TO_NAME, eligible
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases"]

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = NOW.astimezone(SHANGHAI).date()
REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, PERSON)


class Chat:
    """Conversations whose clock a test moves."""

    def __init__(self, engine, vault):
        self.now = NOW
        self.engine = engine
        self.talk = conversation_of(engine, vault, lambda: self.now)

    async def tell(self, account, *events):
        """Bring events one after the other; the last one's result."""
        for event in events:
            (result,) = await self.talk.execute([Work(account, event)])
        return result

    async def say(self, account, *words):
        return await self.tell(account, *map(Text, words))

    async def link(self, account):
        """Come as far as a link."""
        waiting = await self.say(account, "企业职工养老保险", *TO_NAME, *DETAILS, "下一步")
        await self.tell(account, EligibilityChecked(waiting.check.serial, eligible()))
        await self.say(account, "确定")

    async def counted(self, day=DAY):
        async with connect(self.engine) as conn:
            return list((await funnel(conn, [day]))[day].values())


@pytest.fixture
def chat(engine, vault):
    return Chat(engine, vault)


async def test_each_person_counts_once_a_step_up_to_the_link_and_the_check(chat, vault):
    await chat.say("only looks", "你好", "你好", "企业职工养老保险")
    await chat.say("agrees", "企业职工养老保险", "同意并开始办理")
    for _ in range(2):
        await chat.link("gets a link")
        await chat.say("gets a link", "首页")
    assert await chat.counted() == [3, 2, 1, 1, 1, 0, 0]
    async with transaction(chat.engine) as conn:
        (ticket,) = await open_tickets(conn, "gets a link")
        await Captures(vault).count_start(conn, ticket, 3)
        await Captures(vault).finish(conn, ticket, CaptureOutcome.PASSED, CaptureReason.OK, NOW)
    assert await chat.counted() == [3, 2, 1, 1, 1, 1, 1]


async def open_tickets(conn, account):
    theirs = select(captures.c.ticket_hash).where(
        captures.c.account == account, captures.c.finished_at.is_(None)
    )
    return (await conn.execute(theirs)).scalars().all()


async def test_people_of_one_batch_count_together(chat):
    await chat.talk.execute([Work(one, Text("你好")) for one in "abca"])
    assert await chat.counted() == [3, 0, 0, 0, 0, 0, 0]


async def test_who_comes_back_counts_again_and_only_for_what_they_do(chat):
    await chat.link("a")
    chat.now += timedelta(days=1)
    await chat.say("a", "你好")
    assert await chat.counted(DAY + timedelta(days=1)) == [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "event",
    [CaptureFinished(REQUEST, CaptureOutcome.FAILED, CaptureReason.MISMATCH), Unsubscribed()],
    ids=["a result", "leaving"],
)
async def test_what_nobody_said_is_nobodys_step(chat, event):
    await chat.tell("a", event)
    assert await chat.counted() == [0] * 7


async def test_the_day_ends_at_midnight_in_shanghai(chat):
    chat.now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    await chat.say("a", "你好")
    assert await chat.counted() == [0] * 7
    assert await chat.counted(DAY + timedelta(days=1)) == [1, 0, 0, 0, 0, 0, 0]
