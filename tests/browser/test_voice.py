"""The page on a phone without a voice: the office's recordings, else a tone, and no idle switch."""

import asyncio
from dataclasses import replace

import pytest

from tests.browser.chromium import press, seen
from tests.browser.screens import HEARD, said
from tests.browser.test_live_page import page
from tests.support.capture_service import house_of, parts_in

VOICELESS = """
Object.defineProperty(window, "speechSynthesis", { value: VALUE });
window.marks = 0;
window.played = [];
window.Audio = class {
  set src(of) { window.played.push(of); }
  play() { return Promise.resolve(); }
  pause() {}
};
navigator.vibrate = () => { window.marks += 1; };
"""
SPEECHLESS = {
    "no interface": "undefined",
    "no voices": "{ getVoices: () => [], cancel() {} }",
    "only an English voice": "{ getVoices: () => [{ lang: 'en-US' }], cancel() {} }",
}


async def look(folder, recordings, script):
    """Open the page up to a prompt; return whether the switch is there, the tones, and what was played."""

    def walk(address):
        with page(folder / "profile", address, said(HEARD["prompt"]) + script) as driver:
            seen(driver, "css selector", "#live-figure svg")
            driver.execute_async_script("setTimeout(arguments[0], 2000)")
            press(driver, "#cannot")
            seen(driver, "id", "card-other")
            shown = driver.find_element("id", "speak").is_displayed()
            return shown, *driver.execute_script("return [marks, played]")

    async with (
        parts_in(folder) as parts,
        house_of(replace(parts, liveness="required"), recordings=recordings) as house,
    ):
        address = str(house.client.make_url(f"/h5/capture/{await house.ticket()}"))
        return await asyncio.to_thread(walk, address)


@pytest.mark.parametrize("value", SPEECHLESS.values(), ids=SPEECHLESS.keys())
async def test_a_phone_without_a_voice_has_no_switch_and_marks_new_sentences(tmp_path, value):
    shown, marks, played = await look(tmp_path, None, VOICELESS.replace("VALUE", value))
    assert (shown, played) == (False, [])
    assert marks >= 1


async def test_recordings_are_played_and_missing_ones_are_marked(tmp_path):
    folder = tmp_path / "voice"
    (folder / "zh").mkdir(parents=True)
    for key in ("prompt-turn_left", "page-consent"):
        (folder / "zh" / f"{key}.mp3").write_bytes(b"ID3")
    shown, marks, played = await look(tmp_path, folder, VOICELESS.replace("VALUE", "undefined"))
    assert shown
    assert {"/h5/voice/zh/prompt-turn_left.mp3", "/h5/voice/zh/page-consent.mp3"} == set(played)
    assert marks >= 1
