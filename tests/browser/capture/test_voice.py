"""The page on a phone without speech: our recordings in the chosen voice, otherwise a tone."""

import asyncio
from dataclasses import replace

import pytest
from selenium.webdriver.common.by import By

from tests.browser.capture.test_live_page import page
from tests.browser.driver.elements import press, wait_for_element, wait_for_text, wait_until
from tests.browser.screens import HEARD, said
from tests.support.captures.capture_service import capture_parts, capture_server

SPEECHLESS = """
Object.defineProperty(window, "speechSynthesis", { value: undefined });
window.marks = 0;
window.heard = [];
navigator.vibrate = () => { window.marks += 1; };
const Real = window.Audio;
window.Audio = class extends Real {
  constructor() {
    super();
    const named = (state) => () => window.heard.push(`${state} ${this.currentSrc.split("/voice/")[1]}`);
    this.addEventListener("playing", named("playing"));
    this.addEventListener("ended", named("ended"));
  }
};
"""


FETCHED = "return performance.getEntriesByType('resource').some((one) => one.name.includes(arguments[0]))"
CHOSEN = (("朗读：粤语", "playing yue/prompt-turn_left."), ("朗读：关", ""), ("朗读：开", "playing zh/"))
"""The label of the switch after each tap, and what is played then."""


@pytest.fixture
async def look(tmp_path):
    async def run(words, walk):
        def opened(address):
            with page(address, said(words) + SPEECHLESS) as driver:
                walk(driver)

        async with (
            capture_parts(tmp_path) as parts,
            capture_server(replace(parts, liveness="required")) as server,
        ):
            ticket = await server.ticket()
            await asyncio.to_thread(opened, str(server.client.make_url(f"/h5/capture/{ticket}")))

    return run


def hears(driver, beginning):
    """Wait until a sound was played whose state and address start like this."""
    script = "return heard.some((one) => one.startsWith(arguments[0]))"
    wait_until(driver, lambda d: d.execute_script(script, beginning), f"not: {beginning}")


async def test_sentences_are_played_as_recordings_in_the_chosen_voice(look):
    def walk(driver):
        hears(driver, "playing zh/page-consent.")
        hears(driver, "ended zh/prompt-turn_left.")
        assert driver.execute_script("return marks") == 1
        assert driver.execute_script(FETCHED, "zh/prompt-look_up.")
        for label, heard in CHOSEN:
            driver.execute_script("heard.length = 0")
            press(driver, "#speak")
            wait_for_text(driver, "#speak", label)
            if heard:
                hears(driver, heard)
        press(driver, "#speak")
        driver.refresh()
        wait_for_text(driver, "#speak", "朗读：粤语")

    await look(HEARD["prompt"], walk)


async def test_sentence_without_a_recording_is_signalled_by_a_tone(look):
    def walk(driver):
        wait_for_element(driver, By.ID, "place")
        wait_until(driver, lambda d: d.execute_script("return marks") >= 1, "no tone")

    await look(HEARD["queue"], walk)
