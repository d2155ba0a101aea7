"""`worker` delivers what `serve --no-worker` queued, over a real platform on HTTP."""

import asyncio
import subprocess
import sys

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background import rounds
from bot.settings.command_settings import face_pack
from bot.settings.environment import environment
from bot.settings.settings import read
from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.wiring.process import pack_name
from bot.wiring.workers import delivery_only
from face import load_pack
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

OUTBOX = Outbox(Vault.from_setting(KEY))


@pytest.fixture
async def mailboxes(terminal, engine):
    rules, boxes = Rules(), Mailboxes()
    rules.followed("a")
    app = web.Application()
    app.add_routes(PlatformApi("wx-app", "app-secret", boxes, rules).routes())
    async with TestServer(app) as server:
        terminal.set(
            WECHAT_API_BASE=server.make_url("/wechat"),
            DATABASE_URL=engine.url.render_as_string(hide_password=False),
        )
        yield boxes


async def test_worker_takes_up_queued_messages_and_orphaned_checks(engine, mailboxes):
    async with transaction(engine) as conn:
        await OUTBOX.put(
            conn,
            [OutboxItem("b", OutboxKind.CHECK, "1", NOW), OutboxItem("a", OutboxKind.TEXT, "words", NOW)],
            NOW,
        )
    async with delivery_only(read(environment())):
        [message] = await mailboxes.wait("a", 0, 60)
        await _until_nothing_waits(engine)
    assert message.text == "words"


@pytest.mark.usefixtures("mailboxes")
async def test_worker_with_hanging_delivery_does_not_report_progress(monkeypatch):
    monkeypatch.setattr(rounds, "LONGEST_ROUND", 0.5)
    hangs, goes_on = asyncio.Event(), asyncio.Event()
    claim = Outbox.claim

    async def hang(*given):
        hangs.set()
        await goes_on.wait()
        return await claim(*given)

    async with delivery_only(read(environment())) as process:
        await asyncio.wait_for(process.loops.moved(), 10)
        monkeypatch.setattr(Outbox, "claim", hang)
        await hangs.wait()
        await asyncio.sleep(0.6)
        turn = asyncio.create_task(process.loops.moved())
        assert not (await asyncio.wait([turn], timeout=0.1))[0]
        goes_on.set()
        await asyncio.wait_for(turn, 10)


async def test_worker_continues_after_an_unexpected_exception(engine, mailboxes, monkeypatch, caplog):
    claim = Outbox.claim

    async def fail(*_):
        monkeypatch.setattr(Outbox, "claim", claim)
        raise ValueError

    monkeypatch.setattr(Outbox, "claim", fail)
    async with transaction(engine) as conn:
        await OUTBOX.put(conn, [OutboxItem("a", OutboxKind.TEXT, "words", NOW)], NOW)
    async with delivery_only(read(environment())):
        [message] = await mailboxes.wait("a", 0, 60)
        await _until_nothing_waits(engine)
    assert message.text == "words"
    assert "DeliveryWorker failed and begins again: ValueError" in caplog.messages


@pytest.mark.usefixtures("mailboxes")
async def test_doctor_counts_key_ages_from_the_first_start(terminal):
    assert "data key" not in (await terminal.run("doctor", "--offline")).out
    async with delivery_only(read(environment())):
        assert (await terminal.run("doctor", "--offline")).out.count(", 0 days, since") == 2


FACE_MODELS = ("face", "onnxruntime", "cv2", "insightface")
LOADED = "import sys, bot.wiring.workers; print([name for name in {} if name in sys.modules])"


def test_worker_does_not_import_face_models():
    command = [sys.executable, "-c", LOADED.format(FACE_MODELS)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"  # noqa: S603


@pytest.mark.parametrize("setting", ["opencv-zoo", "buffalo_l", "/models/own/", "~/own"])
def test_pack_name_is_its_folder_name(setting):
    assert pack_name(setting) == setting.strip("/").rpartition("/")[2]


def test_default_pack_name_matches_its_templates():
    assert pack_name(face_pack({})) == load_pack(face_pack({})).name


async def _until_nothing_waits(engine):
    async with asyncio.timeout(60):
        while await _waiting(engine):  # noqa: ASYNC110 - shares only the database with the worker
            await asyncio.sleep(0.05)


async def _waiting(engine):
    async with engine.connect() as conn:
        found = await conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE ended_at IS NULL OR dead")
        return found.scalar_one()


async def test_invalid_setting_stops_the_worker_with_one_line(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False), WECHAT_AES_KEY="short")
    ran = await terminal.run("worker")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "WECHAT_AES_KEY" in ran.err
