"""Machine clocks differ by a minute: the database clock decides, so nothing is sent twice or stuck."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import clock
from bot.clock import system_clock
from bot.settings.environment import environment
from bot.settings.settings import read
from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.wiring import process
from bot.wiring.workers import delivery_only
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

pytestmark = on_postgresql  # a file has one machine

MINUTE, ALMOST_A_MINUTE = timedelta(minutes=1), timedelta(seconds=50)
"""A larger difference is recognised by the worker itself as a clock error."""


class Machines:
    """One database and one platform, and machines with clocks of their own."""

    def __init__(self, engine, monkeypatch):
        self.engine, self.monkeypatch = engine, monkeypatch
        self.boxes, rules = Mailboxes(), Rules()
        rules.followed("anna")
        self.platform = PlatformApi("wx-app", "app-secret", self.boxes, rules)

    def set_clock(self, ahead):
        """Set the clock of machines started from now on."""
        for module in (clock, process):
            self.monkeypatch.setattr(module, "system_clock", lambda: system_clock() + ahead)

    async def put(self, now):
        async with transaction(self.engine) as conn:
            item = OutboxItem("anna", OutboxKind.TEXT, "words", now())
            await Outbox(Vault.from_setting(KEY)).put(conn, [item], now())

    async def sending(self):
        async with asyncio.timeout(60):
            while not await self._tried():  # noqa: ASYNC110 - looks at a row
                await asyncio.sleep(0.02)

    async def _tried(self):
        async with connect(self.engine) as conn:
            return (await conn.execute(outbox.select())).one().attempts


@pytest.fixture
async def machines(terminal, engine, monkeypatch):
    made, app = Machines(engine, monkeypatch), web.Application()
    app.add_routes(made.platform.routes())
    async with TestServer(app) as server:
        address = engine.url.render_as_string(hide_password=False)
        terminal.set(WECHAT_API_BASE=server.make_url("/wechat"), DATABASE_URL=address)
        yield made


async def test_worker_does_not_claim_a_message_a_slow_clocked_worker_is_sending(machines):
    await machines.put(lambda: system_clock() - 2 * MINUTE)
    machines.platform.faults.change({"latency": 4.0})
    machines.set_clock(-MINUTE)
    async with delivery_only(read(environment())):
        await machines.sending()
        machines.set_clock(timedelta())
        async with delivery_only(read(environment())):
            await machines.boxes.wait("anna", 0, 60)
    assert [one.text for one in machines.boxes.after("anna", 0)] == ["words"]


async def test_message_queued_by_a_machine_with_a_fast_clock_is_sent_at_once(machines):
    machines.set_clock(ALMOST_A_MINUTE)
    async with AsyncExitStack() as stack:
        fast = await process.open_process(stack, read(environment()), None)
        await machines.put(fast.clock)
    machines.set_clock(timedelta())
    async with delivery_only(read(environment())):
        assert await machines.boxes.wait("anna", 0, 20)
