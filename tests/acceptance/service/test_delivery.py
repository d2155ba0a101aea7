"""A result reaches the person when the reply window is closed: by template, once, with a report."""

import asyncio

import pytest
from sqlalchemy import select

from dialogs.rules.identity import mask_name
from storage.database import open_engine
from storage.schema.messaging import outbox
from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, SELFIE, own_demo, walk_to_link


async def sim(phone, name, **body):
    async with phone.http.post(f"{phone.base}/sim/api/{name}", json=body) as response:
        return response.status, await response.json(content_type=None) if response.status == 200 else None


@pytest.fixture
async def demo(tmp_path, http):
    async with own_demo(tmp_path) as base:
        yield Phone(http, base)


async def passed_after_two_days(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await sim(phone, "later", account=phone.account)
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"


async def templates(phone):
    return [one for one in await phone.messages() if one["channel"] == "template"]


async def template(phone):
    async with asyncio.timeout(60):
        while not (found := await templates(phone)):  # noqa: ASYNC110 - shares only HTTP with the service
            await asyncio.sleep(0.05)
    return found


async def test_pass_is_sent_as_template_message_with_its_receipt(demo, tmp_path):
    await passed_after_two_days(demo)
    [message] = await template(demo)
    for words in (mask_name(EMPLOYEE.name), "认证成功", "下次认证", f"{demo.base}/r/"):
        assert words in message["text"]
    assert EMPLOYEE.name not in message["text"]
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}")
    async with asyncio.timeout(60), engine.connect() as conn:
        while [row.report for row in await conn.execute(select(outbox.c.report))][-1] != "delivered":
            await conn.rollback()
            await asyncio.sleep(0.05)
    await engine.dispose()
    assert not [one for one in await demo.messages() if one["channel"] == "custom"]


async def test_faulty_platform_does_not_lose_a_result(demo):
    page = await walk_to_link(demo, EMPLOYEE)
    await page.agree()
    assert (await sim(demo, "weather", garbage=True, times=2))[0] == 200
    assert (await page.selfie(SELFIE)).outcome == "passed"
    assert "认证成功" in await demo.customer_message()


async def test_unknown_fault_setting_is_refused(demo):
    for wanted in ({"rain": True}, {"away": 1}, {"latency": -1}, {"latency": True}, {"times": "2"}):
        assert (await sim(demo, "weather", **wanted))[0] == 400
    assert (await sim(demo, "weather"))[1]["away"] is False
