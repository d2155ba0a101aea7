"""Services and workers share one access token: concurrent requests cause one call to `stable_token`."""

import asyncio
import sys
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.server import health
from bot.server.health import health_routes
from bot.wechat.api import access_token
from bot.wechat.api.access_token import NoToken, TokenHolder, token_source
from bot.wechat.api.client import SendResult
from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.errcodes import NO_ANSWER, NOT_ASKED, Delivery
from bot.wechat.api.transport import Transport
from storage.database import open_engine
from storage.errors import StorageUnavailable
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
    """Six machines, each with its own engine, HTTP session and client."""
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


async def test_six_clients_starting_at_once_request_one_token(harness, six, capsys):
    harness.faults.change({"latency": 0.2})
    assert {sent.outcome for sent in await ask_at_once(six)} == {Delivery.SENT}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(six)} ask for the token at once: {harness.platform.tokens_asked} refresh\n")
    assert harness.platform.tokens_asked == 1


async def test_revoked_token_is_requested_once_for_all_clients(harness, six):
    await ask_at_once(six)
    harness.platform._token = ""
    harness.platform._token_ends = 0
    assert {sent.outcome for sent in await ask_at_once(six)} == {Delivery.SENT}
    assert harness.platform.tokens_asked == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_call_refused_for_its_token_is_repeated_once(harness, errcode):
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
    """Faults that exempt some calls."""

    def __init__(self, intercept):
        self.intercept = intercept

    def lose(self, request):
        pass


async def test_lease_of_a_dead_process_expires(harness):
    store = SharedTokenStore(harness.engine, harness.vault, "wx-app", harness.clock)
    assert await store.read_or_lease() == LeaseGranted()
    assert await store.read_or_lease() == LeaseHeld()
    harness.clock.now += LEASE
    assert (await harness.client.create_menu({"button": [1]})).outcome is Delivery.SENT


async def test_failed_token_request_releases_the_lease(harness):
    harness.faults.change({"garbage": True, "times": 1})
    assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.RETRY, NO_ANSWER)
    assert (await harness.client.create_menu({"button": [1]})).outcome is Delivery.SENT


class _AwayAfterwards(SharedTokenStore):
    """A database that gives the lease, and is away when the platform has answered."""

    async def put(self, _):
        raise StorageUnavailable(kind="locked")

    async def give_up(self):
        raise StorageUnavailable(kind="locked")


def holder_whose_database_goes(harness):
    away = _AwayAfterwards(harness.engine, harness.vault, "wx-app", harness.clock)
    source = token_source(Transport(harness.session, harness.base), AppCredentials("wx-app", "app-secret"))
    return TokenHolder(source, harness.clock.seconds, away)


async def test_token_that_cannot_be_stored_is_used_by_the_process_that_asked(harness):
    holder = holder_whose_database_goes(harness)
    token = await holder.current()
    assert token.value == harness.platform._token
    assert await holder.current() is token


async def test_platform_s_refusal_is_kept_if_the_lease_cannot_be_returned(harness):
    harness.platform._secret = "changed"
    assert await holder_whose_database_goes(harness).current() == NoToken(40125)


async def test_wait_for_another_process_s_token_does_not_blame_the_platform(harness, monkeypatch):
    monkeypatch.setattr(access_token, "_POLLS", 2)
    store = SharedTokenStore(harness.engine, harness.vault, "wx-app", harness.clock)
    assert await store.read_or_lease() == LeaseGranted()
    for _ in range(4):
        assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.RETRY, NOT_ASKED)
    assert await harness.alarms() == []


async def test_token_and_lease_dated_in_the_future_are_ignored(harness):
    store = SharedTokenStore(harness.engine, harness.vault, "wx-app", harness.clock)
    harness.clock.advance(days=1)
    await store.put(StoredToken("of tomorrow", 3600, 7200))
    harness.clock.advance(days=-1)
    assert await store.read_or_lease() == LeaseGranted()
    harness.clock.advance(days=-1)
    assert await store.read_or_lease() == LeaseGranted()


async def test_token_is_stored_sealed_and_requested_again_under_another_key(harness):
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
    """Refuse every call for its token, whatever the token is."""
    intercept = harness.faults.intercept

    async def spare_the_token(request):
        return None if "stable_token" in request.path else await intercept(request)

    harness.faults.change({"errcode": 40001})
    harness.platform.faults = _Instead(spare_the_token)
    return harness


async def degraded(harness, monkeypatch):
    """Ask `/readyz` what is degraded, at the platform's time."""
    monkeypatch.setattr(health, "system_clock", harness.clock)
    app = web.Application()
    app.add_routes(health_routes(harness.engine, []))
    async with TestClient(TestServer(app)) as client, client.get("/readyz") as response:
        return (await response.json())["degraded"]


@pytest.mark.usefixtures("fast_token_polling")
async def test_refused_tokens_force_few_refreshes_and_raise_one_alarm(
    refused_tokens, six, caplog, monkeypatch
):
    harness = refused_tokens
    for _ in range(60):
        await ask_at_once(six[:2])
        harness.clock.advance(minutes=1)
    assert harness.platform.tokens_forced == MOST_FORCED_A_DAY
    assert await harness.alarms() == [("access token", "access token")]
    assert await degraded(harness, monkeypatch) == ["access token"]
    lines = [line for line in caplog.messages if "for the operator" in line]
    assert lines == ["for the operator: access token (access token) errcode 40001"] * 2  # one per process
    harness.clock.advance(days=1)
    await ask_at_once(six[:2])
    await ask_at_once(six[:2])
    assert harness.platform.tokens_forced == MOST_FORCED_A_DAY + 1


async def test_forced_refresh_is_not_repeated_at_once(refused_tokens):
    harness = refused_tokens
    for _ in range(10):
        await harness.client.create_menu({"button": [1]})
    assert harness.platform.tokens_forced == 1


async def test_wrong_app_secret_raises_an_alarm_until_fixed(harness):
    secret, harness.platform._secret = harness.platform._secret, "changed"
    assert await harness.client.create_menu({"button": [1]}) == SendResult(Delivery.LOCKED_OUT, 40125)
    assert await harness.alarms() == [("access token", "access token")]
    harness.platform._secret = secret
    assert (await harness.new_client().create_menu({"button": [1]})).outcome is Delivery.SENT
    assert await harness.alarms() == []
