"""What the page offers once something has ended: only what can work, in words where no button can."""

import asyncio

from selenium.webdriver.common.by import By

from bot.capture.live.challenges import MOST_INTERRUPTIONS, MOST_STARTS
from tests.browser.capture.test_live_page import (
    address_of,
    asked_to_move,
    guided,
    message,
    page,
)
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import press, wait_for_element, wait_until
from tests.browser.driver.film import camera_script
from tests.browser.driver.shared_chromium import clean_tab
from tests.integration.capture.live.test_live_capture import starts


def reload_page(driver, times):
    """Reload the page midway, as a phone low on memory does."""
    for _ in range(times):
        asked_to_move(driver)
        driver.refresh()
        wait_for_message(driver, "上次没有做完")
        press(driver, "#begin")


async def test_reloading_the_page_counts_like_a_lost_camera(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            reload_page(driver, 1)
            asked_to_move(driver)

    async with guided(tmp_path) as server:
        ticket = await server.ticket()
        await asyncio.to_thread(walk, address_of(server, ticket))
        assert (await server.stored_capture(ticket)).retries >= MOST_INTERRUPTIONS
        assert await starts(server, ticket) == 1  # the one under way when the tab was discarded


async def test_repeated_reloads_are_no_failure_and_lead_to_the_video(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            reload_page(driver, MOST_INTERRUPTIONS + MOST_STARTS)
            wait_for_element(driver, By.ID, "film-steps")
            wait_for_message(driver, "不算失败")
            buttons = driver.find_elements(By.CSS_SELECTOR, "#card-film button, #card-film label")
            return message(driver), [one.text for one in buttons if one.text]

    async with guided(tmp_path) as server:
        ticket = await server.ticket()
        told, offered = await asyncio.to_thread(walk, address_of(server, ticket))
        assert (await server.stored_capture(ticket)).finished_at is None
    assert "换一个链接" in told
    assert offered == ["去录视频", "让家人帮我录", "返回微信"]


REFUSING = "window.close = () => {};"


async def test_page_that_cannot_close_itself_explains_the_way_back(new_address):
    def look(address):
        with clean_tab(phone=True) as driver:
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": REFUSING})
            for place, button in ((address, "#leave"), (f"{address[:-43]}{'A' * 43}", "#close")):
                driver.get(place)
                if button == "#leave":
                    press(driver, "#cannot")
                press(driver, button)
                words = wait_for_element(driver, By.CSS_SELECTOR, ".by-hand").text.replace("\n", "")
                assert words == "请关掉这一页，再打开微信。"
                assert not driver.find_elements(By.CSS_SELECTOR, button)

    await asyncio.to_thread(look, await new_address())


async def test_tab_opened_for_the_page_is_closed(new_address):
    def look(address):
        with clean_tab(phone=True) as driver:
            driver.get(address)
            before = driver.current_window_handle
            driver.execute_script("window.open(arguments[0], '_blank', 'noopener')", address)
            wait_until(driver, lambda d: len(d.window_handles) == 2, "no second tab")
            driver.switch_to.window(next(one for one in driver.window_handles if one != before))
            press(driver, "#cannot")
            press(driver, "#leave")
            wait_until(driver, lambda d: d.window_handles == [before], "the tab stays")
            driver.switch_to.window(before)

    await asyncio.to_thread(look, await new_address())
