"""A year with the core system: it gets a pass, makes the next one; then the person's data are erased."""

import asyncio
import os
from datetime import datetime, time, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import system_clock
from dialogs.local_time import SHANGHAI, local_date
from tests.acceptance.phone import Phone, choices
from tests.acceptance.world import EMPLOYEE, certify_by_face, own_demo
from tests.support.files.registry_files import changed_row, write_csv
from tests.support.programs.program import program_command

TODAY = local_date(system_clock())
LAST_YEAR = timedelta(days=355)


class Calendar:
    """Ten in the morning of a day, by the service's clock."""

    def __init__(self):
        self.day = TODAY - LAST_YEAR

    def __call__(self):
        return datetime.combine(self.day, time(10), SHANGHAI)


@pytest.fixture
async def core():
    """Give the address of a core system and a queue of what it received."""
    told = asyncio.Queue()

    async def take(request):
        body = await request.json()
        told.put_nowait((body["event"], body["channel"], body["name"], body["id_number"]))
        return web.Response()

    app = web.Application()
    app.add_routes([web.post("/passes", take)])
    async with TestServer(app) as server:
        yield str(server.make_url("/passes")), told


async def imported(folder, *options):
    """Import the core system's row, by which the person was certified three days ago."""
    row = changed_row(
        name=EMPLOYEE.name,
        id_number=EMPLOYEE.number,
        last_certified=(TODAY - timedelta(days=3)).isoformat(),
    )
    path = write_csv(folder / "people.csv", row)
    settings = {
        "PENSION_BOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        "PENSION_BOT_DATA_KEYS_FILE": str(folder / "data-keys"),
    }
    command = [*program_command(), "registry", "import", str(path), *options]
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **settings})
    assert await process.wait() == 0


async def test_core_system_gets_a_pass_and_its_own_pass_is_told_a_year_later(tmp_path, http, core):
    address, told = core
    calendar = Calendar()
    exports = {"export_url": address, "export_secret": "a secret of sixteen"}
    async with own_demo(tmp_path, calendar, **exports) as base:
        phone = Phone(http, base)
        assert (await certify_by_face(phone, EMPLOYEE)).startswith("认证成功")
        async with asyncio.timeout(60):
            assert await told.get() == ("passed", "face", EMPLOYEE.name, EMPLOYEE.number)
        await phone.say("订阅提醒")

        calendar.day = TODAY
        await phone.say("你好")  # opens the reply window for the notice
        await imported(tmp_path, "--dry-run")
        await imported(tmp_path)
        notice = await phone.customer_message()
        assert notice.startswith("您")
        assert "已通过数据比对完成认证，无需操作" in notice

        held = await phone.say("你们存了我什么")
        assert "登记的人脸信息：留到您要求删除" in held
        assert EMPLOYEE.number not in held
        assert choices(held)[-1] == "删除我的信息"
        assert "会删的" in await phone.tap("删除我的信息")
        assert "您的信息已经删除" in await phone.tap("确认删除")
        assert "还没有认证成功的记录" in await phone.say("什么时候到期")
