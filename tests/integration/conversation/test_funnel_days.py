"""The daily funnel counts each person once per step, and only what people do themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversation.units_of_work import Work
from dialogs.events import CaptureFinished, EligibilityChecked
from dialogs.local_time import local_date
from dialogs.values import CaptureOutcome, CaptureReason, CaptureRequest, Manner, Purpose, Scheme
from messages.inbound import Text, Unsubscribed
from storage.console.funnel import funnel
from storage.database import connect, transaction
from storage.records.captures import Captures
from storage.schema.captures import captures
from tests.support.dialog.dialogue import DETAILS, PERSON, TO_NAME, found_eligible
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases"]

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = local_date(NOW)
REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, PERSON)


class Chat:
    """Conversations whose clock a test moves."""

    def __init__(self, engine, vault):
        self.now = NOW
        self.engine = engine
        self.talk = conversation_of(engine, vault, lambda: self.now)

    async def tell(self, account, *events):
        """Execute the events one by one; return the last result."""
        for event in events:
            (result,) = await self.talk.execute([Work(account, event)])
        return result

    async def say(self, account, *words):
        return await self.tell(account, *map(Text, words))

    async def link(self, account):
        """Walk through the conversation up to the link."""
        waiting = await self.say(account, "企业职工养老保险", *TO_NAME, *DETAILS, "下一步")
        await self.tell(account, EligibilityChecked(waiting.check.serial, found_eligible()))
        await self.say(account, "确定")

    async def counted(self, day=DAY):
        async with connect(self.engine) as conn:
            return list((await funnel(conn, [day]))[day].values())


@pytest.fixture
def chat(engine, vault):
    return Chat(engine, vault)


async def test_each_person_is_counted_once_per_funnel_step(chat, vault):
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


async def test_people_in_one_batch_are_counted_together(chat):
    await chat.talk.execute([Work(one, Text("你好")) for one in "abca"])
    assert await chat.counted() == [3, 0, 0, 0, 0, 0, 0]


async def test_returning_person_is_counted_again_only_for_steps_taken_that_day(chat):
    await chat.link("a")
    chat.now += timedelta(days=1)
    await chat.say("a", "你好")
    assert await chat.counted(DAY + timedelta(days=1)) == [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "event",
    [CaptureFinished(REQUEST, CaptureOutcome.FAILED, CaptureReason.MISMATCH), Unsubscribed()],
    ids=["capture result", "unfollow"],
)
async def test_events_without_a_message_count_no_step(chat, event):
    await chat.tell("a", event)
    assert await chat.counted() == [0] * 7


async def test_funnel_day_ends_at_midnight_in_shanghai(chat):
    chat.now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    await chat.say("a", "你好")
    assert await chat.counted() == [0] * 7
    assert await chat.counted(DAY + timedelta(days=1)) == [1, 0, 0, 0, 0, 0, 0]
