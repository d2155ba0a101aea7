"""Pictures a camera may deliver in a real Chromium: no new ones, half a face, a portrait on the wall.

Chromium plays a film in place of the camera, in a loop.
"""

import asyncio
import itertools
import time

import cv2
import numpy as np
import pytest

from tests.browser.capture.test_live_page import address_of, guided, page
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.film import y4m_film
from tests.integration.capture.live.test_live_camera import BLACK, portraits, with_a_portrait_behind
from tests.support.faces.covers import COVERS, draw_cover
from tests.support.faces.portrait_model import turned_portrait

CROPPED = 80
"""Pixels that the page crops from a camera's upright picture, top and bottom: it asks for a square."""


def resting():
    return turned_portrait(0.0, 0.0)


def decoded(jpeg):
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)


def noisy(picture, count=40):
    """Return four seconds of a picture, each frame with different noise."""
    noise = np.random.default_rng(1)
    return [cv2.add(picture, noise.integers(0, 8, picture.shape, np.uint8)) for _ in range(count)]


CAMERAS = {
    "black": (lambda: [decoded(BLACK)] * 10, ("光线太暗", "没有新画面", "摄像头停住了，不算失败")),
    "frozen": (lambda: [resting()] * 10, ("摄像头停了一下，正在重新打开", "摄像头停住了，不算失败")),
    "a mask": (lambda: noisy(draw_cover(resting(), COVERS["a white mask"])), ("露出嘴和下巴",)),
    "a scarf": (lambda: noisy(draw_cover(resting(), COVERS["a red scarf"])), ("露出嘴和下巴",)),
    "a portrait on the wall": (
        lambda: [
            decoded(with_a_portrait_behind(one, 0.42, CROPPED)) for one in itertools.islice(portraits(), 40)
        ],
        ("避开墙上的照片",),
    ),
}


def hurried():
    """Count three seconds as one."""
    return 3 * time.monotonic()


@pytest.mark.parametrize(
    ("film", "words", "timer"),
    [(*camera, hurried if name == "black" else time.monotonic) for name, camera in CAMERAS.items()],
    ids=CAMERAS.keys(),
)
async def test_bad_camera_picture_is_explained_and_never_counts_as_failure(tmp_path, film, words, timer):
    """A black picture never starts moving, so its wait can be sped up."""

    def walk(address):
        with page(address, film=y4m_film(film())) as driver:
            for said in words:
                wait_for_message(driver, said)

    async with guided(tmp_path, timer=timer) as server:
        ticket = await server.ticket()
        await asyncio.to_thread(walk, address_of(server, ticket))
        assert (await server.stored_capture(ticket)).finished_at is None
        assert server.conversation.events == []
