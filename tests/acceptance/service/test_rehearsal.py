"""The demo as shipped: a selfie does not prove liveness, a rehearsal passes and is marked as one."""

import asyncio
import base64
import io
import json

import aiohttp
import cv2
import numpy as np
import pytest

from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, PORTRAIT, SELFIE, own_demo, walk_to_link


@pytest.fixture
async def required(tmp_path, http):
    async with own_demo(tmp_path, liveness="required") as base:
        yield Phone(http, base)


async def animate(phone, page, photo):
    """Ask the demo to animate a photo for a link."""
    form = aiohttp.FormData({"ticket": page.url.rpartition("/")[2]})
    form.add_field("image", io.BytesIO(photo), filename="photo")
    async with phone.http.post(f"{phone.base}/sim/api/rehearse", data=form) as response:
        assert response.status == 200
        return await response.json()


async def test_selfie_is_rejected_without_using_up_the_link(required):
    page = await walk_to_link(required, EMPLOYEE)
    await page.agree()
    answer = await page.selfie(SELFIE)
    assert (answer.status, answer.outcome, answer.reason) == (200, "retry", "not_live")


async def test_animated_photo_passes_and_is_recorded_as_a_rehearsal(required):
    page = await walk_to_link(required, EMPLOYEE)
    await page.agree()
    made = await animate(required, page, PORTRAIT)
    assert made["reason"] == ""
    film = {action: [picture(text) for text in texts] for action, texts in made["film"].items()}
    result, asked = await follow_prompts(page, film)
    assert result["outcome"] == "passed"
    assert set(asked) <= set(film)
    assert (await required.customer_message()).startswith("认证成功（演练")


async def test_photo_without_a_face_and_unknown_link_are_not_rehearsed(required):
    page = await walk_to_link(required, EMPLOYEE)
    grey = cv2.imencode(".jpg", np.full((400, 400, 3), 120, np.uint8))[1].tobytes()
    assert (await animate(required, page, grey))["reason"]
    page.url = page.url.rpartition("/")[0] + "/" + "A" * 43
    assert (await animate(required, page, PORTRAIT))["reason"]


def picture(text):
    return cv2.imdecode(np.frombuffer(base64.b64decode(text), np.uint8), cv2.IMREAD_COLOR)


async def follow_prompts(page, film):
    """Follow the prompts over the WebSocket; return the result and the prompted movements."""
    asked, shown = ["centre"], ["centre"]
    async with page.http.ws_connect(f"{page.url}/live") as ws:
        sending = asyncio.create_task(frames(ws, film, shown))
        async for message in ws:
            told = json.loads(message.data)
            if told["type"] == "result":
                break
            if told["type"] == "prompt":
                asked.append(told["action"])
                asyncio.get_running_loop().call_later(0.4, shown.append, told["action"])
        sending.cancel()
    return told, asked


async def frames(ws, film, shown):
    """Send eight frames a second of the current movement, from start to end, with camera noise."""
    random, stage, at = np.random.default_rng(2), 0, "centre"
    while True:
        if at != shown[-1]:
            at, stage = shown[-1], 0
        still = film[at][min(stage, len(film[at]) - 1)]
        stage += 1
        noisy = cv2.add(still, random.integers(0, 8, still.shape, np.uint8))
        await ws.send_bytes(cv2.imencode(".jpg", noisy)[1].tobytes())
        await asyncio.sleep(0.12)
