"""The core system as an operator sets it up: commands queue, a worker posts, `doctor` reports the state."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli.doctor import export
from bot.clock import system_clock
from bot.settings.environment import environment
from bot.settings.settings import read
from bot.wiring.workers import delivery_only
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.outbox_backlog import read_backlog
from storage.sealing.vault import Vault
from tests.support.programs.ports import free_port
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.programs.command_line"]
VAULT = Vault.from_setting(KEY)
RECEIPT = "8F3K-27QX"


class CoreSystem:
    """A core system that answers with a given status."""

    def __init__(self):
        self.events, self.status = [], 200

    async def take(self, request):
        body = await request.json()
        if self.status == 200:
            self.events.append((body["event"], body.get("receipt", "")))
        return web.Response(status=self.status)


@pytest.fixture
async def core(terminal, file_engine):
    core, app = CoreSystem(), web.Application()
    app.add_routes([web.post("/passes", core.take)])
    async with transaction(file_engine) as conn:
        await add_pass(conn, VAULT, certification(RECEIPT))
    async with TestServer(app) as server:
        terminal.set(
            EXPORT_URL=server.make_url("/passes"),
            EXPORT_SECRET="a secret of sixteen",
            WECHAT_API_BASE=f"http://127.0.0.1:{free_port()}",
            PUBLIC_URL=f"http://127.0.0.1:{free_port()}",
        )
        yield core


async def findings():
    """Return what `doctor` says about the export, without its other checks."""
    async with aiohttp.ClientSession() as http:
        found = [*await export.waiting(), *await export.peer(read(environment()), http)]
    return {one.name: (one.severity.lower(), one.detail) for one in found}


async def test_revocation_by_command_is_posted_by_the_worker(core, terminal, file_engine):
    ran = await terminal.run("receipt", "revoke", RECEIPT, "--reason", "查实冒领")
    assert ran.code == 0
    checked = (await terminal.run("doctor")).out.splitlines()
    assert [line for line in checked if line.startswith("ok   export: 1 to be taken, the oldest for ")]
    assert "ok   export address: takes a signed ping (HTTP 200)" in checked
    core.events.clear()
    async with delivery_only(read(environment())):
        await _until_nothing_waits(file_engine)
    assert core.events == [("revoked", RECEIPT)]


async def _until_nothing_waits(engine):
    async with asyncio.timeout(60):
        while True:
            async with connect(engine) as conn:
                if not (await read_backlog(conn, system_clock())).exports:
                    return
            await asyncio.sleep(0.05)


async def test_doctor_posts_a_ping_and_reports_export_failures(core, terminal, file_engine):
    assert await findings() == {
        "export": ("ok", "nothing waits"),
        "export address": ("ok", "takes a signed ping (HTTP 200)"),
    }
    assert core.events == [("ping", "")]
    async with transaction(file_engine) as conn:
        await Outbox(VAULT).put(conn, [OutboxItem(RECEIPT, OutboxKind.EXPORT, "{}", NOW)], NOW)
    core.status = 401
    found = await findings()
    assert found["export"][0] == "fail"
    assert found["export address"] == ("fail", "answers HTTP 401 to a signed ping")
    terminal.set(EXPORT_URL=f"http://127.0.0.1:{free_port()}/passes")
    assert (await findings())["export address"][1].startswith("not reached (ClientConnectorError")
    terminal.set(EXPORT_URL="", EXPORT_SECRET="")
    assert (await findings())["export"][0] == "warn"
