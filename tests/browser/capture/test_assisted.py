"""The page of a person with a passive exemption: a photo is enough, moving stays possible."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from selenium.webdriver.common.by import By

from storage.database import transaction
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from tests.browser.capture.test_every_state import NARROW
from tests.browser.capture.test_for_elders import check
from tests.browser.driver.elements import press, wait_for_element, wait_for_text
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.screens import HEARD, said
from tests.support.captures.capture_service import NOON, PORTRAIT, REQUEST, capture_parts, capture_server


@pytest.fixture
async def address(tmp_path):
    async with (
        capture_parts(tmp_path) as parts,
        capture_server(replace(parts, liveness="required")) as server,
    ):
        given = Exemption(ExemptionKind.PASSIVE, REQUEST.subject, date(2026, 11, 30), "卧床", NOON)
        async with transaction(parts.engine) as conn:
            await Exemptions(parts.vault).give(conn, given)
        yield str(server.client.make_url(f"/h5/capture/{await server.ticket()}"))


async def test_exempted_person_passes_with_a_photo_and_may_still_move(tmp_path, address):
    def look():
        with clean_tab(phone=True, screen=NARROW) as driver:
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": said(HEARD["prompt"])})
            driver.get(address)
            wait_for_text(driver, "#card-begin", "拍照")
            check(driver)
            press(driver, "#begin")
            press(driver, "#agree")
            wait_for_element(driver, By.ID, "take")
            for size in ("smaller", "normal", "larger", "larger"):
                press(driver, f"#{size}")
                check(driver)
            press(driver, "#move")
            wait_for_element(driver, By.CSS_SELECTOR, "#live-figure svg")
            press(driver, "#speak")
            press(driver, "#cannot")
            driver.get(address)
            press(driver, "#begin")
            wait_for_element(driver, By.ID, "take")
            photo = tmp_path / "photo.jpg"
            photo.write_bytes(PORTRAIT)
            driver.find_element(By.ID, "selfie-input").send_keys(str(photo))
            wait_for_element(driver, By.CSS_SELECTOR, "#result[data-outcome='passed'] .tick")

    await asyncio.to_thread(look)
