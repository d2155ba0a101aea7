"""The page when the camera does not open, stops midway, or a chosen file is unsuitable."""

import asyncio
import os
import time

import cv2
import numpy as np
import pytest
from selenium.webdriver.common.by import By

from bot.capture.live.challenges import MOST_INTERRUPTIONS
from tests.browser.capture.test_every_state import phone
from tests.browser.capture.test_live_page import NO_CAMERA, address_of, asked_to_move, guided, message, page
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import press, wait_for_element, wait_until
from tests.browser.driver.film import HURRIED, camera_script
from tests.browser.screens import HEARD, said
from tests.support.captures.capture_service import PORTRAIT

HIDE = """
Object.defineProperty(document, "hidden", { get: () => HIDDEN, configurable: true });
document.dispatchEvent(new Event("visibilitychange"));
"""
LOSSES = {
    "ended": "track.dispatchEvent(new Event('ended'));",
    "muted": "track.dispatchEvent(new Event('mute'));",
    "frozen": "window.frozen = true;",
    "hidden and shown": HIDE.replace("HIDDEN", "true") + HIDE.replace("HIDDEN", "false"),
    "device gone": """
      Object.defineProperty(track, "readyState", { get: () => "ended" });
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    """,
}

FORGET = "delete document.getElementById('card-live').dataset.action;"
"""So that a movement prompted afterwards belongs to the new check."""


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
async def test_stopped_camera_is_reopened_without_using_up_a_start(tmp_path, loss):
    def walk(address):
        with page(address, camera_script(follows=True)) as driver:
            asked_to_move(driver)
            driver.execute_script(FORGET + loss)
            wait_until(driver, lambda d: d.execute_script("return cameras") == 2, "not opened anew")
            wait_for_message(driver, "请正对屏幕")
            asked_to_move(driver)

    async with guided(tmp_path) as server:
        ticket = await server.ticket()
        await asyncio.to_thread(walk, address_of(server, ticket))
        async with asyncio.timeout(60):
            while (stored := await server.stored_capture(ticket)).retries < MOST_INTERRUPTIONS:  # noqa: ASYNC110
                await asyncio.sleep(0.1)  # the page retries by itself while the service still writes
        assert stored.finished_at is None


async def test_unstable_camera_leads_to_the_recorded_video_in_time(tmp_path):
    ending = """
    const open = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = async (...wish) => {
      const stream = await open(...wish);
      setTimeout(() => stream.getVideoTracks()[0].dispatchEvent(new Event("ended")), 300);
      return stream;
    };
    """

    def walk(address):
        with page(address, camera_script(follows=False) + ending) as driver:
            wait_for_message(driver, "摄像头停住了，不算失败")
            wait_for_element(driver, By.ID, "film-back")
            return driver.execute_script("return cameras")

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == 3


async def test_hidden_page_releases_the_camera_and_opens_none(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            asked_to_move(driver)
            driver.execute_script(HIDE.replace("HIDDEN", "true"))
            wait_for_message(driver, "正在重新打开")
            driver.execute_async_script("setTimeout(arguments[0], 1500)")
            return driver.execute_script("return [track.readyState, cameras]")

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == ["ended", 1]


def failing(name):
    """Return the script of a camera that fails to open and counts the tries."""
    return f"""
    window.tries = 0;
    navigator.mediaDevices.getUserMedia = async () => {{
      window.tries += 1;
      throw new DOMException("no", "{name}");
    }};
    """


ERRORS = {
    "NotReadableError": ("请先挂断视频通话，再点这里", "#again", 1),
    "AbortError": ("请先挂断视频通话，再点这里", "#again", 1),
    "NotAllowedError": ("再点“允许”", "#film-back", 1),
    "SecurityError": ("再点“允许”", "#film-back", 1),
    "NotFoundError": ("不能现场刷脸", "#film-back", 1),
    "OverconstrainedError": ("不能现场刷脸", "#film-back", 2),
}


@pytest.mark.parametrize("name", ERRORS)
async def test_camera_errors_are_explained_and_can_be_retried(tmp_path, name):
    words, again, tries = ERRORS[name]

    def walk(address):
        with page(address, failing(name)) as driver:
            wait_for_message(driver, words)
            first = driver.execute_script("return tries")
            driver.execute_script(camera_script(follows=False))
            press(driver, again)
            asked_to_move(driver)
            return first

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == tries


NEVER = "navigator.mediaDevices.getUserMedia = () => new Promise(() => {});"


async def test_unanswered_camera_request_leads_to_the_recorded_video(tmp_path):
    def walk(address):
        with page(address, HURRIED + NEVER) as driver:
            wait_for_message(driver, "再点“允许”")
            wait_for_element(driver, By.ID, "film-steps")

    async with guided(tmp_path) as server:
        await asyncio.to_thread(walk, address_of(server, await server.ticket()))


TRACKS = """
const open = navigator.mediaDevices.getUserMedia;
window.tracks = [];
navigator.mediaDevices.getUserMedia = async (...wish) => {
  const stream = await open(...wish);
  tracks.push(stream.getVideoTracks()[0]);
  return stream;
};
"""
OPEN_TRACKS = "return tracks.filter(({ readyState }) => readyState === 'live').length"
TURN_COMES = """
ear.onmessage({ data: JSON.stringify(arguments[0]) });
ear.onclose({ code: 4408 });
"""


async def test_camera_lost_twice_is_reopened_once(new_address):
    """The page is hidden while queueing; the person's turn comes and passes without a picture."""

    def look(address):
        with phone(said(HEARD["queue"]) + TRACKS) as driver:
            driver.get(address)
            press(driver, "#begin")
            press(driver, "#agree")
            wait_for_element(driver, By.ID, "place")
            driver.execute_script(HIDE.replace("HIDDEN", "true"))
            driver.execute_script(TURN_COMES, HEARD["prompt"][0])
            driver.execute_script(HIDE.replace("HIDDEN", "false"))
            wait_until(driver, lambda d: d.execute_script("return tracks.length") == 3, "not opened anew")
            driver.execute_async_script("setTimeout(arguments[0], 200)")
            return driver.execute_script(OPEN_TRACKS)

    assert await asyncio.to_thread(look, await new_address()) == 1


async def test_page_restored_from_history_joins_the_queue_again(new_address):
    coming_back = """
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    """

    def look(address):
        with phone(said(HEARD["queue"])) as driver:
            driver.get(address)
            press(driver, "#begin")
            press(driver, "#agree")
            wait_for_element(driver, By.ID, "place")
            driver.execute_script(coming_back)
            wait_until(driver, lambda d: d.execute_script("return cameras") == 2, "the page stands still")
            wait_for_element(driver, By.ID, "place")

    await asyncio.to_thread(look, await new_address())


def film(folder, seconds, kind="webm"):
    path = folder / f"clip.{kind}"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"VP80"), 10, (64, 64))
    for _ in range(10 * seconds):
        writer.write(np.zeros((64, 64, 3), np.uint8))
    writer.release()
    return path


async def test_failed_video_upload_can_be_retried_without_recording_again(tmp_path):
    offline = """
    const fetched = window.fetch;
    const cut = async () => { throw new TypeError("offline"); };
    window.fetch = (...of) => (of[0].endsWith("/video") ? cut() : fetched(...of));
    """

    def walk(address):
        with page(address, NO_CAMERA + offline) as driver:
            wait_for_element(driver, By.ID, "film-steps")
            driver.find_element(By.ID, "film-input").send_keys(str(film(tmp_path, 2)))
            wait_for_element(driver, By.ID, "again")
            return message(driver)

    async with guided(tmp_path) as server:
        told = await asyncio.to_thread(walk, address_of(server, await server.ticket()))
    assert "再试一次" in told
    assert "不用重录" in told
    assert "照片" not in told


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def old(folder):
    path = film(folder, 2)
    os.utime(path, (time.time() - 3600,) * 2)
    return path


COUNTING = """
window.sent = [];
const real = window.fetch;
window.fetch = (...of) => { sent.push(of[0]); return real(...of); };
"""
CHOSEN = {
    "a photo": (lambda folder: written(folder, "photo.jpg", PORTRAIT), "这不是视频"),
    "HEIC": (lambda folder: written(folder, "IMG_1.HEIC", b"\0\0\0\x18ftypheic"), "这不是视频"),
    "a text": (lambda folder: written(folder, "note.txt", b"note"), "这不是视频"),
    "31 MB": (lambda folder: written(folder, "large.mp4", bytes(31_000_000)), "视频太大"),
    "an old clip": (old, "以前录的"),
    "23 seconds": (lambda folder: film(folder, 23), "超过 20 秒"),
}


@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN.keys())
async def test_unsuitable_file_is_refused_before_upload(tmp_path, chosen):
    make, words = chosen

    def walk(address):
        with page(address, NO_CAMERA + COUNTING) as driver:
            steps = wait_for_element(driver, By.ID, "film-steps")
            driver.find_element(By.ID, "film-input").send_keys(str(make(tmp_path)))
            wait_for_message(driver, words)
            assert steps.is_displayed()
            return driver.execute_script("return sent.filter((place) => place.endsWith('/video'))")

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == []
