"""The simulator's fake WeChat on real HTTP, and delivery workers that send to it."""

import asyncio
import math
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.delivery.template_message import TemplateMessage
from bot.delivery.template_reports import TemplateReportIntake
from bot.delivery.worker import DeliveryWorker
from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.wechat.api import access_token
from bot.wechat.api.transport import Transport
from bot.wechat.operator_alarms import OperatorAlarms
from messages.inbound import TemplateJobFinished
from storage.database import transaction
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.alarms import AlarmStore
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from storage.schema.messaging import outbox as outbox_table
from tests.support.manual_clock import MORNING, ManualClock
from tests.support.wechat.clients import client_of

APP_ID, SECRET = "wx-app", "app-secret"
FALLBACK = TemplateMessage(
    "tpl-result", "https://x/r/1", {"thing1": "陈*国", "phrase2": "认证成功"}
).to_json()


class PlatformClock(ManualClock):
    """The clock that the fake platform and the worker both read."""

    def seconds(self):
        return self.now.timestamp()


class DeliveryHarness:
    """One fake platform and one database, with helpers for tests of the delivery."""

    def __init__(self, engine, vault):
        self.engine, self.vault, self.clock = engine, vault, PlatformClock(MORNING)
        self.outbox, self.windows = Outbox(vault), ReplyWindows()
        self.mailboxes, self.rules = Mailboxes(), Rules(self.clock.seconds)
        self.platform = PlatformApi(APP_ID, SECRET, self.mailboxes, self.rules)
        self.platform.report = self._report
        self.events = TemplateReportIntake(engine, self.clock)
        self.reported, self.fallback = [], FALLBACK
        self.client = self.worker = None
        self._clients = []

    @property
    def faults(self):
        return self.platform.faults

    @asynccontextmanager
    async def open(self):
        app = web.Application()
        app.add_routes(self.platform.routes())
        async with TestServer(app) as server, aiohttp.ClientSession() as session:
            self.base, self.session = str(server.make_url("/wechat")), session
            self.client = self.new_client()
            self.worker = self.new_worker(self.client)
            self.events.start()
            yield self
            for client in self._clients:
                await client.close()
            await self.platform.close()
            await self.events.close()

    def new_client(self, engine=None, session=None):
        store = SharedTokenStore(engine or self.engine, self.vault, APP_ID, self.clock)
        edge = Transport(session or self.session, self.base)
        alarms = OperatorAlarms(AlarmStore(engine or self.engine, self.clock), self.clock.seconds)
        self._clients.append(client_of(edge, APP_ID, SECRET, time.monotonic, store=store, alarms=alarms))
        return self._clients[-1]

    def new_worker(self, client, **more):
        more = {"random_fraction": lambda: 0.0, **more}
        return DeliveryWorker(self.engine, self.outbox, client, self._no_checks, self.clock, **more)

    async def alarms(self):
        """Return (name, scope) of the active operator alarms."""
        return [(one.name, one.scope) for one in await AlarmStore(self.engine, self.clock).active()]

    async def _no_checks(self, row):
        raise AssertionError(row.kind)

    async def _report(self, _account, message_id, status):
        self.reported.append((message_id, status))
        await self.events.take(TemplateJobFinished(message_id, status))

    async def put(self, *bodies, account="anna", kind=OutboxKind.TEXT, fallback=None):
        async with transaction(self.engine) as conn:
            items = [OutboxItem(account, kind, body, self.clock(), fallback=fallback) for body in bodies]
            return await self.outbox.put(conn, items, self.clock())

    async def put_templates(self, *accounts):
        async with transaction(self.engine) as conn:
            items = [OutboxItem(account, OutboxKind.TEMPLATE, FALLBACK, self.clock()) for account in accounts]
            return await self.outbox.put(conn, items, self.clock())

    async def hear_from(self, account, opening):
        """Open a reply window for the account, on the platform and in the database."""
        opening = WindowKind(opening)
        (self.rules.wrote if opening is WindowKind.TEXT else self.rules.followed)(account)
        async with transaction(self.engine) as conn:
            await self.windows.opened(conn, [(account, opening)], self.clock())
        self.worker._woken = -math.inf  # as if a second later

    async def run_rounds(self, count=1, **between):
        """Let the worker deliver whatever is due, `count` times; the clock advances after each round."""
        for _ in range(count):
            while await self.worker.run_once():
                pass
            await self.wait_for_reports()
            self.clock.advance(**between)

    async def wait_for_reports(self):
        """Wait until the platform's reports have been processed."""
        await asyncio.gather(*self.platform._reports)

    def received_texts(self, account="anna", channel=None):
        found = self.mailboxes.after(account, 0)
        return [one.text for one in found if channel is None or one.channel is channel]

    def received_templates(self, account="anna"):
        return self.received_texts(account, SentAs.TEMPLATE)

    async def rows(self):
        async with self.engine.connect() as conn:
            return (await conn.execute(select(outbox_table).order_by(outbox_table.c.id))).all()


@pytest.fixture
def fast_token_polling(monkeypatch):
    """Poll for another process's token a hundred times a second, for the usual time."""
    monkeypatch.setattr(access_token, "_POLLS", 600)
    monkeypatch.setattr(access_token, "_POLL_SECONDS", 0.01)


@pytest.fixture
async def harness(engine, vault):
    async with DeliveryHarness(engine, vault).open() as opened:
        yield opened
