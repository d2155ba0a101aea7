"""The page of one reminder's link."""

from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.h5.start.routes import start_app
from bot.reminders.links import ReminderLinks
from tests.support.captures.reminder_page import ACCOUNT, Page, Registry, bind
from tests.support.programs.served_app import ServedApp
from tests.support.storage.yearly_cycle import Clock, reminder_harness, subject
from tests.support.wechat.conversations import conversation_of


@pytest.fixture
async def page(engine, vault):
    reminders, registry = reminder_harness(engine, vault, Clock()), Registry()
    await reminders.record_pass(subject(), date(2026, 5, 4))
    await reminders.subscribe((ACCOUNT, subject()))
    await bind(engine, vault, subject().identity)
    conversation = conversation_of(engine, vault, reminders.clock)
    app = web.Application()
    links = ReminderLinks(engine, vault, conversation, registry.look_up, reminders.clock)
    app.add_subapp("/h5/start", start_app(links))
    async with TestClient(ServedApp(app)) as client:
        page = Page(reminders, client, registry)
        await page.remind()
        yield page
