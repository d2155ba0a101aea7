"""The real WebSocket of a live capture: acknowledgements, `shown` messages, slow connections, floods."""

import asyncio
import itertools

import pytest
from aiohttp import ClientWSTimeout, WSMsgType, web

from bot.capture.service import CaptureService
from tests.integration.capture.live.test_live_capture import Phone, guided
from tests.support.captures.live_socket import receive_message
from tests.support.faces.portrait_model import noisy_frame

CAMERA_LOST = 4408
_IN_TIME = 15
"""Seconds; less than the twenty after which a silent phone is given up."""


@pytest.fixture
async def server(parts):
    async with guided(parts) as server:
        yield server


def live(server, ticket, **options):
    return server.client.ws_connect(f"/h5/capture/{ticket}/live", **options)


async def test_every_frame_is_acknowledged_by_number_even_if_sent_too_fast(server):
    async with live(server, await server.agreed_ticket()) as ws:
        assert (await ws.receive_json())["type"] == "prompt"
        for _ in range(12):
            await ws.send_bytes(b"no picture")
        acks = [await ws.receive_json() for _ in range(12)]
    assert acks == [{"type": "ack", "frame": number} for number in range(1, 13)]


async def test_step_clock_starts_when_the_phone_has_shown_the_step(server, monkeypatch):
    shown, numbers = [], itertools.count()
    monkeypatch.setattr(CaptureService, "shown", lambda *given: shown.append(given[2:]))
    async with live(server, await server.agreed_ticket()) as ws:
        await ws.receive_json()
        await ws.send_bytes(noisy_frame(next(numbers)))
        await ws.send_json({"type": "shown", "step": 1})
        await ws.send_json({"type": "shown", "step": "2"})
        while not shown:
            await asyncio.sleep(0.2)
            await ws.send_bytes(noisy_frame(next(numbers)))
    assert [step for step, _ in shown] == [0]
    assert shown[0][1] > 0


async def test_phone_reporting_every_shown_step_passes(server):
    class Telling(Phone):
        async def _send(self, ws):
            sending, said = asyncio.create_task(super()._send(ws)), 0
            try:
                while True:
                    await asyncio.sleep(0.1)
                    step = max((word.get("step", 0) for word in self.heard), default=0)
                    if step > said:
                        said = step
                        await ws.send_json({"type": "shown", "step": step})
            finally:
                sending.cancel()

    result, code = await Telling(server, await server.agreed_ticket()).live()
    assert (result["outcome"], code) == ("passed", 1000)


async def test_silent_connection_gets_slow_hint_then_closes_as_lost_camera(server, monkeypatch):
    monkeypatch.setattr("bot.h5.live.connection._FEWEST_SECONDS", 0.3)
    monkeypatch.setattr("bot.h5.live.websocket._POLL_SECONDS", 0.1)
    monkeypatch.setattr("bot.h5.live.websocket._SILENCE_SECONDS", 1.0)
    ticket = await server.agreed_ticket()
    async with live(server, ticket) as ws:
        await ws.receive_json()
        hint = await receive_message(ws)
        assert (hint["type"], hint["reason"], hint["text"]) == ("hint", "slow_line", "网络有点慢，请稍等。")
        await asyncio.wait_for(ws.receive(), _IN_TIME)
        assert ws.close_code == CAMERA_LOST
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_capture_exceeding_its_time_limit_does_not_fail(server, monkeypatch):
    monkeypatch.setattr("bot.h5.live.websocket._LONGEST_SECONDS", 0.3)
    ticket = await server.agreed_ticket()
    async with live(server, ticket) as ws:
        await ws.receive_json()
        await asyncio.wait_for(ws.receive(), _IN_TIME)
        assert ws.close_code == CAMERA_LOST
    assert (await server.stored_capture(ticket)).finished_at is None


FLOODS = {
    "pings": WSMsgType.PING,
    "pongs": WSMsgType.PONG,
    "texts": WSMsgType.TEXT,
    "empty frames": WSMsgType.BINARY,
}


@pytest.mark.parametrize("kind", FLOODS.values(), ids=FLOODS.keys())
async def test_flood_of_messages_is_throttled_and_affects_no_ticket(server, monkeypatch, kind):
    monkeypatch.setattr("bot.h5.live.connection._BURST_SECONDS", 1)
    read, receive = [], web.WebSocketResponse.receive
    monkeypatch.setattr(web.WebSocketResponse, "receive", lambda ws: read.append(ws) or receive(ws))
    pieces, take = [], web.RequestHandler.data_received
    monkeypatch.setattr(
        web.RequestHandler, "data_received", lambda to, data: pieces.append(len(data)) or take(to, data)
    )
    ticket = await server.agreed_ticket()
    hangs_up = ClientWSTimeout(ws_close=0.1)  # its goodbye waits behind the flood
    async with live(server, ticket, timeout=hangs_up) as ws:
        await ws.receive_json()
        for _ in range(20_000):
            await ws._writer.send_frame(b"", kind)
        async with server.client.get("/h5/capture/unknown") as answer:
            assert answer.status == 404
        await asyncio.sleep(0.3)  # in which thousands would be read
        assert len(read) < 2_000
    assert max(pieces) <= 64 * 1024
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_pings_are_answered(server):
    async with server.client.ws_connect(
        f"/h5/capture/{await server.agreed_ticket()}/live", autoping=False
    ) as ws:
        await ws.receive_json()
        await ws.ping(b"still there")
        async for message in ws:
            if message.type is WSMsgType.PONG:
                assert message.data == b"still there"
                break
