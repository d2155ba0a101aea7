"""Abandoned conversations: what was entered is cleared, who the person is stays."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.conversation.idle_conversations import DailyIdleClearing, IdleConversations
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Draft, Errand, Paused, Prefill, Session, State
from dialogs.values import Scheme, Subject
from messages.language.codes import Language
from storage.database import transaction
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions
from storage.schema import messaging
from tests.support.dialog.dialogue import PERSON
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]

TYPED = Draft("王小明", None, "11010519491231002X")
LASTING = Session(
    person=PERSON,
    agent=Draft.of(PERSON),
    people=(CertifiedPerson(Subject(Scheme.EMPLOYEE, PERSON, "440100"), date(2027, 11, 30), NOW),),
    language=Language.ENGLISH,
    city="440100",
    subscribed=True,
    touched_at=NOW,
)
LEFT = replace(
    LASTING,
    state=State.AGREEMENT,
    errand=Errand(Scheme.EMPLOYEE, subject=TYPED, early=Prefill(TYPED, TYPED)),
    paused=Paused(State.NUMBER, Errand(Scheme.EMPLOYEE, subject=TYPED), NOW),
)


@pytest.fixture
def conversations(engine, vault):
    return Conversations(engine, Sessions(vault))


class Conversations:
    """The stored conversations, and a clearing at a given time."""

    def __init__(self, engine, sessions):
        self.engine, self.sessions = engine, sessions

    async def put(self, session, *accounts):
        async with transaction(self.engine) as conn:
            rows = [(account, 0, encode(session)) for account in accounts]
            await self.sessions.save(conn, rows, session.touched_at)

    async def of(self, account):
        async with self.engine.connect() as conn:
            return decode((await self.sessions.load(conn, [account]))[account].body)

    def at(self, days):
        return IdleConversations(self.engine, self.sessions, lambda: NOW + timedelta(days=days))

    async def clear(self, days):
        await self.at(days).clear(asyncio.Event())


async def test_idle_errand_is_cleared_after_a_week_but_identity_is_kept(conversations):
    await conversations.put(LEFT, "anna")
    await conversations.clear(8)
    assert await conversations.of("anna") == LASTING


async def test_conversation_touched_within_a_week_is_kept(conversations):
    await conversations.put(LEFT, "anna")
    await conversations.clear(6.9)
    assert await conversations.of("anna") == LEFT


async def test_many_idle_conversations_are_cleared_and_active_ones_kept(conversations):
    many = [f"account {number:03}" for number in range(230)]
    back = replace(LEFT, touched_at=NOW + timedelta(days=5))
    await conversations.put(LEFT, *many)
    await conversations.put(back, "back")
    await conversations.clear(8)
    assert all([await conversations.of(one) == LASTING for one in many])
    assert await conversations.of("back") == back


async def test_daily_clearing_runs_and_stops_on_request(conversations):
    await conversations.put(LEFT, "anna")
    daily = DailyIdleClearing(conversations.at(8))
    running = asyncio.create_task(daily.run())
    await eventually(lambda: conversations.of("anna"), LASTING)
    daily.stop()
    await asyncio.wait_for(running, 60)


async def eventually(look, wanted):
    async with asyncio.timeout(60):
        while await look() != wanted:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.01)


async def test_damaged_conversation_does_not_stop_the_clearing(engine, vault):
    sessions = Sessions(vault)
    long_ago = NOW - timedelta(days=30)
    bodies = [("o-1", encode(Session(city="440100"))), ("o-2", '{"state": "selfie_pending"}'), ("o-3", "{")]
    async with transaction(engine) as conn:
        await sessions.save(conn, [(account, 0, body) for account, body in bodies], long_ago)
        flipped = bytearray(await conn.scalar(select(messaging.sessions.c.body).limit(1)))
        flipped[-1] ^= 1
        row = {"account": "o-4", "version": 1, "body": bytes(flipped), "updated_at": long_ago}
        await conn.execute(insert(messaging.sessions).values(row))
    await IdleConversations(engine, sessions, lambda: NOW).clear(asyncio.Event())
    async with engine.connect() as conn:
        stored = await sessions.load(conn, ["o-1", "o-2", "o-3", "o-4"])
    assert [decode(stored[account].body).state for account in sorted(stored)] == [State.HOME] * 4
    assert decode(stored["o-1"].body).city == "440100"


async def test_conversation_without_its_key_does_not_stop_the_clearing(conversations):
    await conversations.put(LEFT, "anna", "boris")
    async with transaction(conversations.engine) as conn:
        annas = update(messaging.sessions).where(messaging.sessions.c.account == "anna")
        await conn.execute(annas.values(body=b"\x01\x03zzz" + bytes(40)))
    await conversations.clear(8)
    assert await conversations.of("boris") == LASTING
