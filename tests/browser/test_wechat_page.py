"""The platform's own face verification in a real browser, with the simulator in place of WeChat."""

import asyncio

from selenium.webdriver.common.by import By

from tests.acceptance.world import own_demo
from tests.browser.capture.test_every_state import NARROW
from tests.browser.capture.test_for_elders import check
from tests.browser.driver.chromium import Chat, wait_for_message
from tests.browser.driver.elements import press, wait_for_element, wait_until_gone
from tests.browser.driver.shared_chromium import clean_tab

OTHER_FACE, CANCELLED, OWN_FACE = 10004, 90004, 0


def look(driver, code):
    """Tap 开始刷脸 and choose the face the simulator is to see."""
    press(driver, "#start")
    press(driver, f"#sim-face button[data-code='{code}']")


async def test_face_verified_by_wechat_passes(tmp_path):
    async with own_demo(tmp_path, liveness="wechat") as base:
        await asyncio.to_thread(_walk, base)


def _walk(base):
    with clean_tab() as driver:
        chat = Chat(driver, base)
        chat.go_to_link()
        chat.open_page()
        press(driver, "#decline")
        wait_for_message(driver, "下面的办法一样有效")
        press(driver, "#agree")
        look(driver, CANCELLED)
        wait_for_message(driver, "不算失败")
        look(driver, OWN_FACE)
        wait_for_message(driver, "认证成功")
        wait_until_gone(driver, "#other-ways")
        chat.leave_page()
        press(driver, "#page-close")
        assert "回执号" in chat.read("认证成功")


async def test_wechat_page_is_large_and_a_failure_says_what_to_do(tmp_path):
    async with own_demo(tmp_path, liveness="wechat") as base:
        await asyncio.to_thread(_fail, base)


def _fail(base):
    with clean_tab() as driver:
        chat = Chat(driver, base)
        chat.go_to_link()
        address = chat._newest("//a[@class='weblink']").get_attribute("href")
        account = driver.get_cookie("sim_phone")["value"]
    with clean_tab(phone=True, screen=NARROW) as driver:
        driver.get(f"{base}/sim")
        driver.execute_script(f"document.cookie = 'sim_phone={account}; path=/sim'")
        driver.get(address)
        for size in ("smaller", "normal", "larger", "larger"):
            press(driver, f"#{size}")
            check(driver)
        press(driver, "#agree")
        wait_for_element(driver, By.ID, "start")
        check(driver)
        look(driver, OTHER_FACE)
        wait_for_message(driver, "人脸模型信息不匹配")
        wait_for_element(driver, By.ID, "other-ways")
        check(driver)
