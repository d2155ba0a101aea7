"""A page on a slow connection and in the dark: it sends what gets through and reports problems at once."""

import asyncio

import pytest
from selenium.webdriver.common.by import By

from tests.browser.capture.test_every_state import phone
from tests.browser.capture.test_live_page import (
    NO_CAMERA,
    address_of,
    asked_to_move,
    ended,
    guided,
    message,
    page,
)
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import press, wait_for_element, wait_until, wait_until_gone
from tests.browser.driver.film import HURRIED, camera_script
from tests.browser.screens import HEARD, said
from tests.support.captures.slow_connection import slow_connection

SOCKETS = """
const Real = window.WebSocket;
window.sockets = 0;
window.said = [];
window.WebSocket = class extends Real {
  constructor(url) {
    super(url);
    window.sockets += 1;
    window.newest = this;
    this.addEventListener("message", ({ data }) => said.push(JSON.parse(data)));
  }
  send(what) {
    if (typeof what === "string") said.push(JSON.parse(what));
    super.send(what);
  }
};
"""
SILENT = """
HTMLMediaElement.prototype.play = () => Promise.reject(new Error("no sound"));
Object.defineProperty(Audio.prototype, "src", { set() {} });
"""
DARK = """
window.night = true;
const fill = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...what) {
  fill.apply(this, what);
  if (!window.night || this.canvas !== canvas) return;
  this.fillStyle = "rgba(0, 0, 0, .9)";
  this.fillRect(0, 0, canvas.width, canvas.height);
};
"""
FINDER = """
const box = (x) => [{ boundingBox: { x, y: 172, width: 98, height: 112 } }];
window.place = box(0);
window.took = 0;
window.looks = 0;
window.FaceDetector = class {
  detect() {
    window.looks += 1;
    return new Promise((done) => setTimeout(() => done(window.place), window.took));
  }
};
"""
LOOKED = "const before = looks; setTimeout(() => arguments[0](looks - before), 900)"


@pytest.mark.parametrize("bits", [200_000])
async def test_following_the_prompts_passes_on_a_slow_connection(tmp_path, bits):
    def walk(address):
        with page(address, SILENT + SOCKETS + camera_script(follows=True)) as driver:
            return ended(driver), driver.execute_script("return said")

    async with guided(tmp_path) as server, slow_connection(server.client.port, bits) as connection:
        address = address_of(server, await server.ticket())
        (sign, _), said = await asyncio.to_thread(walk, connection.address(address))
    assert sign == "passed"
    assert not [word for word in said if word.get("reason") == "slow_line"]
    told = [(word["type"], word["step"]) for word in said if word["type"] in {"prompt", "shown"}]
    shown = [place for place, (kind, _) in enumerate(told) if kind == "shown"]
    assert ("shown", 1) in told
    assert all(told[place - 1] == ("prompt", told[place][1]) for place in shown)


async def test_unusable_connection_is_reported_and_recorded_video_offered(tmp_path):
    def walk(address, connection):
        with page(address, SILENT + camera_script(follows=False), taps=("#begin",)) as driver:
            connection.bits = 12_000
            wait_for_message(driver, "网络有点慢")
            connection.bits = 1_000_000
            press(driver, "#slow-film")
            wait_for_element(driver, By.ID, "film-steps")
            return message(driver)

    async with guided(tmp_path) as server, slow_connection(server.client.port, 1_000_000) as connection:
        ticket = await server.agreed_ticket()
        address = connection.address(address_of(server, ticket))
        assert "录一段视频" in await asyncio.to_thread(walk, address, connection)
        assert (await server.stored_capture(ticket)).finished_at is None


CUT = 0.001
"""Bits a second of a dead connection that no browser has noticed."""
TAPS = {
    "consent": (True, ("#begin", "#agree"), "网络有点慢", "请正对屏幕"),
    "recorded video": (False, ("#begin",), "不能现场刷脸", "录一段视频"),
    "live capture": (True, ("#begin",), "正在重新连接", "请正对屏幕"),
}
"""What a page cannot fetch offline: whether it has a camera, the taps to it, its words then and later."""


def retry_until(driver, words):
    """Retry until the page shows these words, at most three times: on a busy machine a retry may fail too."""

    def answer(_):
        is_offered = driver.execute_script("return !document.getElementById('card-again').hidden")
        return message(driver) if words in message(driver) or is_offered else None

    for _ in range(3):
        press(driver, "#again")
        wait_until_gone(driver, "#again")
        if words in wait_until(driver, answer, f"neither a retry nor: {words}"):
            return
    raise AssertionError(message(driver))


@pytest.mark.parametrize("what", TAPS)
async def test_dead_connection_is_reported_and_can_be_retried(tmp_path, what):
    has_camera, taps, words, after = TAPS[what]

    def walk(address, connection):
        script = camera_script(follows=False) if has_camera else NO_CAMERA
        with page(address, SILENT + HURRIED + script, taps=taps[:-1]) as driver:
            connection.bits = CUT
            press(driver, taps[-1])
            wait_for_message(driver, words)
            wait_for_element(driver, By.ID, "again")
            connection.bits = 1_000_000
            driver.execute_script("stopHurrying()")
            retry_until(driver, after)

    async with guided(tmp_path) as server, slow_connection(server.client.port, 1_000_000) as connection:
        ticket = await (server.ticket() if len(taps) > 1 else server.agreed_ticket())
        await asyncio.to_thread(walk, connection.address(address_of(server, ticket)), connection)


async def test_dead_connection_during_the_capture_is_reported_early(new_address):
    def look(address):
        acknowledged = [*HEARD["prompt"], {"type": "ack", "frame": 1}]
        with phone(SILENT + HURRIED + said(acknowledged)) as driver:
            driver.get(address)
            press(driver, "#begin")
            press(driver, "#agree")
            wait_for_message(driver, "网络有点慢")
            wait_for_element(driver, By.ID, "slow-film")

    await asyncio.to_thread(look, await new_address())


async def test_low_light_is_reported_before_the_first_prompt(tmp_path):
    def walk(address):
        with page(address, SOCKETS + camera_script(follows=False) + DARK) as driver:
            wait_for_message(driver, "光线太暗")
            before = driver.execute_script("return sockets")
            driver.execute_script("window.night = false")
            wait_until(driver, lambda d: d.execute_script("return sockets") == 1, "not connected")
            asked_to_move(driver)
            return before

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == 0


async def test_oval_follows_face_detection_which_stops_on_a_slow_phone(tmp_path):
    def fit(driver, value):
        script = "return document.getElementById('card-live').dataset.fit"
        wait_until(driver, lambda d: d.execute_script(script) == value, f"the oval never says: {value}")

    def walk(address):
        with page(address, FINDER + camera_script(follows=False)) as driver:
            fit(driver, "off_centre")
            wait_for_message(driver, "脸不在中间")
            driver.execute_script("window.place = box(130)")
            fit(driver, "")
            driver.execute_script("window.place = []")
            fit(driver, "no_face")
            driver.execute_script("window.took = 200")
            fit(driver, "")
            asked_to_move(driver)
            return driver.execute_async_script(LOOKED)

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == 0
