"""The page behind a reminder's link on a phone: large enough, and one press away from the camera."""

import asyncio
from datetime import datetime, timedelta

import pytest
from selenium.webdriver.common.by import By

from bot.capture.tickets.ticket import new_ticket
from bot.demo.sample_people import SAMPLES
from dialogs.local_time import SHANGHAI
from dialogs.values import Subject
from storage.database import open_engine, transaction
from storage.reminders import queued_reminders
from storage.reminders.queued_reminders import QueuedReminder
from storage.reminders.subscriptions import Subscriptions
from storage.schema.people import subscriptions
from storage.sealing.vault import Vault
from tests.browser.capture.test_every_state import NARROW, in_view
from tests.browser.capture.test_for_elders import check
from tests.browser.driver.elements import press, wait_for_element, wait_for_text
from tests.browser.driver.shared_chromium import clean_tab

SUBJECT = Subject(SAMPLES[0].scheme, SAMPLES[0].typed, "440100")
NOW = datetime.now(SHANGHAI)
DUE = NOW.date() + timedelta(days=10)


@pytest.fixture(scope="module")
def driver():
    with clean_tab(phone=True) as started:
        yield started


def reminded(running, account):
    """Return the address of a reminder that the demo could have sent."""
    return f"{running.base}/h5/start/{asyncio.run(_remind(running.folder, account))}"


async def _remind(folder, account):
    vault = Vault.from_setting((folder / "data-keys").read_text(encoding="ascii"))
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'demo.db'}")
    token, key = new_ticket()
    async with transaction(engine) as conn:
        await Subscriptions(vault).begin(conn, [(account, SUBJECT)], NOW)
        made = subscriptions.c.account == account
        await conn.execute(subscriptions.update().where(made).values(due_on=DUE))
        number = (await conn.execute(subscriptions.select().where(made))).one().id
        await queued_reminders.record(conn, [QueuedReminder(number, DUE, 30, NOW.date(), 0, key, DUE)])
    await engine.dispose()
    return token


@pytest.mark.parametrize("size", ["smaller", "normal", "larger"])
def test_page_is_large_and_its_button_needs_no_scrolling(running, driver, size):
    driver.get(reminded(running, f"o-{size}"))
    for _ in range(2):
        press(driver, f"#{size}")
    wait_for_text(driver, "main", "林*华")
    check(driver)
    box = wait_for_element(driver, By.ID, "start").rect
    assert box["y"] + box["height"] <= 844


def test_button_needs_no_scrolling_on_a_small_screen(running):
    with clean_tab(phone=True, screen=NARROW) as narrow:
        narrow.get(reminded(running, "o-small"))
        for _ in range(2):
            press(narrow, "#larger")
        wait_for_element(narrow, By.ID, "start")
        assert in_view(narrow, "#start")


def test_button_leads_to_the_capture_page(running, driver):
    driver.get(reminded(running, "o-pressed"))
    press(driver, "#start")
    wait_for_element(driver, By.ID, "begin")
    assert "/h5/capture/" in driver.current_url


def test_unknown_link_says_what_to_do(running, driver):
    driver.get(f"{running.base}/h5/start/{'A' * 43}")
    wait_for_text(driver, "h1", "没有找到这个链接")
    check(driver)
