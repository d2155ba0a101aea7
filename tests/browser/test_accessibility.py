"""No page breaks a rule of axe-core; one tab checks all pages."""

import asyncio
from dataclasses import replace

import pytest
from selenium.webdriver.common.by import By

from tests.browser.capture.test_for_elders import check
from tests.browser.driver.accessibility import violations
from tests.browser.driver.chromium import Chat
from tests.browser.driver.elements import press, wait_for_element, wait_for_text
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.reminder.test_reminder_link import reminded
from tests.support.captures.capture_service import PORTRAIT, capture_parts, capture_server
from tests.support.captures.face_providers import serve_wechat_check

UNNAMED = "return [...document.querySelectorAll('video')].filter(v => v.ariaHidden !== 'true').map(v => v.id)"
"""Moving pictures that a screen reader would announce without a name."""

CARDS = "return cards"
NOWHERE = "A" * 43


@pytest.fixture(scope="module")
def driver():
    with clean_tab(phone=True, screen=(320, 568)) as started:
        yield started


def test_documents_messages_and_the_reminder_page_are_accessible(running, driver):
    reminder = reminded(running, "o-axe")
    closed = (f"{running.base}/h5/capture/{NOWHERE}", f"{running.base}/h5/start/{NOWHERE}")
    documents = (f"{running.base}/h5/agreement", f"{running.base}/h5/privacy?lang=en")
    for address in (*documents, *closed, f"{running.base}/r/AAAA-AAAA", reminder):
        driver.get(address)
        assert violations(driver) == [], address


def test_accessibility_check_finds_a_fault(running, driver):
    driver.get(f"{running.base}/h5/agreement")
    driver.execute_script("document.querySelector('h1').remove(); document.body.append(new Image())")
    assert {rule for rule, _ in violations(driver)} >= {"image-alt", "page-has-heading-one"}


def test_simulator_chat_is_accessible(running, driver):
    chat = Chat(driver, running.base)
    assert violations(driver) == []
    chat.open_panel()
    wait_for_element(driver, By.ID, "use-sample")
    assert violations(driver) == []


async def test_every_card_of_the_capture_page_and_the_receipt_are_accessible(tmp_path, driver):
    def look(capture, receipt):
        driver.get(receipt)
        wait_for_element(driver, By.ID, "print")
        check(driver)
        assert violations(driver) == []
        driver.get(capture)
        driver.execute_script("document.body.dataset.liveness = 'required'")
        assert driver.execute_script(UNNAMED) == []
        for card in driver.execute_script(CARDS):
            driver.execute_script("turnTo(arguments[0])", card)
            assert violations(driver) == [], card
        for outcome in ("passed", "failed", "closed"):
            driver.execute_script("document.getElementById('result').dataset.outcome = arguments[0]", outcome)
            assert violations(driver) == [], outcome
        driver.get(capture)
        press(driver, "#begin")
        assert violations(driver) == []

    async with capture_parts(tmp_path) as parts, capture_server(replace(parts, liveness="basic")) as server:
        await server.send(await server.agreed_ticket(account="o_axe"), PORTRAIT)
        number = server.conversation.events[0][1].certification.receipt
        addresses = [f"/h5/capture/{await server.ticket()}", f"/r/{number}"]
        await asyncio.to_thread(look, *(str(server.client.make_url(one)) for one in addresses))


async def test_page_of_the_platform_s_face_verification_is_accessible(tmp_path, driver):
    def look(address):
        driver.get(address)
        wait_for_text(driver, "#agree", "同意")
        assert violations(driver) == []

    async with capture_parts(tmp_path) as parts, serve_wechat_check(parts) as wechat:
        server = wechat.server
        await asyncio.to_thread(look, str(server.client.make_url(f"/h5/capture/{await server.ticket()}")))
