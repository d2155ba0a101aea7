"""`kill -9` at fifty random moments under traffic: no accepted message is lost, nobody certified twice."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from time import time

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.clock import system_clock
from bot.delivery.template_message import TemplateMessage
from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.platform_api import PlatformApi
from bot.simulator.platform_crypto import PlatformCrypto
from bot.simulator.rules import Rules
from bot.simulator.webhook_client import Replied, WebhookClient
from dialogs.values import IdType
from storage.audit_trail.audit import Audit
from storage.database import open_engine, transaction, upgrade
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.records.beneficiaries import Beneficiaries
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.schema.captures import certifications
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.acceptance.phone import Page
from tests.support.programs import killable_service
from tests.support.programs.ports import free_port
from tests.support.programs.walker import Walker
from tests.support.storage.factories import beneficiary

KILLS, PEOPLE, TEMPLATES = 50, 12, 150
JPEG = b"\xff\xd8\xff\xe0 a photo, to the eye"
_PATIENCE = 300
"""Seconds, longer than all kills: while kills go on, work may not be taken over until the last one."""


class Platform:
    """The fake WeChat, which retries forever: whatever a killed service missed is delivered again."""

    def __init__(self, session, port):
        self.mailboxes, self.rules = Mailboxes(), Rules()
        self.api = PlatformApi(killable_service.APP_ID, killable_service.SECRET, self.mailboxes, self.rules)
        self.api.report = self._report
        url = f"http://127.0.0.1:{port}/wechat"
        crypto = PlatformCrypto(killable_service.TOKEN, killable_service.AES_KEY, killable_service.APP_ID)
        self.webhook = WebhookClient(session=session, url=url, crypto=crypto)
        self._ids, self.accepted = count(1), 0

    async def say(self, account, text):
        """Deliver one message until it is accepted; return the reply, or the message sent instead."""
        self.rules.wrote(account)
        seen = len(self.mailboxes.after(account, 0))
        fields = {"MsgType": "text", "Content": text, "MsgId": str(next(self._ids))}
        replied = await self._until_accepted(account, fields)
        self.accepted += 1
        return replied.text or await self.next_message(account, seen)

    async def next_message(self, account, seen, words=""):
        """Wait for a message with `words` after the first `seen`, if necessary until the kills end."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                fresh = self.mailboxes.after(account, 0)[seen:]
                for message in fresh:
                    if words in message.text and message.channel is SentAs.CUSTOM:
                        return message.text
                await asyncio.sleep(0.02)

    async def _report(self, account, message_id, status):
        event = {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": message_id, "Status": status}
        await self._until_accepted(account, event)

    async def _until_accepted(self, account, fields):
        created = int(time())
        while True:
            answer = await self.webhook.deliver(account, created, fields)
            if isinstance(answer, Replied):
                return answer
            await asyncio.sleep(0.02)


class KillableService:
    """The service that is killed."""

    def __init__(self, folder, port, api_base, log):
        command = [
            sys.executable,
            "-m",
            "tests.support.programs.killable_service",
            str(folder),
            str(port),
            api_base,
        ]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log, "text": True}
        root = Path(killable_service.__file__).parents[3]
        self._process = subprocess.Popen(command, cwd=root, **pipes)  # noqa: S603

    async def _order(self, line, answer):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        async with asyncio.timeout(_PATIENCE):
            said = await asyncio.to_thread(self._process.stdout.readline)
        assert said == answer + "\n", said

    async def start(self):
        await self._order("start", "ready")

    async def kill(self):
        await self._order("kill", "dead")

    def end(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture
async def database(tmp_path):
    """Open the database that the service will find."""
    chosen = killable_service.settings(tmp_path, 1, "http://127.0.0.1")
    vault, engine = Vault.from_setting(chosen.data_keys), open_engine(chosen.database_url)
    await upgrade(engine)
    yield engine, vault
    await engine.dispose()


async def fill(engine, vault, walkers):
    """Register the walkers, and queue template messages over the time of the kills."""
    now, hello = system_clock(), TemplateMessage("tpl", "", {"thing1": "您好"}).to_json()
    async with transaction(engine) as conn:
        for walker in walkers:
            number = walker.person.number
            row = beneficiary(number, identity=walker.person)
            await Beneficiaries(vault).put(conn, [row], now)
            await Enrolments(vault).put(
                conn, EnrolmentTemplate(IdType.RESIDENT_ID, number, killable_service.PACK, b"t", "file"), now
            )
        due = [now + timedelta(seconds=0.15 * number) for number in range(TEMPLATES)]
        items = [OutboxItem(f"reader-{n}", OutboxKind.TEMPLATE, hello, at) for n, at in enumerate(due)]
        await Outbox(vault).put(conn, items, now)


async def test_fifty_kills_lose_no_message_and_certify_nobody_twice(database, tmp_path, capsys):
    engine, vault = database
    dice, port = random.Random(), free_port()  # noqa: S311
    async with aiohttp.ClientSession() as http:
        platform = Platform(http, port)
        app = web.Application()
        app.add_routes(platform.api.routes())
        walkers = [Walker(number, platform, partial(Page, http), JPEG) for number in range(PEOPLE)]
        await fill(engine, vault, walkers)
        for number in range(TEMPLATES):
            platform.rules.followed(f"reader-{number}")
        async with TestServer(app) as server:
            with (tmp_path / "log.txt").open("w") as log:
                service = KillableService(tmp_path, port, str(server.make_url("/wechat")), log)
                try:
                    await kill_repeatedly(service, walkers, dice)
                    await until_all_is_sent(engine)
                finally:
                    await service.kill()
                    service.end()
            await platform.api.close()
        counts = await compare_records(database, platform, walkers)
    with capsys.disabled():
        sys.stdout.write(f"\nkill -9 under traffic: {counts}\n")
    assert "Traceback" not in (tmp_path / "log.txt").read_text()


async def kill_repeatedly(service, walkers, dice):
    """Kill and start fifty times while everybody walks, then let them finish."""
    over = asyncio.Event()
    await service.start()
    async with asyncio.TaskGroup() as group:
        for walker in walkers:
            group.create_task(walker.walk(over))
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(0, 0.5))
            await service.kill()
            await service.start()
        over.set()


async def until_all_is_sent(engine):
    """Wait until nothing is queued, and every template message has its report."""
    unreported = (outbox.c.kind == OutboxKind.TEMPLATE) & outbox.c.report.is_(None)
    undone = select(func.count()).select_from(outbox).where(outbox.c.ended_at.is_(None) | unreported)
    async with asyncio.timeout(_PATIENCE), engine.connect() as conn:
        while (await conn.execute(undone)).scalar_one():
            await conn.rollback()
            await asyncio.sleep(0.1)


async def compare_records(database, platform, walkers):
    """Compare what people did, what is on record, and what they were told."""
    engine, vault = database
    async with engine.connect() as conn:
        rows = (await conn.execute(select(certifications))).all()
        reports = Counter(
            (
                await conn.execute(select(outbox.c.report).where(outbox.c.kind == OutboxKind.TEMPLATE))
            ).scalars()
        )
        assert await Audit("operator", vault).verify(conn) == []
    tickets = [ticket for walker in walkers for ticket in walker.tickets]
    assert len(rows) == len(set(tickets)) == len(tickets) >= PEOPLE
    told = Counter()
    for walker in walkers:
        for message in platform.mailboxes.after(walker.account, 0):
            told.update(row.receipt for row in rows if row.receipt in message.text)
    assert set(told) == {row.receipt for row in rows}
    greetings = [len(platform.mailboxes.after(f"reader-{n}", 0)) for n in range(TEMPLATES)]
    assert greetings == [1] * TEMPLATES
    assert reports == {"delivered": TEMPLATES}
    twice = sum(times - 1 for times in told.values())
    return (
        f"{KILLS} kills, {platform.accepted} messages accepted and answered, {len(rows)} certifications, "
        f"0 lost, 0 doubled; {twice} results told twice; {TEMPLATES} templates, each once"
    )
