"""The webhook reports faults of this machine: in the log, by `/readyz` and by `doctor`."""

import json
import re
import time
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestClient
from wechatpy.crypto import WeChatCrypto

from bot.clock import system_clock
from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.prometheus import PrometheusMetrics
from bot.server.health import health_routes
from bot.wechat.operator_alarms import OperatorAlarms
from bot.wechat.signature import sign
from storage.database import open_engine
from storage.messaging.alarms import AlarmStore
from tests.support.programs.served_app import ServedApp
from tests.support.wechat.webhooks import AES_KEY, APP_ID, TOKEN, webhook_app

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

BODY = (
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>o-secret</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>hello</Content><MsgId>1</MsgId></xml>"
)


class Machine:
    """One serving process whose clock may be off."""

    def __init__(self, engine):
        self.engine, self.off = engine, 0
        self.alarms = OperatorAlarms(AlarmStore(engine, system_clock))

    @asynccontextmanager
    async def serve(self):
        app = webhook_app(self.receive, clock=lambda: time.time() + self.off, alarms=self.alarms)
        app.add_routes(health_routes(self.engine, []))
        async with TestClient(ServedApp(app)) as self.client:
            yield self

    async def receive(self, _inbound):
        return ""

    async def hear(self, key=AES_KEY, token=TOKEN):
        """Deliver a message as the platform does, with a correct clock; return the status."""
        now = str(int(time.time()))
        envelope = WeChatCrypto(token, key, APP_ID).encrypt_message(BODY, "n", now)
        signature = envelope.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
        query = {"timestamp": now, "nonce": "n", "signature": sign(token, now, "n")}
        query["msg_signature"] = signature
        async with self.client.post("/wechat", data=envelope, params=query) as response:
            return response.status

    async def measured(self):
        """Return the values of the alarm gauge, by scope."""
        metrics = PrometheusMetrics()
        await DatabaseLevels(self.engine, metrics, system_clock).refresh()
        return dict(re.findall(r'pension_bot_alarms{scope="([^"]+)"} (\S+)', metrics.text().decode()))

    async def degraded(self):
        async with self.client.get("/readyz") as response:
            return json.loads(await response.text())["degraded"]


@pytest.fixture
async def machine(engine):
    async with Machine(engine).serve() as machine:
        yield machine


@pytest.mark.parametrize(("off", "shown"), [(302, "+30"), (-302, "-30"), (86400, "+8640")])
async def test_wrong_clock_is_reported_until_corrected(machine, operator, caplog, off, shown):
    machine.off = off
    assert [await machine.hear() for _ in range(3)] == [403] * 3
    assert await machine.degraded() == ["clock"]
    assert [scope for scope, count in (await machine.measured()).items() if count == "1.0"] == ["clock"]
    told = [line for line in caplog.messages if line.startswith("for the operator: clock")]
    assert len(told) == 1
    assert shown in told[0]
    ran = await operator.run("doctor", "--offline")
    assert ran.code == 1
    assert any(line.startswith(f"FAIL clock: {shown}") for line in ran.out.splitlines())
    machine.off = 0
    assert await machine.hear() == 200
    assert await machine.degraded() == []
    assert "clock" not in (await operator.run("doctor", "--offline")).out
    assert set((await machine.measured()).values()) == {"0.0"}


async def test_old_request_with_a_wrong_signature_raises_no_clock_alarm(machine):
    machine.off = 302
    assert await machine.hear(token="guess") == 403
    assert await machine.degraded() == []


async def test_wrong_aes_key_is_reported_if_no_message_can_be_opened(machine):
    assert [await machine.hear(AES_KEY[::-1]) for _ in range(2)] == [200, 200]
    assert await machine.degraded() == []
    await machine.hear(AES_KEY[::-1])
    assert await machine.degraded() == ["webhook secrets"]
    await machine.hear()
    assert await machine.degraded() == []


async def test_new_process_clears_the_alarms_of_a_previous_one(machine):
    machine.off = 302
    await machine.hear()
    machine.off, again = 0, Machine(machine.engine)
    async with again.serve():
        assert await again.degraded() == ["clock"]
        await again.hear()
        assert await again.degraded() == []


async def test_unreachable_database_does_not_prevent_a_response(machine):
    away = open_engine("postgresql+asyncpg://u@127.0.0.1:1/x")
    machine.alarms.store = AlarmStore(away, system_clock)
    machine.off = 302
    assert await machine.hear() == 403
