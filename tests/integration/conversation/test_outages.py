"""A database outage loses no message: the service waits, or the platform delivers again."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from time import time

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import event, func, select, text

from bot.clock import system_clock
from bot.conversation import reception
from bot.conversation.reception import Reception
from bot.delivery.template_reports import TemplateReportIntake
from bot.simulator.platform_crypto import PlatformCrypto
from bot.simulator.webhook_client import Replied, WebhookClient
from bot.wechat.webhook import Webhook
from storage.database import open_engine, transaction, upgrade
from storage.engine import sqlite_writer
from storage.errors import StaleSession
from storage.messaging.sessions import Sessions
from storage.schema.messaging import inbox
from tests.support.programs.served_app import ServedApp
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases", "tests.support.storage.stoppable_postgres"]

TOKEN, APP_ID, AES_KEY = "a-token", "wx0123456789abcdef", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
BUSY = "系统繁忙，请稍后再试。"
_ids = count(1)


@dataclass
class Service:
    """The webhook with everything behind it, and a platform that delivers a message up to three times."""

    engine: object
    webhook: WebhookClient = None
    statuses: list = field(default_factory=list)

    async def say(self, account, content="养老资格认证", **more):
        fields = {"MsgType": "text", "Content": content, "MsgId": str(next(_ids)), **more}
        return await self.webhook.deliver(account, int(time()), fields)

    async def report(self):
        """Deliver the platform's report on a template message."""
        fields = {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": "7", "Status": "success"}
        return await self.webhook.deliver("anna", int(time()), fields)

    async def executed(self):
        async with self.engine.connect() as conn:
            return await conn.scalar(
                select(func.count()).select_from(inbox).where(inbox.c.reply.is_not(None))
            )


@asynccontextmanager
async def serving(engine, vault, deadline=reception.REPLY_DEADLINE):
    """Serve, with `deadline` seconds in which a message waits for its database."""
    service = Service(engine)
    conversation = conversation_of(engine, vault, system_clock)
    templates = TemplateReportIntake(engine, system_clock)
    received = Reception(conversation, None, deadline, templates)
    webhook = Webhook(
        token=TOKEN, app_id=APP_ID, aes_key=AES_KEY, receive=received.receive, clock=time, busy_text=BUSY
    )
    app = web.Application(middlewares=[_noting(service.statuses)])
    app.add_routes(webhook.routes())
    received.start()
    async with ServedApp(app) as server, aiohttp.ClientSession() as session:
        crypto = PlatformCrypto(TOKEN, AES_KEY, APP_ID)
        service.webhook = WebhookClient(session=session, url=str(server.make_url("/wechat")), crypto=crypto)
        yield service
    await received.close()


def _noting(statuses):
    @web.middleware
    async def note(request, handler):
        response = await handler(request)
        statuses.append(response.status)
        return response

    return note


@pytest.fixture
def impatient(monkeypatch):
    """Shorten the answer timeout of receptions created afterwards."""
    monkeypatch.setattr(reception, "ANSWER_TIMEOUT", 0.3)


@pytest.fixture
async def on_postgres(stoppable_postgres, vault):
    engine = open_engine(stoppable_postgres.url)
    await upgrade(engine)
    async with serving(engine, vault) as service:
        yield service
    await engine.dispose()


@pytest.fixture
def begun_above(monkeypatch):
    """Let SQLAlchemy take part in every transaction, so that a `Switch` notices each."""
    committed = sqlite_writer._committed

    async def with_a_statement(conn, work):
        async def after_it(conn):
            await conn.execute(text("SELECT 1"))
            return await work(conn)

        return await committed(conn, after_it)

    monkeypatch.setattr(sqlite_writer, "_committed", with_a_statement)


@pytest.fixture
async def service(engine, vault, begun_above):  # noqa: ARG001 - for the switch
    """Serve on either database, with hardly any time to wait for it."""
    async with serving(engine, vault, 0.3) as service:
        yield service


_FILLING = ("PRAGMA max_page_count = 1", "CREATE TABLE filling AS SELECT zeroblob(1000000)")


class Switch:
    """While on, fails every write of an engine with the database's own disk-full error."""

    def __init__(self, engine):
        self.on = False
        event.listen(engine.sync_engine, "begin", self._break)
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "checkout", self._watch)

    def _watch(self, dbapi_connection, _record, _proxy):
        """Also fail transactions begun below SQLAlchemy, as batches are on SQLite."""
        driver = dbapi_connection.driver_connection
        begin = type(driver).begin_writing

        async def began():
            await begin(driver)
            for words in _FILLING if self.on else ():
                await driver.execute(words)

        driver.begin_writing = began

    def _break(self, conn):
        if not self.on:
            return
        if conn.dialect.name == "sqlite":
            for words in _FILLING:
                conn.exec_driver_sql(words)
        conn.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '53100'; END $$")


async def test_database_restart_loses_no_message(on_postgres, stoppable_postgres):
    await on_postgres.say("first")
    people = [f"person-{number}" for number in range(20)]
    stoppable_postgres.stop()
    waiting = asyncio.gather(*(on_postgres.say(account) for account in people))
    await asyncio.sleep(1)
    await asyncio.to_thread(stoppable_postgres.start)
    replies = await waiting
    assert {"请选择" in reply.text or "同意" in reply.text for reply in replies} == {True}
    assert await on_postgres.executed() == 1 + len(people)


async def test_full_disk_triggers_redelivery_and_the_last_try_is_answered_busy(service):
    disk = Switch(service.engine)
    disk.on = True
    assert await service.say("anna") == Replied(BUSY)
    assert service.statuses == [503, 503, 200]
    disk.on = False
    assert (await service.say("anna")).text != BUSY
    assert await service.executed() == 1


async def test_last_delivery_try_is_recognised_by_the_message_age(service):
    disk = Switch(service.engine)
    disk.on = True
    for age, answer in ((0, None), (5, None), (11, Replied(BUSY)), (3600, None)):
        fields = {"MsgType": "text", "Content": "养老资格认证", "MsgId": str(next(_ids))}
        assert await service.webhook.attempt("anna", int(time()) - age, fields) == answer


async def test_redelivered_message_is_executed_once(service):
    disk = Switch(service.engine)
    disk.on = True
    saying = asyncio.create_task(service.say("anna"))
    while not service.statuses:  # noqa: ASYNC110 - counts answers of a server
        await asyncio.sleep(0)  # every loop turn: the disk recovers before the platform gets the answer
    disk.on = False
    assert (await saying).text not in {None, BUSY}
    assert service.statuses == [503, 200]
    assert await service.executed() == 1


async def test_unwritable_template_report_sends_nothing_to_the_person(service):
    disk = Switch(service.engine)
    disk.on = True
    assert await service.report() == Replied(None)
    assert service.statuses == [503, 503, 200]


@pytest.mark.usefixtures("impatient")
async def test_message_is_answered_in_time_while_the_database_is_frozen(on_postgres, stoppable_postgres):
    await on_postgres.say("first")
    on_postgres.statuses.clear()  # opening a connection may take more than 0.3 s
    with stoppable_postgres.frozen():
        assert await on_postgres.say("anna") == Replied(BUSY)
    assert on_postgres.statuses == [503, 503, 200]
    async with transaction(on_postgres.engine) as conn:
        await conn.execute(text("SELECT 1"))


async def test_message_is_executed_although_its_session_changed_meanwhile(engine, vault, monkeypatch):
    save, moved = Sessions.save, []

    async def save_after_another(*given):
        if not moved:
            moved.append(True)
            raise StaleSession
        await save(*given)

    monkeypatch.setattr(Sessions, "save", save_after_another)
    async with serving(engine, vault) as service:
        replied = await service.say("anna")
        assert "请选择您领取的待遇" in replied.text
        assert await service.executed() == 1
