"""A page whose script is missing or too new for the browser: its buttons would not work."""

import asyncio
import gzip
from contextlib import contextmanager
from dataclasses import replace

import pytest
from selenium.webdriver.common.by import By

from bot.h5.pages import STATIC_FILES
from tests.browser.capture.test_for_elders import check
from tests.browser.driver.elements import press, wait_for_element, wait_for_text, wait_until_gone
from tests.browser.driver.shared_chromium import clean_tab


@contextmanager
def missing(driver, pattern):
    """Block addresses that match the pattern."""
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": [pattern]})
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})


TOO_NEW = b"const later = than |> this;"


@pytest.mark.parametrize("name", ["page", "voice", "camera", "live", "capture"])
async def test_missing_script_is_reported_and_can_be_reloaded(new_address, name):
    def look(address):
        with clean_tab(phone=True, screen=(320, 568)) as driver:
            with missing(driver, f"*/static/{name}.*.js"):
                driver.get(address)
                wait_for_text(driver, "#card-partial", "网页没有打开完整")
                wait_until_gone(driver, "#begin")
                check(driver)
            press(driver, "#reload")
            press(driver, "#begin")
            wait_for_element(driver, By.ID, "agree")

    await asyncio.to_thread(look, await new_address())


async def test_browser_unable_to_run_the_scripts_is_told_the_other_ways(new_address, monkeypatch):
    unread = replace(
        STATIC_FILES.by_name["live.js"], version="0" * 8, content=TOO_NEW, gzipped=gzip.compress(TOO_NEW)
    )
    monkeypatch.setitem(STATIC_FILES.by_name, "live.js", unread)

    def look(address):
        with clean_tab(phone=True) as driver:
            driver.get(address)
            wait_for_text(driver, "#card-partial", "12333")
            wait_until_gone(driver, "#begin")

    await asyncio.to_thread(look, await new_address())
