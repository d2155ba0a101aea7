"""What old eyes and hands need from the capture page, measured on a phone screen."""

import asyncio

import aiohttp
import pytest
from selenium.webdriver.common.by import By

from tests.acceptance.phone import Phone
from tests.acceptance.world import ASTRONAUT, EMPLOYEE, SELFIE, walk_to_link
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import (
    combine_scripts,
    press,
    wait_for_element,
    wait_for_text,
    wait_until_gone,
)
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.captures.capture_service import STRANGER, jpeg

_SMALL_TEXT = """
const shown = (node) => node.checkVisibility() && node.getClientRects().length;
const wordy = (node) => [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
return [...document.body.querySelectorAll("*")].filter((node) => wordy(node) && shown(node))
  .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 18).map((node) => node.outerHTML);
"""
_SMALL_TARGETS = """
return [...document.querySelectorAll("a, button, label, input")]
  .filter((node) => node.getClientRects().length)
  .map((node) => [node.outerHTML, node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 59.5 || box.height < 59.5)
  .map(([name, box]) => [name, box.width, box.height]);
"""
_TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TOUCHING = """
const shown = [...document.querySelectorAll(".big, .second")].filter((node) => node.getClientRects().length)
  .filter((node) => getComputedStyle(node).position !== "sticky").map((node) => node.getBoundingClientRect());
return shown.slice(1).map((box, at) => box.top - shown[at].bottom).filter((gap) => gap >= -0.5 && gap < 8);
"""
"""Gaps between stacked buttons that are too small for an unsteady finger."""
_DIM = """
const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const clear = (colour) => colour === "transparent" || /, 0\\)$/.test(colour);
const ground = (node) => {
  while (node && clear(getComputedStyle(node).backgroundColor)) node = node.parentElement;
  return node ? getComputedStyle(node).backgroundColor : "rgb(255, 255, 255)"; };
const wordy = (node) => [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
return [...document.body.querySelectorAll("*")].filter((node) => wordy(node) && node.getClientRects().length)
  .map((node) => [node.outerHTML, light(getComputedStyle(node).color), light(ground(node))])
  .filter(([, one, other]) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 4.5);
"""
_LOOKS = combine_scripts(
    small_text=_SMALL_TEXT, small_targets=_SMALL_TARGETS, touching=_TOUCHING, dim=_DIM, too_wide=_TOO_WIDE
)


@pytest.fixture(scope="module")
def driver():
    """Share one phone: each test opens its own link and sets the type size it needs."""
    with clean_tab(phone=True) as started:
        yield started


def new_link(base):
    """Walk through a person's chat to a new link."""

    async def walk():
        async with aiohttp.ClientSession() as http:
            return (await walk_to_link(Phone(http, base), EMPLOYEE)).url

    return asyncio.run(walk())


def check(driver):
    """Check the card that is shown."""
    found = driver.execute_script(_LOOKS)
    too_wide = found.pop("too_wide")
    assert found == {"small_text": [], "small_targets": [], "touching": [], "dim": []}
    assert too_wide <= 0


def choose(driver, folder, photo):
    file = folder / "chosen.jpg"
    file.write_bytes(photo)
    driver.find_element(By.ID, "selfie-input").send_keys(str(file))


@pytest.mark.parametrize("size", ["smaller", "normal", "larger"])
def test_every_card_is_large_enough(running, driver, tmp_path, size):
    driver.get(new_link(running.base))
    for _ in range(2):
        press(driver, f"#{size}")
    check(driver)
    press(driver, "#begin")
    check(driver)
    press(driver, "#agree")
    wait_for_element(driver, By.ID, "take")
    check(driver)
    press(driver, "#cannot")
    check(driver)
    press(driver, "#back")
    choose(driver, tmp_path, jpeg(ASTRONAUT[300:512, 0:200]))
    wait_for_message(driver, "没有看到人脸")
    check(driver)


@pytest.mark.parametrize(("photo", "outcome"), [(SELFIE, "passed"), (STRANGER, "failed")])
def test_result_is_large_and_says_what_to_do(running, driver, tmp_path, photo, outcome):
    driver.get(new_link(running.base))
    press(driver, "#begin")
    press(driver, "#agree")
    wait_for_element(driver, By.ID, "take")
    choose(driver, tmp_path, photo)
    wait_for_element(driver, By.CSS_SELECTOR, f"#result[data-outcome='{outcome}'] #close")
    check(driver)
    signs = {name: driver.find_element(By.CSS_SELECTOR, f".{name}") for name in ("tick", "hand")}
    assert [sign for sign in signs if signs[sign].is_displayed()] == [
        "tick" if outcome == "passed" else "hand"
    ]


def test_retry_after_a_failure_needs_no_second_consent(running, driver, tmp_path):
    driver.get(new_link(running.base))
    press(driver, "#begin")
    press(driver, "#agree")
    wait_for_element(driver, By.ID, "take")
    choose(driver, tmp_path, STRANGER)
    press(driver, "#retry")
    wait_for_element(driver, By.ID, "take")
    choose(driver, tmp_path, SELFIE)
    wait_for_element(driver, By.CSS_SELECTOR, "#result[data-outcome='passed'] #close")
    wait_until_gone(driver, "#retry")


@pytest.mark.parametrize("size", ["normal", "larger"])
def test_main_button_and_way_out_need_no_scrolling(running, driver, size):
    driver.get(new_link(running.base))
    for _ in range(2):
        press(driver, f"#{size}")
    in_view(driver, "begin")
    press(driver, "#begin")
    press(driver, "#agree")
    wait_for_element(driver, By.ID, "take")
    in_view(driver, "take")
    in_view(driver, "cannot")


def in_view(driver, name):
    box = wait_for_element(driver, By.ID, name).rect
    assert box["y"] + box["height"] <= 844


def test_closed_link_says_what_to_do(running, driver):
    driver.get(f"{running.base}/h5/capture/{'A' * 43}")
    wait_for_text(driver, "body", "没有找到")
    check(driver)
