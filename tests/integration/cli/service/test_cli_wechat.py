"""`menu sync` and `qrcode create` against the simulator's platform and a refusing one."""

from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.wechat.api.menu import account_menu
from messages.language.labels import MenuKey
from messages.menu import MENU_NAMES

pytest_plugins = ["tests.support.programs.command_line"]


@pytest.fixture
async def platform(terminal):
    app = web.Application()
    app.add_routes(PlatformApi("wx-app", "app-secret", Mailboxes(), Rules()).routes())
    async with TestServer(app) as server:
        terminal.set(WECHAT_API_BASE=server.make_url("/wechat"))
        yield server


@dataclass
class Refusing:
    """Gives a token, then one answer to everything."""

    answer: dict = field(default_factory=lambda: {"errcode": 48001, "errmsg": "no"})
    seen: list = field(default_factory=list)

    async def handle(self, request):
        if request.path.endswith("stable_token"):
            return web.json_response({"access_token": "t", "expires_in": 7200})
        self.seen.append(await request.json())
        return web.json_response(self.answer)


@pytest.fixture
async def refusing(terminal):
    platform = Refusing()
    app = web.Application()
    app.router.add_post("/{path:.*}", platform.handle)
    async with TestServer(app) as server:
        terminal.set(WECHAT_API_BASE=str(server.make_url("/")))
        yield platform


@pytest.mark.usefixtures("platform")
async def test_menu_sync_is_accepted_by_the_platform(terminal):
    ran = await terminal.run("menu", "sync")
    assert (ran.code, ran.err) == (0, "")


async def test_menu_has_every_key_once_within_the_platform_s_limits(terminal, refusing):
    refusing.answer = {"errcode": 0}
    assert (await terminal.run("menu", "sync")).code == 0
    [menu] = refusing.seen
    assert menu == account_menu()
    entries = [entry for button in menu["button"] for entry in button["sub_button"]]
    assert sorted(entry["key"] for entry in entries) == sorted(MenuKey)
    assert {entry["type"] for entry in entries} == {"click"}
    assert len(menu["button"]) <= 3
    assert all(len(button["name"]) <= 4 and len(button["sub_button"]) <= 5 for button in menu["button"])
    assert all(len(name) <= 8 for name in MENU_NAMES.values())


@pytest.mark.usefixtures("refusing")
@pytest.mark.parametrize("command", [("menu", "sync"), ("qrcode", "create", "--scheme", "employee")])
async def test_refusal_by_the_platform_is_reported_with_its_errcode(terminal, command):
    ran = await terminal.run(*command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "pension-bot: the platform says no: errcode 48001\n"


@pytest.mark.parametrize("command", [("menu", "sync"), ("qrcode", "create", "--scheme", "employee")])
async def test_unreachable_platform_exits_with_3(terminal, platform, command):
    await platform.close()
    ran = await terminal.run(*command)
    assert ran.code == 3
    assert "not available" in ran.err


async def test_busy_platform_exits_with_3(terminal, refusing):
    refusing.answer = {"errcode": -1}
    assert (await terminal.run("menu", "sync")).code == 3


@pytest.mark.usefixtures("platform")
async def test_wrong_app_secret_is_reported_as_refusal(terminal):
    terminal.set(WECHAT_APP_SECRET="another")
    ran = await terminal.run("menu", "sync")
    assert (ran.code, ran.err) == (1, "pension-bot: the platform says no: errcode 40125\n")


@pytest.mark.usefixtures("platform")
async def test_qr_code_address_is_printed(terminal):
    ran = await terminal.run("qrcode", "create", "--scheme", "resident", "--city", "440100")
    assert ran.code == 0
    assert ran.out.startswith("http://weixin.qq.com/q/")
    assert ran.out.count("\n") == 1


async def test_qr_code_scene_has_scheme_and_city(terminal, refusing):
    await terminal.run("qrcode", "create", "--scheme", "employee", "--city", "440100")
    assert refusing.seen[0]["action_info"] == {"scene": {"scene_str": "employee:440100"}}


async def test_district_code_gives_the_scene_of_its_city(terminal, refusing):
    await terminal.run("qrcode", "create", "--scheme", "employee", "--city", "440103")
    assert refusing.seen[0]["action_info"] == {"scene": {"scene_str": "employee:440100"}}


@pytest.mark.parametrize(
    "wrong", [("employee", "4401"), ("employee", "999999"), ("employee", "广州市"), ("worker", "440100")]
)
async def test_qr_code_with_unknown_scheme_or_city_is_wrong_usage(terminal, refusing, wrong):
    scheme, city = wrong
    assert (await terminal.run("qrcode", "create", "--scheme", scheme, "--city", city)).code == 2
    assert refusing.seen == []
