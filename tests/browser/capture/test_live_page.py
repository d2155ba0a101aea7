"""The capture page in a real Chromium whose camera is a canvas that follows the prompts."""

import asyncio
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import cv2
import numpy as np
import pytest
from selenium.webdriver.common.by import By

from bot.capture.live_queue import LiveQueue
from face import Action
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import press, wait_for_element, wait_until
from tests.browser.driver.film import camera_script, y4m_film
from tests.browser.driver.shared_chromium import clean_tab
from tests.integration.capture.files.test_recorded_capture import opened
from tests.integration.capture.live.test_live_capture import POSES, chance, shorten_onset
from tests.support.captures.capture_service import capture_parts, capture_server
from tests.support.faces.portrait_model import turned_portrait
from tests.support.faces.recorded_actor import perform_movements, record_clip

NO_CAMERA = "navigator.mediaDevices.getUserMedia = undefined;"
SOCKETS = """
const Real = window.WebSocket;
window.WebSocket = class extends Real { constructor(url) { super(url); window.newest = this; } };
"""
LONGEST = 90


@asynccontextmanager
async def guided(
    folder, queue=None, asked=(Action.TURN_LEFT, Action.LOOK_DOWN), *, drawing=True, timer=time.monotonic
):
    """Run a service that requires liveness and prompts for the movements `asked`."""
    async with capture_parts(folder) as parts:
        wanted = replace(parts, liveness="required")
        if drawing:
            wanted = replace(wanted, random=chance(*asked))
        async with capture_server(wanted, queue=queue, timer=timer) as server:
            yield server


def address_of(server, ticket):
    return str(server.client.make_url(f"/h5/capture/{ticket}"))


@contextmanager
def page(address, script="", taps=("#begin", "#agree"), film=None):
    """Open the capture page past the first cards; the camera is a film or replaced by the script."""
    with clean_tab(film, phone=True) as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        driver.get(address)
        for tap in taps:
            press(driver, tap)
        yield driver


def ended(driver):
    """Wait for the result; return its outcome and words."""
    result = wait_for_element(driver, By.ID, "result", LONGEST)
    return result.get_attribute("data-outcome"), message(driver)


def message(driver):
    return driver.find_element("id", "message").text.replace("\n", "")


def asked_to_move(driver):
    """Wait until the page prompts for a movement."""
    moving = "#card-live[data-action]:not([data-action='centre'])"
    wait_until(driver, lambda d: d.find_elements(By.CSS_SELECTOR, moving), "no movement is asked for")


@pytest.mark.parametrize(
    ("follows", "outcome", "words"),
    [(True, "passed", "认证成功"), (False, "failed", "原因说明：人脸模型信息不匹配")],
)
async def test_moving_face_passes_and_still_face_fails(tmp_path, monkeypatch, follows, outcome, words):
    if not follows:
        shorten_onset(monkeypatch)

    def walk(address):
        with page(address, camera_script(follows=follows)) as driver:
            return ended(driver)

    async with guided(tmp_path) as server:
        sign, said = await asyncio.to_thread(walk, address_of(server, await server.ticket()))
        assert sign == outcome
        assert words in said


async def test_clip_that_ignores_the_prompts_fails(tmp_path):
    """It shows other movements than those prompted; one clip in twelve would guess them."""

    def walk(address):
        with page(address, film=y4m_film(blind())) as driver:
            return ended(driver)

    async with guided(tmp_path, asked=(Action.TURN_RIGHT, Action.CLOSER)) as server:
        sign, said = await asyncio.to_thread(walk, address_of(server, await server.ticket()))
        assert sign == "failed"
        assert "原因说明：人脸模型信息不匹配" in said


def blind():
    """Film the person resting, turning and looking down, whatever is prompted: ten pictures a second."""
    random, frames = np.random.default_rng(1), []
    for name, count in (("centre", 33), ("turn_left", 13), ("centre", 33), ("look_down", 13)):
        for _ in range(count):
            picture = turned_portrait(*POSES[name])
            frames.append(cv2.add(picture, random.integers(0, 8, picture.shape, np.uint8)))
    return [cv2.resize(frame, (480, 544)) for frame in frames]


async def test_refused_movement_is_replaced_once_then_other_ways_are_shown(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            asked_to_move(driver)
            press(driver, "#cannot")
            wait_for_message(driver, "没关系")
            wait_for_message(driver, "请")
            press(driver, "#cannot")
            return wait_for_element(driver, By.ID, "card-other").text, message(driver)

    async with guided(tmp_path, drawing=False) as server:
        ticket = await server.ticket()
        ways, said = await asyncio.to_thread(walk, address_of(server, ticket))
        assert "12333" in ways
        assert "不算失败" in said
        assert (await server.stored_capture(ticket)).finished_at is None


async def test_queue_position_is_shown_large_and_the_next_person_enters(tmp_path):
    async with guided(tmp_path, LiveQueue(places=1, waiting=5)) as server:
        before = await server.client.ws_connect(
            f"/h5/capture/{await server.agreed_ticket(account='o_other')}/live", autoping=True
        )
        await before.receive_json()
        loop = asyncio.get_running_loop()

        def walk(address):
            with page(address, camera_script(follows=False)) as driver:
                place = wait_for_element(driver, By.ID, "place")
                shown = place.text, place.value_of_css_property("font-size"), message(driver)
                asyncio.run_coroutine_threadsafe(before.close(), loop).result(10)
                asked_to_move(driver)
                return shown

        place, size, said = await asyncio.to_thread(walk, address_of(server, await server.ticket()))
        assert place == "1"
        assert float(size.removesuffix("px")) >= 60
        assert "您排在第 1 位" in said


async def test_recorded_video_certifies_without_a_camera(tmp_path):
    async with guided(tmp_path) as server:
        ticket, actions = await opened(server)
        film = tmp_path / "clip.mp4"
        film.write_bytes(record_clip(perform_movements(actions)))

        def walk(address):
            with page(address, NO_CAMERA, taps=("#begin",)) as driver:
                steps = [
                    step.text
                    for step in wait_for_element(driver, By.ID, "film-steps").find_elements(By.TAG_NAME, "li")
                ]
                driver.find_element(By.ID, "film-input").send_keys(str(film))
                return steps, ended(driver)

        steps, (sign, said) = await asyncio.to_thread(walk, address_of(server, ticket))
        assert len(steps) == 5
        assert all("秒" in step for step in steps)
        assert (sign, "认证成功" in said) == ("passed", True)
        assert server.conversation.events[0][1].certification.channel == "video"


async def passes(tmp_path, walk):
    """Check that `walk(address)` ends with a pass."""
    async with guided(tmp_path) as server:
        sign, _ = await asyncio.to_thread(walk, address_of(server, await server.ticket()))
        assert sign == "passed"


async def test_reloaded_page_continues_with_the_same_link(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=True)) as driver:
            asked_to_move(driver)
            driver.refresh()
            wait_for_message(driver, "上次没有做完")
            press(driver, "#begin")
            return ended(driver)

    await passes(tmp_path, walk)


async def test_broken_connection_is_resumed(tmp_path):
    def walk(address):
        with page(address, SOCKETS + camera_script(follows=True)) as driver:
            asked_to_move(driver)
            driver.execute_script("window.newest.close()")
            wait_for_message(driver, "正在重新连接")
            wait_for_message(driver, "请正对屏幕")
            return ended(driver)

    await passes(tmp_path, walk)
