"""With WECHAT_OAUTH a reminder's link opens only for the account that was reminded."""

import re
from dataclasses import replace
from datetime import date, timedelta

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import func, select

from bot.capture.tickets.ticket import ticket_hash
from bot.h5.start.routes import start_app
from bot.reminders.links import ReminderLinks
from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.oauth import PageLogin
from bot.wechat.api.transport import Transport
from dialogs.ports import Found
from storage.database import transaction
from storage.reminders.queued_reminders import QueuedReminder, record
from storage.reminders.subscriptions import Subscriptions
from storage.schema.captures import captures
from tests.acceptance.world import listening
from tests.support.captures.capture_service import ACCOUNT
from tests.support.captures.oauth_phones import STRANGER, Phones, Platform, redirect_query
from tests.support.dialog.dialogue import registry_record as registered
from tests.support.programs.ports import free_port
from tests.support.storage.yearly_cycle import Clock, pass_on_day, reminder_harness, subject
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases"]

TOKEN = "T" * 43
DUE = date(2027, 5, 31)
PATH = f"/h5/start/{TOKEN}"


class ReminderServer(Phones):
    """The page at an address, and the phones that visit it."""

    def __init__(self, reminders, platform, base):
        super().__init__(platform, base)
        self.reminders = reminders

    async def visit(self, phone):
        """Open the link as the app does: via the platform and back."""
        response, page = await phone.get(PATH)
        if response.status == 302:
            back = {
                "code": self.platform.issue_code(phone.account),
                "state": redirect_query(response)["state"],
            }
            response, page = await phone.get(PATH, **back)
        return response, page

    async def press(self, phone):
        async with phone.session.post(PATH, allow_redirects=False) as response:
            return response.status, await response.text()

    async def opened(self):
        async with self.reminders.engine.connect() as conn:
            return await conn.scalar(select(func.count()).select_from(captures))


@pytest.fixture
async def server(engine, vault):
    reminders, platform = reminder_harness(engine, vault, Clock()), Platform()
    reminders.clock.set(DUE - timedelta(days=60))
    await reminders.record_pass(subject(), date(2026, 5, 4))
    await reminders.subscribe((ACCOUNT, subject()))
    async with transaction(engine) as conn:
        await record(conn, [QueuedReminder(1, DUE, 60, reminders.clock().date(), 0, ticket_hash(TOKEN), DUE)])
    away, port = free_port(), free_port()
    base = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http, listening(platform.app(), away):
        login = PageLogin(
            Transport(http, f"http://127.0.0.1:{away}"), AppCredentials("wx1", "s"), "https://open.example"
        )
        starts = ReminderLinks(
            engine, vault, conversation_of(engine, vault, reminders.clock), knows, reminders.clock
        )
        app = web.Application()
        app.add_subapp("/h5/start", start_app(starts, login, base))
        async with listening(app, port):
            server = ReminderServer(reminders, platform, base)
            yield server
            await server.close()


async def knows(_check):
    return Found(registered(subject().identity), has_template=True)


async def test_reminder_page_names_nobody_before_the_page_login(server):
    phone = server.phone()
    response, page = await phone.get(PATH)
    assert (response.status, page) == (302, "")
    assert redirect_query(response)["redirect_uri"] == server.base + PATH
    response, page = await server.visit(server.phone())
    assert response.status == 200
    assert "陈*国" in page
    cookie = response.cookies["start"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", PATH)


async def test_reminded_account_presses_the_button_and_gets_a_capture_link(server):
    phone = server.phone()
    await server.visit(phone)
    assert (await server.visit(phone))[0].status == 200
    status, page = await server.press(phone)
    assert status == 200
    assert re.search(r'href="https://pension\.example/h5/capture/[\w-]{43}"', page)
    assert await server.opened() == 1


async def test_other_account_sees_nothing_and_opens_nothing(server):
    phone = server.phone(STRANGER)
    response, page = await server.visit(phone)
    assert response.status == 403
    assert "请用申请这个链接的微信打开" in page
    assert "陈" not in page
    for one in (phone, server.phone()):
        status, page = await server.press(one)
        assert status == 403
        assert "陈" not in page
    assert await server.opened() == 0


async def test_only_the_reminded_account_is_told_that_nothing_is_left_to_do(server):
    async with transaction(server.reminders.engine) as conn:
        passed = replace(pass_on_day(subject(), date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
        await Subscriptions(server.reminders.vault).passed(conn, passed, server.reminders.clock())
    response, page = await server.visit(server.phone(STRANGER))
    assert (response.status, "不用再办理" in page) == (403, False)
    response, page = await server.visit(server.phone())
    assert (response.status, "不用再办理" in page) == (410, True)


async def test_browser_without_cookies_is_refused_instead_of_looping(server):
    phone = server.phone()
    phone.session._cookie_jar = aiohttp.DummyCookieJar()
    response, _ = await phone.get(PATH)
    visits = 1
    while response.status == 302:
        back = {"code": server.platform.issue_code(ACCOUNT), "state": redirect_query(response)["state"]}
        response, _ = await phone.get(PATH, **back)
        visits += 1
        assert visits < 9
    assert response.status == 403


async def test_unknown_link_is_not_found_without_asking_the_platform(server):
    response, page = await server.phone().get("/h5/start/" + "x" * 43)
    assert response.status == 404
    assert "没有找到这个链接" in page
    assert server.platform.asked == []
