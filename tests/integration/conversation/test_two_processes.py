"""`serve --processes 2` on SQLite: real processes, real HTTP, one file."""

import asyncio
import sqlite3
import time
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime, timedelta
from itertools import chain, count

import numpy as np
import psutil
import pytest
from sqlalchemy import func, select

from bot.capture.tickets.ticket import new_ticket
from bot.simulator.webhook_client import Replied
from dialogs.immutable_record import replace
from messages.catalogue.phrases import BUSY_TEXT
from storage.database import connect, open_engine, transaction
from storage.engine.connection_limits import ConnectionLimits
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.schema.captures import live_lines
from storage.schema.messaging import inbox, sessions, template_days
from storage.sealing.vault import Vault
from tests.support.captures.capture_service import REQUEST
from tests.support.captures.live_socket import receive_message
from tests.support.programs.serving_group import serving_group
from tests.support.storage.data_keys import KEY
from tests.support.storage.migrated import sqlite_url

WALK = ["你好", "1", "1", "上一步", "2", "返回首页", "1"]
_NUMBERS = count(1)
PACK = "opencv-zoo"


@pytest.fixture(scope="module")
def group(tmp_path_factory):
    with serving_group(tmp_path_factory.mktemp("group")) as running:
        yield running


@pytest.fixture
async def engine(group):
    opened = open_engine(sqlite_url(group.database), ConnectionLimits(lock_timeout=60))
    yield opened
    await opened.dispose()


def said(text):
    words = {"MsgType": "text", "Content": text}
    return {**words, "MsgId": str(next(_NUMBERS)), "CreateTime": str(int(time.time()))}


async def deliver(client, account, fields):
    """Deliver a message once; return the reply's text, or None if the platform would send it again."""
    replied = await client.attempt(account, 0, fields)
    return replied.text if isinstance(replied, Replied) else None


async def deliver_persistently(client, account, fields):
    """Deliver a message as often as the platform does; return the reply's text."""
    replied = await client.deliver(account, 0, fields)
    return replied.text if isinstance(replied, Replied) else None


async def kept(engine, account):
    """Return how many messages of an account were executed, and its session's version."""
    async with connect(engine) as conn:
        rows = await conn.scalar(select(func.count()).where(inbox.c.account == account))
        version = await conn.scalar(select(sessions.c.version).where(sessions.c.account == account))
        return rows, version


async def test_alternating_between_processes_gives_the_same_replies_as_one(group):
    async with group.clients() as clients:
        one, other = clients.values()
        alone = [await deliver_persistently(one, "o_alone", said(text)) for text in WALK]
        both = [
            await deliver_persistently(client, "o_both", said(text))
            for text, client in zip(WALK, [one, other] * len(WALK), strict=False)
        ]
    assert both == alone
    assert None not in both


async def test_message_delivered_to_both_processes_is_executed_once(group, engine):
    async with group.clients() as clients:
        for text in WALK:
            fields = said(text)
            first, second = await asyncio.gather(
                *(deliver(client, "o_twice", fields) for client in clients.values())
            )
            assert first == second
            assert first not in {None, BUSY_TEXT}
    rows, version = await kept(engine, "o_twice")
    assert (rows, version) == (len(WALK), len(WALK))


async def test_concurrent_messages_of_one_account_are_all_executed_in_turn(group, engine):
    async with group.clients() as clients:
        replies = await asyncio.gather(
            *(
                deliver_persistently(client, "o_hasty", said("1"))
                for _ in range(10)
                for client in clients.values()
            )
        )
    assert not {None, BUSY_TEXT} & set(replies)
    assert await kept(engine, "o_hasty") == (20, 20)


async def test_other_program_gets_the_write_lock_under_load(group, engine):
    """Writes as `registry import` and the console do; the chats go on until all its turns are done."""
    over = asyncio.Event()
    async with group.clients() as clients:
        chatting = asyncio.gather(
            *(chat(client, f"o_{number}", over) for number in range(8) for client in clients.values())
        )
        try:
            for _ in range(20):
                async with transaction(engine) as conn:
                    await conn.execute(select(template_days))
        finally:
            over.set()
        replies = {text for said_to_one in await chatting for text in said_to_one}
    assert not {None, BUSY_TEXT} & replies


async def chat(client, account, over):
    """Walk at least once, and until it is over; return the replies."""
    replies = [await deliver_persistently(client, account, said(text)) for text in WALK]
    while not over.is_set():
        replies.append(await deliver_persistently(client, account, said(WALK[len(replies) % len(WALK)])))
    return replies


async def test_held_write_lock_leads_to_redelivery_and_a_busy_reply(group):
    """A message is left to the platform's next try; its last try is answered 系统繁忙."""
    fresh, last = said("1"), said("1") | {"CreateTime": str(int(time.time()) - 11)}
    async with group.clients() as clients:
        one, other = clients.values()
        with closing(sqlite3.connect(group.database, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            replies = await asyncio.gather(deliver(one, "o_fresh", fresh), deliver(other, "o_last", last))
        assert replies == [None, BUSY_TEXT]
        assert await deliver(other, "o_fresh", fresh) not in {None, BUSY_TEXT}


async def test_live_capture_queue_is_shared_and_limits_an_account_to_three(group, engine):
    links = await opened_links(engine, 4)
    async with group.sessions(2) as sessions, AsyncExitStack() as stack:
        heard, phones = [], chain.from_iterable(sessions.values())
        for session, link in zip(phones, links, strict=True):
            async with session.post(f"{link}/consent", json={"agree": True}) as response:
                assert response.status == 200
            phone = await stack.enter_async_context(session.ws_connect(f"{link}/live"))
            heard.append(await receive_message(phone))
        assert [said["type"] for said in heard] == ["prompt", "prompt", "prompt", "result"]
        assert heard[-1]["reason"] == "busy"
        while await noted_lines(engine) != [1, 2]:  # noqa: ASYNC110 - other processes write them
            await asyncio.sleep(0.05)


async def opened_links(engine, number):
    """Open links of one account, each for another person; all of them are enrolled."""
    vault, now, links = Vault.from_setting(KEY), datetime.now(UTC), []
    template, ends = np.ones(128, np.float32).tobytes(), now + timedelta(minutes=10)
    async with transaction(engine) as conn:
        for person in range(number):
            who = replace(REQUEST.subject, number=f"44010319500101{person:04}")
            enrolled = EnrolmentTemplate(who.id_type, who.number, PACK, template, "test")
            await Enrolments(vault).put(conn, enrolled, now)
            ticket, stored = new_ticket()
            asked = replace(REQUEST, subject=who)
            await Captures(vault).open(conn, stored, "o_line", asked, now, ends)
            links.append(f"/h5/capture/{ticket}")
    return links


async def noted_lines(engine):
    async with connect(engine) as conn:
        return sorted((await conn.execute(select(live_lines.c.inside))).scalars())


async def test_process_killed_holding_the_lock_loses_no_answered_message(group, engine):
    asked, answers = [], {}
    async with group.clients() as clients:
        (killed, client), (_, other) = clients.items()
        member = psutil.Process(killed)

        async def talk():
            while member.is_running():
                fields = said("1")
                asked.append(fields)
                answers[fields["MsgId"]] = await deliver(client, account_of(fields), fields)

        talking = asyncio.create_task(talk())
        await stop_as_it_writes(member, group.database)
        waiting = asyncio.create_task(deliver(other, "o_other", said("1")))
        assert (await asyncio.wait([waiting], timeout=0.05))[1]
        member.kill()
        assert await waiting not in {None, BUSY_TEXT}
        await talking
        again = {one["MsgId"]: await deliver(other, account_of(one), one) for one in asked}
    answered = {number: text for number, text in answers.items() if text is not None}
    assert len(answered) < len(asked)
    assert None not in again.values()
    assert again | answered == again
    assert [await kept(engine, account_of(one)) for one in asked] == [(1, 1)] * len(asked)


def account_of(fields):
    return f"o_{fields['MsgId']}"


async def stop_as_it_writes(member, database):
    """Suspend a process while it holds the write lock; the others have nothing to write."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as probe:
        while True:
            member.suspend()
            while not has_stopped(member):  # noqa: ASYNC110 - the kernel gives no event
                await asyncio.sleep(0.001)
            if is_locked(probe):
                return
            member.resume()
            await asyncio.sleep(0.003)


def has_stopped(member):
    """Tell whether all threads of the process are stopped."""
    states = [psutil.Process(thread.id).status() for thread in member.threads()]
    return set(states) == {psutil.STATUS_STOPPED}


def is_locked(probe):
    try:
        probe.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    probe.execute("ROLLBACK")
    return False
