"""The service is asked to stop while somebody is in front of the camera."""

import sys

import cv2
import numpy as np
import psutil
from aiohttp import WSCloseCode, WSMsgType

from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, demo_process, walk_to_link

GREY = cv2.imencode(".jpg", np.full((480, 640, 3), 90, np.uint8))[1].tobytes()


def started_by(demo):
    """Return the processes that a demo has started."""
    folder = str(demo.folder)
    return next(
        one.children() for one in psutil.process_iter(["cmdline"]) if folder in (one.info["cmdline"] or ())
    )


async def test_open_live_capture_is_closed_and_does_not_delay_the_stop(tmp_path, http):
    with demo_process(tmp_path, "required", (sys.executable, "-m", "bot.cli.main")) as demo:
        assert started_by(demo) == []  # nobody has sent a picture
        page = await walk_to_link(Phone(http, demo.base), EMPLOYEE)
        await page.agree()
        ws = await http.ws_connect(f"{page.url}/live")
        assert (await ws.receive_json())["type"] == "prompt"
        await ws.send_bytes(GREY)
        assert [(await ws.receive_json())["type"] for _ in range(2)] == ["ack", "hint"]
        [decoding] = started_by(demo)
    told = await ws.receive()
    assert (told.type, told.data) == (WSMsgType.CLOSE, WSCloseCode.GOING_AWAY)
    assert not decoding.is_running()
    assert "Traceback" not in demo.log.read_text(encoding="utf-8")
