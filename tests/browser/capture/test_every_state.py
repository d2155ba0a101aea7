"""Every state of the live page on a narrow phone in three type sizes: large, clear, within reach."""

import asyncio
import re
from contextlib import contextmanager

import pytest
from selenium.webdriver.common.by import By

from messages.language.codes import Language
from tests.browser.capture.test_for_elders import check
from tests.browser.driver.elements import press, wait_for_element
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.screens import HEARD, heard, said

NARROW = (320, 568)
HAN = re.compile("[\u4e00-\u9fff]")
SHOWN = {
    "prompt": "#live-figure svg",
    "prompt-closer": "#live-figure svg",
    "hint": "#live-figure svg",
    "hint-crowd": "#live-figure svg",
    "queue": "#place",
    "reconnecting": "#card-live[data-connection='lost']",
    "passed": "#result .tick",
    "failed": "#result .hand",
    "busy": "#again",
    "cannot": "#card-other",
}
"""The element that must be visible, by state."""
BEFORE = ("#begin", "#agree")
"""The buttons of the cards before the camera, which are the same in every state."""


@contextmanager
def phone(script):
    with clean_tab(phone=True, screen=NARROW) as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        yield driver


@pytest.mark.parametrize("state", SHOWN)
async def test_every_state_is_shown_large_at_every_type_size(new_address, state):
    def look(address):
        with phone(said(HEARD[state])) as driver:
            driver.get(address)
            press(driver, "#begin")
            press(driver, "#agree")
            for size in ("smaller", "normal", "larger", "larger"):
                wait_for_element(driver, By.CSS_SELECTOR, SHOWN[state])
                press(driver, f"#{size}")
                check(driver)
            return driver.execute_script("return getComputedStyle(document.body).fontSize")

    assert await asyncio.to_thread(look, await new_address()) == "30px"


@contextmanager
def opened(driver, address, source):
    """Open a page with `source` run before its own scripts."""
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    driver.get(address)
    yield
    driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


SOUNDLESS = """
window.Audio = class { pause() {} async play() { throw new Error("no sound to be had"); } };
"""
LISTENING = (
    SOUNDLESS
    + """
window.voices = new Set();
window.SpeechSynthesisUtterance = class {};
Object.defineProperty(window, "speechSynthesis",
  { value: { cancel() {}, speak(said) { window.voices.add(said.lang); } } });
"""
)


async def test_english_states_are_shown_large_and_read_by_an_english_voice(new_address):
    """Long words must fit too: every state of the page in turn, in the largest type."""
    hears = heard(Language.ENGLISH)

    def look(addresses):
        with clean_tab(phone=True, screen=NARROW) as driver:
            for state, address in addresses.items():
                with opened(driver, address, said(hears[state]) + LISTENING):
                    read_through(driver, state)

    await asyncio.to_thread(look, {state: await new_address(Language.ENGLISH) for state in SHOWN})


def read_through(driver, state):
    for size in ("larger", "larger"):
        press(driver, f"#{size}")
    for step in BEFORE:
        press(driver, step)
    wait_for_element(driver, By.CSS_SELECTOR, SHOWN[state])
    check(driver)
    assert not HAN.search(driver.find_element(By.TAG_NAME, "body").text)
    assert driver.execute_script("return [...window.voices]") == ["en-US"]


async def test_english_cards_before_the_camera_fit_the_screen(new_address):
    def look(address):
        with phone(said(heard(Language.ENGLISH)["prompt"])) as driver:
            driver.get(address)
            for size in ("larger", "larger"):
                press(driver, f"#{size}")
            for step in BEFORE:
                check(driver)
                assert in_view(driver, step), f"{step} needs scrolling"
                press(driver, step)

    await asyncio.to_thread(look, await new_address(Language.ENGLISH))


async def test_cards_before_the_camera_and_the_recorded_video_fit_the_screen(new_address):
    def look(address):
        with phone("navigator.mediaDevices.getUserMedia = undefined;") as driver:
            driver.get(address)
            press(driver, "#larger")
            for step in BEFORE:
                check(driver)
                assert in_view(driver, step), f"{step} needs scrolling"
                press(driver, step)
            wait_for_element(driver, By.CSS_SELECTOR, "#film-steps li")
            check(driver)
            press(driver, "#cannot")
            check(driver)

    await asyncio.to_thread(look, await new_address())


async def test_rehearsal_opens_no_camera_and_the_voice_can_be_muted(new_address):
    counting = (
        SOUNDLESS
        + """
    window.cameras = 0; window.spoken = [];
    navigator.mediaDevices.getUserMedia = async () => { window.cameras += 1; throw new Error("none"); };
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, "speechSynthesis",
      { value: { cancel() {}, speak(said) { window.spoken.push(said.text); } } });
    """
    )

    def look(address):
        with phone(counting) as driver:
            driver.get(address)
            wait_for_element(driver, By.CSS_SELECTOR, "#trial svg")
            before = driver.execute_script("return window.cameras")
            press(driver, "#begin")
            for _ in ("粤语", "关"):
                press(driver, "#speak")
            aloud = driver.execute_script("return window.spoken.join()")
            press(driver, "#agree")
            wait_for_element(driver, By.CSS_SELECTOR, "#film-steps li")
            return before, aloud, driver.execute_script("return window.spoken.join()")

    cameras, aloud, in_all = await asyncio.to_thread(look, await new_address())
    assert cameras == 0
    assert "同意" in aloud
    assert in_all == aloud


async def test_helper_uses_the_rear_camera_without_mirroring(new_address):
    asking = """
    window.wanted = [];
    const open = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = (wish) => {
      window.wanted.push(wish.video.facingMode);
      return open(wish);
    };
    """

    def look(address):
        with phone(said(HEARD["prompt"]) + asking) as driver:
            driver.get(address)
            press(driver, "#helper")
            press(driver, "#agree")
            wait_for_element(driver, By.CSS_SELECTOR, "#live-figure svg")
            turned = driver.find_element(By.ID, "live-preview").value_of_css_property("transform")
            return driver.execute_script("return window.wanted"), turned

    assert await asyncio.to_thread(look, await new_address()) == (["environment"], "none")


def in_view(driver, css):
    box = wait_for_element(driver, By.CSS_SELECTOR, css).rect
    return box["y"] + box["height"] <= NARROW[1]
