"""The capture page on a small phone: double type size, landscape orientation, the ring, the buttons."""

import asyncio
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from selenium.webdriver.common.by import By

from tests.browser.capture.test_every_state import in_view
from tests.browser.capture.test_wechat_type_size import fits
from tests.browser.driver.elements import press, wait_for_element, wait_for_text, wait_until, wait_until_gone
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.screens import HEARD, said
from tests.support.captures.capture_service import capture_parts, capture_server

SCREEN = (320, 568)
LOCKS = """
window.locks = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  window.locks += 1;
  return { addEventListener() {}, release: async () => { window.locks -= 1; } };
} } });
"""
ENLARGE = "document.documentElement.style.setProperty('font-size', arguments[0], 'important')"
FILLED = "return parseFloat(getComputedStyle(document.getElementById('live-ring')).strokeDashoffset)"


@pytest.fixture(scope="module")
def phone():
    with clean_tab(phone=True, screen=SCREEN) as started:
        yield started


@pytest.fixture
async def look(tmp_path, phone):
    """Give a function that opens a link past its consent and feeds the page scripted messages."""

    async def run(walk, words, taps=("#begin", "#agree")):
        def opened(address):
            script = {"source": LOCKS + said(words)}
            running = phone.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
            phone.get(address)
            for tap in taps:
                press(phone, tap)
            walk(phone)
            phone.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", running)

        async with (
            capture_parts(tmp_path) as parts,
            capture_server(replace(parts, liveness="required")) as server,
        ):
            ticket = await server.ticket()
            await asyncio.to_thread(opened, str(server.client.make_url(f"/h5/capture/{ticket}")))

    return run


async def test_double_type_size_keeps_every_control_and_the_oval(look):
    def walk(driver):
        for size in ("32px", "40px"):
            driver.execute_script(ENLARGE, size)
            for card in driver.execute_script("return cards"):
                driver.execute_script("turnTo(arguments[0])", card)
                fits(driver, size, card)
            driver.execute_script("turnTo('card-consent')")
            assert in_view(driver, "#agree")
            assert in_view(driver, "#decline")
            driver.execute_script("turnTo('card-live')")
            driver.execute_script("ring.step({ step: 4, steps: 13, action: 'turn_left', seconds: 3 })")
            driver.execute_script("write(arguments[0])", HEARD["prompt"][0]["text"])
            assert wait_for_element(driver, By.CSS_SELECTOR, "#card-live .oval").size["height"] >= 160
            assert in_view(driver, "#cannot")

    await look(walk, [], taps=("#begin",))


BARS = """
return [...document.querySelectorAll(".card > .big, .choice")].filter((node) => node.getClientRects().length)
  .filter((node) => getComputedStyle(node).position === "sticky").map((node) => node.getBoundingClientRect())
  .map((box) => [box.left, box.top, box.right, box.bottom].map(Math.round));
"""
SCROLL = """
window.scrollTo(0, arguments[0]);
const done = arguments[1];
const told = () => done(scrollY + innerHeight >= document.body.scrollHeight);
requestAnimationFrame(() => requestAnimationFrame(told));
"""
WHITE = 255


def around(driver):
    """Return the pixels around the sticky button."""
    ((left, top, right, bottom),) = driver.execute_script(BARS)
    shown = np.asarray(Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB"))
    strips = (shown[top - 7 : top - 1], shown[top:bottom, : left - 1], shown[top:bottom, right + 1 :])
    return np.concatenate([strip.ravel() for strip in (*strips, shown[bottom + 1 : bottom + 7])])


@pytest.mark.parametrize("card", ["card-begin", "card-consent", "card-other"])
async def test_no_text_shows_around_the_sticky_button(look, card):
    def walk(driver):
        driver.execute_script(ENLARGE, "30px")
        driver.execute_script("turnTo(arguments[0])", card)
        for way in range(0, 400, 50):
            if driver.execute_async_script(SCROLL, way):
                break
            assert (around(driver) == WHITE).all(), way
        assert way >= 100

    await look(walk, [], taps=())


MOVEMENTS = """
const steps = document.getElementById("film-steps");
steps.innerHTML = `<li><div class="figure"></div><span>慢慢向左转头。</span><b>3 秒</b></li>`;
const words = document.createRange();
words.selectNodeContents(steps.querySelector("span"));
return new Set([...words.getClientRects()].map((line) => line.top)).size;
"""
"""Returns the number of lines that one movement takes."""


async def test_movements_of_the_video_are_not_broken_within_words(look):
    def walk(driver):
        driver.execute_script(ENLARGE, "30px")
        driver.execute_script("turnTo('card-film')")
        assert driver.execute_script(MOVEMENTS) <= 2

    await look(walk, [], taps=())


async def test_agree_and_decline_buttons_look_the_same(look):
    style = """
    const style = getComputedStyle(document.getElementById(arguments[0]));
    return ["color", "backgroundColor", "fontSize", "fontWeight", "borderColor", "width", "height"]
      .map((name) => style[name]);
    """

    def walk(driver):
        assert in_view(driver, "#agree")
        assert in_view(driver, "#decline")
        assert driver.execute_script(style, "agree") == driver.execute_script(style, "decline")

    await look(walk, [], taps=("#begin",))


def hold(driver, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


async def test_landscape_phone_is_asked_to_be_turned(look):
    def walk(driver):
        wait_for_element(driver, By.CSS_SELECTOR, "#live-figure svg")
        hold(driver, 568, 320)
        wait_for_text(driver, ".turned", "竖过来")
        wait_until_gone(driver, "#card-live .oval")
        hold(driver, *SCREEN)
        wait_for_element(driver, By.CSS_SELECTOR, "#card-live .oval")
        wait_until_gone(driver, ".turned")

    await look(walk, HEARD["prompt"])


SECONDS = "return document.getElementById('live-preview').currentTime"


async def test_camera_keeps_running_in_landscape(look):
    """A video playing by its attribute alone stops while hidden: a camera without new pictures."""

    def walk(driver):
        wait_for_element(driver, By.CSS_SELECTOR, "#live-figure svg")
        hold(driver, 568, 320)
        wait_for_text(driver, ".turned", "竖过来")
        before = driver.execute_script(SECONDS)
        wait_until(driver, lambda d: d.execute_script(SECONDS) > before + 2, "the picture stands still")
        hold(driver, *SCREEN)

    await look(walk, HEARD["prompt"])


async def test_ring_shows_movement_progress_and_the_step_number(look):
    progress = [{"type": "progress", "step": 4, "part": 0.5}, {"type": "novelty", "part": 9}]

    def walk(driver):
        wait_for_text(driver, "#live-step", "第 2 步，共 6 步")
        wait_until(driver, lambda d: abs(100 - d.execute_script(FILLED) - 100 * 3.5 / 13) < 0.5, "not filled")
        assert driver.execute_script("return locks") == 1
        press(driver, "#cannot")
        wait_for_element(driver, By.ID, "card-other")
        wait_until(driver, lambda d: d.execute_script("return locks") == 0, "kept awake")

    await look(walk, [*HEARD["prompt"], *progress])
