"""The capture page in a real Chromium, its camera replaced by a canvas that does what the page asks."""

import asyncio
import base64
import json
from contextlib import contextmanager
from dataclasses import replace

import cv2
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from face import Action
from tests.browser.chromium import chromium, press, seen
from tests.capture_house import house_of, parts_in
from tests.integration.test_live import POSES, chance
from tests.turning import turned

CAMERA = """
const poses = %s;
const pictures = {};
for (const name in poses) {
  const bytes = Uint8Array.from(atob(poses[name]), (letter) => letter.charCodeAt(0));
  pictures[name] = new Image();
  pictures[name].src = URL.createObjectURL(new Blob([bytes]));
}
const canvas = document.createElement("canvas");
canvas.width = 480; canvas.height = 546;
const paint = canvas.getContext("2d");
let shown = "centre", asked = "centre";
setInterval(() => {
  const action = document.getElementById("card-live")?.dataset.action || "centre";
  if (action !== asked) { asked = action; setTimeout(() => { shown = action; }, 500); }
  paint.drawImage(pictures[FOLLOWS ? shown : "centre"], 0, 0);
  for (let dot = 0; dot < 200; dot++) {
    paint.fillStyle = `rgba(${Math.random() * 255},99,99,.15)`;
    paint.fillRect(Math.random() * 480, Math.random() * 546, 3, 3);
  }
}, 60);
navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
"""


def camera(*, follows):
    poses = {
        action: base64.b64encode(cv2.imencode(".jpg", turned(*pose))[1].tobytes()).decode()
        for action, pose in POSES.items()
    }
    return CAMERA.replace("FOLLOWS", json.dumps(follows)) % json.dumps(poses)


@contextmanager
def page(profile, address, script):
    """Open the capture page, its camera replaced by the script, past the two cards before the camera."""
    with chromium(profile, phone=True) as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        driver.get(address)
        press(driver, "#begin")
        press(driver, "#agree")
        yield driver


def certified(profile, address, script):
    """Go through the page as a person does; gives its last words."""
    with page(profile, address, script) as driver:
        WebDriverWait(driver, 45).until(lambda d: d.find_element("id", "result").is_displayed())
        return driver.find_element("id", "message").text


def other_ways(profile, address):
    """Read what is shown where the browser has no camera for pages."""
    with page(profile, address, "navigator.mediaDevices.getUserMedia = undefined;") as driver:
        return seen(driver, By.ID, "card-other").text


@pytest.mark.parametrize(("follows", "words"), [(True, "认证成功"), (False, "原因说明：人脸模型信息不匹配")])
async def test_who_follows_the_page_passes_and_a_still_face_does_not(tmp_path, follows, words):
    async with parts_in(tmp_path) as parts:
        drawing = chance(Action.TURN_LEFT, Action.CLOSER)
        async with house_of(replace(parts, liveness="required", random=drawing)) as house:
            address = str(house.client.make_url(f"/h5/capture/{await house.ticket()}"))
            said = await asyncio.to_thread(certified, tmp_path / "profile", address, camera(follows=follows))
            assert words in said


async def test_a_phone_without_a_camera_is_shown_the_other_ways(tmp_path):
    async with parts_in(tmp_path) as parts, house_of(replace(parts, liveness="required")) as house:
        address = str(house.client.make_url(f"/h5/capture/{await house.ticket()}"))
        assert "12333" in await asyncio.to_thread(other_ways, tmp_path / "profile", address)
