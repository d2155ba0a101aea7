"""`/readyz` names an outside part that does not answer, until it answers again."""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.event import listen

from bot.clock import system_clock
from bot.delivery.export_client import ExportClient
from bot.delivery.export_worker import ExportParts, ExportWorker
from bot.metrics.port import NO_METRICS
from bot.server.health import health_routes
from bot.wechat.api.errcodes import Delivery
from bot.wechat.api.transport import Transport
from bot.wechat.operator_alarms import OperatorAlarms
from bot.wiring.process import eligibility_of
from dialogs.effects import CheckEligibility
from dialogs.ports import Found, Unavailable
from dialogs.values import Scheme
from storage.database import open_engine, transaction
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.alarms import AlarmScope, AlarmStore
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from tests.support.manual_clock import ManualClock
from tests.support.programs.served_app import ServedApp
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON
from tests.support.wechat.clients import client_of

pytest_plugins = ["tests.support.storage.databases"]

ANSWERS = {
    "/registry/find": {"beneficiary": None},
    "/cgi-bin/stable_token": {"access_token": "t", "expires_in": 7200},
}


class Outside:
    """Everything outside the service: answers, or fails with an HTTP status."""

    def __init__(self, engine):
        self.engine, self.status = engine, 200
        self.alarms = OperatorAlarms(AlarmStore(engine, system_clock))

    @asynccontextmanager
    async def reached(self):
        app = web.Application()
        app.router.add_post("/{path:.*}", self._answer)
        site = web.Application()
        site.add_routes(health_routes(self.engine, []))
        async with (
            TestServer(app) as server,
            aiohttp.ClientSession() as self.http,
            TestClient(ServedApp(site)) as self.client,
        ):
            self.url = str(server.make_url("/"))
            yield self

    async def _answer(self, request):
        answer = ANSWERS.get(request.path, {"errcode": 0, "errmsg": "ok"})
        return web.json_response(answer, status=self.status)

    async def degraded(self):
        async with self.client.get("/readyz") as response:
            assert response.status == 200
            return (await response.json())["degraded"]


@pytest.fixture
async def outside(engine):
    async with Outside(engine).reached() as outside:
        yield outside


@pytest.fixture
def look_up(outside, vault):
    settings = SimpleNamespace(registry_url=f"{outside.url}registry", registry_key="k")
    process = SimpleNamespace(
        engine=outside.engine, vault=vault, settings=settings, http=outside.http,
        clock=system_clock, pack="p", metrics=NO_METRICS, alarms=outside.alarms,
    )  # fmt: skip
    return lambda: eligibility_of(process).look_up(CheckEligibility(1, Scheme.EMPLOYEE, PERSON))


async def test_registry_without_an_answer_is_named_until_it_answers(outside, look_up):
    outside.status = 500
    assert isinstance(await look_up(), Unavailable)
    assert await outside.degraded() == ["registry"]
    outside.status = 200
    assert isinstance(await look_up(), Found)
    assert await outside.degraded() == []


@pytest.fixture
def other_process(outside):
    """Return another process of the same service that reaches the registry, and its clock of the day."""
    day = ManualClock(system_clock())
    return OperatorAlarms(AlarmStore(outside.engine, day), lambda: day().timestamp()), day


async def test_alarm_stays_while_one_of_several_processes_gets_no_answer(outside, look_up, other_process):
    other, day = other_process
    outside.status = 500
    await look_up()
    for _ in range(10):
        await other.settle(AlarmScope.REGISTRY, per_process=True)
        assert await outside.degraded() == ["registry"]
        day.advance(seconds=20)


async def test_recovered_process_does_not_end_the_alarm_of_another(outside, look_up, other_process):
    other, day = other_process
    outside.status = 500
    await look_up()
    day.advance(seconds=1)
    await other.raise_(AlarmScope.REGISTRY, AlarmScope.REGISTRY)
    outside.status = 200
    await look_up()
    assert await outside.degraded() == ["registry"]
    await other.settle(AlarmScope.REGISTRY, per_process=True)
    assert await outside.degraded() == []


@on_sqlite
async def test_alarm_of_a_dead_process_ends_five_minutes_after_its_last_failure(
    outside, look_up, other_process
):
    other, day = other_process
    outside.status = 500
    await look_up()
    day.advance(minutes=5, seconds=5)
    await other.settle(AlarmScope.REGISTRY, per_process=True)
    assert await outside.degraded() == []


async def test_registry_that_answers_every_second_time_costs_two_writes_a_minute(outside, look_up):
    written = []
    listen(outside.engine.sync_engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    for answer in (500, 200) * 10:
        outside.status = answer
        await look_up()
    assert len([one for one in written if "alarms" in one and not one.startswith("SELECT")]) == 2


@on_sqlite
async def test_platform_without_answers_is_named_until_it_answers(outside):
    transport, clock = Transport(outside.http, outside.url), ManualClock(0.0)
    client = client_of(transport, "wx", "s", clock, alarms=outside.alarms)
    outside.status = 502
    await client.send_text("o1", "认证成功")
    assert await outside.degraded() == []
    for _ in range(2):
        await client.send_text("o1", "认证成功")
    assert await outside.degraded() == ["platform"]
    outside.status = 200
    await client.send_text("o1", "认证成功")
    assert await outside.degraded() == []


@on_sqlite
async def test_platform_is_not_blamed_for_a_token_that_our_database_does_not_give(outside, vault, caplog):
    away = open_engine("postgresql+asyncpg://u@127.0.0.1:1/x")
    store = SharedTokenStore(away, vault, "wx", system_clock)
    transport = Transport(outside.http, outside.url)
    client = client_of(transport, "wx", "s", ManualClock(0.0), store=store, alarms=outside.alarms)
    for _ in range(4):
        assert (await client.send_text("o1", "认证成功")).outcome is Delivery.RETRY
    assert await outside.degraded() == []
    assert "for the operator: platform" not in caplog.text


@on_sqlite
async def test_core_system_without_answers_is_named_until_it_accepts(outside, vault):
    clock, queue = ManualClock(system_clock()), Outbox(vault)
    peer = ExportClient(outside.http, f"{outside.url}passes", "a secret of sixteen")
    worker = ExportWorker(ExportParts(outside.engine, queue, peer, clock, alarms=outside.alarms))
    async with transaction(outside.engine) as conn:
        await queue.put(conn, [OutboxItem("R1", OutboxKind.EXPORT, "{}", clock())], clock())
    outside.status = 503
    for expected in ([], [], ["export"]):
        await worker.run_once()
        assert await outside.degraded() == expected
        clock.advance(minutes=1)
    outside.status = 204
    await worker.run_once()
    assert await outside.degraded() == []
