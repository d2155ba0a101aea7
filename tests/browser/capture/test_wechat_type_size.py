"""The page at the type size chosen in WeChat: nothing is cut off or overlaps in any state."""

import asyncio

import pytest
from selenium.webdriver.common.by import By

from tests.browser.capture.test_every_state import BEFORE, NARROW, SHOWN, in_view, opened, phone
from tests.browser.driver.elements import combine_scripts, press, wait_for_element
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.screens import HEARD, said

WECHATS_TYPE = """
document.addEventListener("DOMContentLoaded", () => { document.body.style.webkitTextSizeAdjust = "160%"; });
"""
OUTSIDE = """
return [...document.body.querySelectorAll("*")].filter((node) => node.getClientRects().length)
  .filter((node) => !node.closest(".track, .figure, .oval, .ring"))
  .map((node) => [node.outerHTML, node.getBoundingClientRect()])
  .filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5).map(([name]) => name);
"""
OVERLAPPING = """
const things = "button, a, label, #message, .card > p, .card > h1, .face, .figure, .sign";
const shown = [...document.querySelectorAll(things)]
  .filter((node) => node.getClientRects().length && !node.closest(".choice"))
  .filter((node) => getComputedStyle(node).position !== "sticky");
const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
return shown.flatMap((one, at) => shown.slice(at + 1)
  .filter((other) => !one.contains(other) && !other.contains(one))
  .filter((other) => meet(one.getBoundingClientRect(), other.getBoundingClientRect()))
  .map((other) => [one.outerHTML, other.outerHTML]));
"""
UNFIT = combine_scripts(outside=OUTSIDE, overlapping=OVERLAPPING)


async def test_states_fit_the_screen_at_wechat_s_large_type_size(new_address):
    def look(addresses):
        with clean_tab(phone=True, screen=NARROW) as driver:
            for state, address in addresses.items():
                with opened(driver, address, said(HEARD[state]) + WECHATS_TYPE):
                    for step in BEFORE:
                        press(driver, step)
                    wait_for_element(driver, By.CSS_SELECTOR, SHOWN[state])
                    for size in every_size(driver):
                        fits(driver, state, size)
                        if state.startswith(("hint", "prompt")):
                            assert in_view(driver, "#cannot"), (state, size)

    await asyncio.to_thread(look, {state: await new_address() for state in SHOWN})


async def test_cards_before_the_camera_fit_at_wechat_s_large_type_size(new_address):
    def look(address):
        with phone(WECHATS_TYPE) as driver:
            driver.get(address)
            for step in BEFORE:
                for size in every_size(driver):
                    fits(driver, step, size)
                press(driver, step)

    await asyncio.to_thread(look, await new_address())


def every_size(driver):
    """Choose the normal type size, the smallest and the largest."""
    for size, taps in {"normal": 1, "smaller": 1, "larger": 3}.items():
        for _ in range(taps):
            press(driver, f"#{size}")
        yield size


def fits(driver, *where):
    found = driver.execute_script(UNFIT)
    assert found == {"outside": [], "overlapping": []}, where


async def test_type_size_of_wechat_is_adopted_by_the_page(new_address):
    style = """
    const style = getComputedStyle(document.body);
    return [style.fontSize, style.webkitTextSizeAdjust];
    """

    def look(address):
        with phone(WECHATS_TYPE) as driver:
            driver.get(address)
            wished = driver.execute_script(style)
            press(driver, "#normal")
            driver.refresh()
            return wished, driver.execute_script(style)

    wished, chosen = await asyncio.to_thread(look, await new_address())
    assert (wished, chosen) == (["30px", "100%"], ["20px", "100%"])


ANDROIDS_TYPE = """
const style = window.getComputedStyle.bind(window);
window.getComputedStyle = (node) => (node !== document.documentElement ? style(node)
  : { fontSize: `${parseFloat(style(node).fontSize) * 1.6}px` });
"""
"""Android's WeChat, whose chosen size scales all rendered type."""


async def test_type_size_of_wechat_on_android_is_adopted(new_address):
    def look(address):
        with phone(ANDROIDS_TYPE) as driver:
            driver.get(address)
            drawn = "return [document.body, document.getElementById('speak')]"
            sizes = ".map((node) => 1.6 * parseFloat(getComputedStyle(node).fontSize))"
            return driver.execute_script(drawn + sizes)

    assert await asyncio.to_thread(look, await new_address()) == pytest.approx([30, 20])
