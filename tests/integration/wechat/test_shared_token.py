"""Four services and two workers that ask at once: one call to `stable_token`."""

import asyncio
import sys
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.server import health
from bot.server.health import health_routes
from bot.wechat.api.client import SendResult
from bot.wechat.api.errcodes import NO_ANSWER, Delivery
from storage.database import open_engine
from storage.messaging.access_tokens import (
    LEASE,
    MOST_FORCED_A_DAY,
    LeaseGranted,
    LeaseHeld,
    SharedTokenStore,
    StoredToken,
)
from storage.sealing.vault import Vault

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]


@pytest.fixture
async def six(harness, database_url):
    """Six machines: an engine, an HTTP session and a client each."""
    harness.rules.wrote("anna")
    async with AsyncExitStack() as stack:
        clients = []
        for _ in range(6):
            engine = open_engine(database_url)
            stack.push_async_callback(engine.dispose)
            session = await stack.enter_async_context(aiohttp.ClientSession())
            clients.append(harness.new_client(engine, session))
        yield clients


async def ask_at_once(clients):
    return await asyncio.gather(*(client.create_menu({"button": [1]}) for client in clients))


async def test_six_that_start_at_once_ask_once(harness, six, capsys):
    harness.faults.change({"latency": 0.2})
    assert {sent.outcome for sent in await ask_at_once(six)} == {Delivery.SENT}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(six)} ask for the token at once: {harness.platform.tokens_asked} refresh\n")
    assert harness.platform.tokens_asked == 1


async def test_a_token_taken_away_is_asked_for_once_by_all(harness, six):
    await ask_at_once(six)
    harness.platform._token = ""
    harness.platform._token_ends = 0
    assert {sent.outcome for sent in await ask_at_once(six)} == {Delivery.SENT}
    assert harness.platform.tokens_asked == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_a_call_refused_for_its_token_is_repeated_once_and_never_more(harness, errcode):
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"errcode": errcode, "times": 0})
    intercept, seen = harness.faults.intercept, []

    async def spare_the_token(request):
        if "stable_token" in request.path:
            return None
        seen.append(request.path)
        return await intercept(request)

    harness.platform.faults = _Instead(spare_the_token)
    assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.LOCKED_OUT, errcode)
    assert len(seen) == 2
    assert harness.platform.tokens_asked == 2


class _Instead:
    """Faults that spare some calls."""

    def __init__(self, intercept):
        self.intercept = intercept

    def lose(self, request):
        pass


async def test_a_process_that_died_asking_keeps_the_token_from_nobody(harness):
    store = SharedTokenStore(harness.engine, harness.vault, "wx-app", harness.clock)
    assert await store.read_or_lease() == LeaseGranted()
    assert await store.read_or_lease() == LeaseHeld()
    harness.clock.now += LEASE
    assert (await harness.client.create_menu({"button": [1]})).outcome is Delivery.SENT


async def test_a_platform_that_gives_none_frees_the_next_to_ask(harness):
    harness.faults.change({"garbage": True, "times": 1})
    assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.RETRY, NO_ANSWER)
    assert (await harness.client.create_menu({"button": [1]})).outcome is Delivery.SENT


async def test_a_clock_that_was_a_day_ahead_leaves_neither_token_nor_lease_behind(harness):
    store = SharedTokenStore(harness.engine, harness.vault, "wx-app", harness.clock)
    harness.clock.wait(days=1)
    await store.put(StoredToken("of tomorrow", 3600, 7200))
    harness.clock.wait(days=-1)
    assert await store.read_or_lease() == LeaseGranted()
    harness.clock.wait(days=-1)
    assert await store.read_or_lease() == LeaseGranted()


async def test_the_token_lies_sealed_and_another_key_asks_anew(harness):
    await harness.client.create_menu({"button": [1]})
    async with harness.engine.connect() as conn:
        found = await conn.exec_driver_sql("SELECT value FROM access_tokens")
        assert harness.platform._token.encode() not in found.scalar_one()
    stranger = SharedTokenStore(
        harness.engine, Vault.from_setting(Vault.new_setting()), "wx-app", harness.clock
    )
    assert await stranger.read_or_lease() == LeaseGranted()


@pytest.fixture
def refused_tokens(harness):
    """Let every call be refused for its token, whatever the token is."""
    intercept = harness.faults.intercept

    async def spare_the_token(request):
        return None if "stable_token" in request.path else await intercept(request)

    harness.faults.change({"errcode": 40001})
    harness.platform.faults = _Instead(spare_the_token)
    return harness


async def degraded(harness, monkeypatch):
    """Ask `/readyz` what is wrong, at the platform's time."""
    monkeypatch.setattr(health, "system_clock", harness.clock)
    app = web.Application()
    app.add_routes(health_routes(harness.engine, []))
    async with TestClient(TestServer(app)) as client, client.get("/readyz") as response:
        return (await response.json())["degraded"]


@pytest.mark.usefixtures("looking_often")
async def test_an_hour_of_refused_tokens_forces_a_few_refreshes_and_alarms_once(
    refused_tokens, six, caplog, monkeypatch
):
    harness = refused_tokens
    for _ in range(60):
        await ask_at_once(six[:2])
        harness.clock.wait(minutes=1)
    assert harness.platform.tokens_forced == MOST_FORCED_A_DAY
    assert await harness.alarms() == [("access token", "access token")]
    assert await degraded(harness, monkeypatch) == ["access token"]
    lines = [line for line in caplog.messages if "for the operator" in line]
    assert lines == ["for the operator: access token (access token) errcode 40001"] * 2  # one a process
    harness.clock.wait(days=1)
    await ask_at_once(six[:2])
    await ask_at_once(six[:2])
    assert harness.platform.tokens_forced == MOST_FORCED_A_DAY + 1


async def test_two_forced_refreshes_lie_half_a_minute_apart(refused_tokens):
    harness = refused_tokens
    for _ in range(10):
        await harness.client.create_menu({"button": [1]})
    assert harness.platform.tokens_forced == 1


async def test_a_wrong_secret_is_an_alarm_until_it_is_mended(harness):
    secret, harness.platform._secret = harness.platform._secret, "changed"
    assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.LOCKED_OUT, 40125)
    assert await harness.alarms() == [("access token", "access token")]
    harness.platform._secret = secret
    assert (await harness.new_client().create_menu({"button": [1]})).outcome is Delivery.SENT
    assert await harness.alarms() == []
