"""`kill -9` in the middle of reminding: nobody is reminded twice per stage, nobody is left out."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select, text

from bot.reminders.scheduler import BATCH
from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from dialogs.local_time import SHANGHAI
from storage.database import transaction
from storage.reminders import queued_reminders
from storage.schema.messaging import outbox
from storage.schema.people import reminders_sent
from storage.sealing.vault import Vault
from tests.support.programs.program import program_command
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_postgresql, on_sqlite
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

TODAY = date(2027, 4, 1)
"""Sixty days before the end of May 2027."""
PEOPLE = 4000
TOLD = 150
KILLS = 3


@pytest.fixture
def environment(engine):
    mine = {
        "DATA_KEYS": KEY,
        "WECHAT_APP_ID": "wx-app",
        "WECHAT_APP_SECRET": "app-secret",
        "WECHAT_TOKEN": "token",
        "WECHAT_AES_KEY": "A" * 43,
        "PUBLIC_URL": "https://pension.example",
        "REMINDER_TEMPLATE_ID": "T",
        "REHEARSAL": "1",
        "DATABASE_URL": engine.url.render_as_string(hide_password=False),
    }
    return {**os.environ, **{f"PENSION_BOT_{name}": value for name, value in mine.items()}}


async def subscribers(engine, count):
    reminders = reminder_harness(engine, Vault.from_setting(KEY))
    of = subject()
    await reminders.record_pass(of, date(2026, 5, 4))
    for start in range(0, count, 1000):
        wishes = [(f"account-{number}", of) for number in range(start, min(start + 1000, count))]
        await reminders.subscribe(*wishes)


@asynccontextmanager
async def running(environment, *arguments, at=10.0):
    """Run the program with a clock that starts at hour `at` in Shanghai; kill it at the end of the block."""
    begin = datetime.combine(TODAY, datetime.min.time(), SHANGHAI) + timedelta(hours=at)
    process = await asyncio.create_subprocess_exec(
        *(*program_command(), *arguments),
        env={**environment, "PENSION_BOT_NOW": begin.isoformat()},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def count(engine, table, *where):
    async with engine.connect() as conn:
        return await conn.scalar(select(func.count()).select_from(table).where(*where))


async def until_more(engine, process, before):
    """Wait until the program has queued more than before, or has ended."""
    async with asyncio.timeout(120):
        while process.returncode is None and await count(engine, reminders_sent) <= before:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.005)


async def test_killed_command_queues_each_reminder_once(engine, environment, capsys):
    dice = random.Random(5)  # noqa: S311 - moments, not secrets
    await subscribers(engine, PEOPLE)
    killed_at = []
    for _ in range(KILLS):
        before = await count(engine, reminders_sent)
        async with running(environment, "remind", "--today", str(TODAY)) as process:
            await until_more(engine, process, before)
            await asyncio.sleep(dice.uniform(0, 0.05))
        killed_at.append(await count(engine, reminders_sent))
        if killed_at[-1] == PEOPLE:
            break
    async with running(environment, "remind", "--today", str(TODAY)) as process:
        assert await asyncio.wait_for(process.wait(), 120) == 0
    stages = await count(engine, reminders_sent)
    queued = await count(engine, outbox, outbox.c.kind == "reminder")
    with capsys.disabled():
        sys.stdout.write(f"\nremind killed at {killed_at}: {queued} queued for {PEOPLE} people\n")
    assert any(0 < number < PEOPLE for number in killed_at)
    assert (stages, queued) == (PEOPLE, PEOPLE)


@on_postgresql  # SQLite has one machine
async def test_scheduler_finishes_after_a_concurrent_one_is_killed(engine, environment):
    people = 4 * BATCH
    await subscribers(engine, people)
    ours, placed = reminder_harness(engine, Vault.from_setting(KEY)).reminding, asyncio.Event()
    async with running(environment, "remind", "--today", str(TODAY)) as other:
        await until_more(engine, other, 0)
        async with transaction(engine) as conn:
            await queued_reminders.hold(conn)
            queueing = asyncio.create_task(ours.queue(TODAY, lambda _: placed.set(), asyncio.Event()))
            await until_both_wait(engine)
        await asyncio.wait_for(placed.wait(), 120)
    of_ours = await queueing
    assert 0 < of_ours < people
    assert await count(engine, reminders_sent) == people
    assert await count(engine, outbox, outbox.c.kind == "reminder") == people


async def until_both_wait(engine):
    """Wait until both schedulers ask for the lock that one of them may hold."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with asyncio.timeout(120), engine.connect() as conn:
        while await conn.scalar(waiting) < 2:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.01)


@asynccontextmanager
async def platform(environment):
    """Stand in for WeChat while the block runs; yield the environment, its API and the chats."""
    rules, boxes = Rules(), Mailboxes()
    for number in range(TOLD):
        rules.followed(f"account-{number}")
    app, api = web.Application(), PlatformApi("wx-app", "app-secret", boxes, rules)
    app.add_routes(api.routes())
    async with TestServer(app) as server:
        base = str(server.make_url("/wechat"))
        yield {**environment, "PENSION_BOT_WECHAT_API_BASE": base}, api, boxes


def told(boxes):
    """Count each account's reminders."""
    heard = {f"account-{number}": boxes.after(f"account-{number}", 0) for number in range(TOLD)}
    return Counter(
        account for account, found in heard.items() for one in found if one.channel is SentAs.TEMPLATE
    )


@on_postgresql  # SQLite has one serving process
async def test_killed_workers_send_each_reminder_once(engine, environment, capsys):
    dice = random.Random(7)  # noqa: S311 - moments, not secrets
    await subscribers(engine, TOLD)
    seen = []
    async with platform(environment) as (to_platform, api, boxes):
        for turn in range(KILLS):
            at = 10 + turn / 30  # two minutes later each time: the leases of the killed are over
            async with running(to_platform, "worker", at=at), running(to_platform, "worker", at=at):
                await until_told(boxes, min(sum(seen[-1:]) + 1, TOLD))
                await asyncio.sleep(dice.uniform(0, 0.1))
            seen.append(told(boxes).total())
        async with running(to_platform, "worker", at=11):
            await until_told(boxes, TOLD)
    with capsys.disabled():
        sys.stdout.write(
            f"\nworkers killed after {seen} reminders: {TOLD} people told once each; "
            f"{2 * KILLS + 1} processes asked for {api.tokens_asked} token\n"
        )
    assert told(boxes) == {f"account-{number}": 1 for number in range(TOLD)}
    assert await count(engine, reminders_sent) == TOLD
    assert api.tokens_asked == 1


async def until_told(boxes, total):
    async with asyncio.timeout(120):
        while told(boxes).total() < total:  # noqa: ASYNC110 - the chats give no event for a count
            await asyncio.sleep(0.01)


@on_sqlite
async def test_interrupted_command_stops_cleanly_and_the_next_run_continues(engine, environment):
    await subscribers(engine, PEOPLE)
    async with running(environment, "remind", "--today", str(TODAY)) as process:
        await until_more(engine, process, 0)
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 120) == 0
    assert 0 < await count(engine, reminders_sent) < PEOPLE
    async with running(environment, "remind", "--today", str(TODAY)) as process:
        assert await asyncio.wait_for(process.wait(), 120) == 0
    assert await count(engine, outbox, outbox.c.kind == "reminder") == PEOPLE
