"""A service that is asked to stop while somebody is before the camera."""

from aiohttp import WSCloseCode, WSMsgType

from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, demo_process, to_link


async def test_an_open_live_capture_is_sent_away_and_holds_nothing_up(tmp_path, http):
    with demo_process(tmp_path, "required") as demo:
        page = await to_link(Phone(http, demo.base), EMPLOYEE)
        await page.agree()
        ws = await http.ws_connect(f"{page.url}/live")
        assert (await ws.receive_json())["type"] == "prompt"
    told = await ws.receive()
    assert (told.type, told.data) == (WSMsgType.CLOSE, WSCloseCode.GOING_AWAY)
    assert "Traceback" not in demo.log.read_text(encoding="utf-8")
