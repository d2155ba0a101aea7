"""The guided live capture over its real WebSocket, with the real models and a portrait turned in space."""

import asyncio
import itertools
import re
from dataclasses import replace

import pytest
from aiohttp import WSMsgType
from sqlalchemy import select

from bot.capture.live import captures
from bot.capture.live.challenges import MOST_STARTS
from bot.capture.tickets.ticket import ticket_hash
from bot.h5.live import ended_links, websocket
from dialogs.values import CaptureOutcome
from face import Action, LiveCheck, draw
from face.liveness import challenge
from storage.database import transaction
from storage.schema.captures import captures as stored_captures
from tests.support.captures.capture_service import ACCOUNT, PORTRAIT, capture_server
from tests.support.captures.live_socket import receive_message
from tests.support.faces.head_model import seeded_random
from tests.support.faces.portrait_model import noisy_frame

POSES = {"centre": (0.0, 0.0), "turn_left": (47.0, 0.0), "look_down": (0.0, -35.0)}
"""Yaw and pitch, in degrees, of what the portrait shows."""


def chance(*actions):
    """Find a chance whose first two draws ask for these actions and no others."""
    return next(seeded_random(seed) for seed in range(100_000) if all(only(actions, seeded_random(seed))))


def only(actions, random):
    """Say of each of two draws whether it asks for these actions and no others."""
    for _ in range(2):
        yield {step.action for step in draw(random).steps[1::2]} == set(actions)


def shorten_onset(monkeypatch):
    """Let challenges that are drawn from now on wait two seconds for a movement, in place of eight."""
    monkeypatch.setattr(challenge, "ONSET_LATEST", 2.0)


def guided(parts):
    """Give a server whose challenges ask for one turn and one nod."""
    return capture_server(
        replace(parts, liveness="required", random=chance(Action.TURN_LEFT, Action.LOOK_DOWN))
    )


@pytest.fixture
async def server(parts, monkeypatch):
    monkeypatch.setattr(captures, "PREVIOUS_CONNECTION_SECONDS", 0.1)
    async with guided(parts) as server:
        yield server


class Phone:
    """Sends frames and keeps what it hears; `play(action)` says which film to show for a prompt."""

    def __init__(self, server, ticket, play=lambda action: action):
        self._server, self._ticket, self._play = server, ticket, play
        self.heard = []

    async def live(self):
        """Go through one connection; gives the result and the closing code."""
        async with self._server.client.ws_connect(f"/h5/capture/{self._ticket}/live") as ws:
            sending = asyncio.create_task(self._send(ws))
            async for message in ws:
                self.heard.append(message.json())
            sending.cancel()
            return self.heard[-1], ws.close_code

    async def _send(self, ws):
        shown, numbers = None, itertools.count()
        while True:
            await asyncio.sleep(0.12)
            wanted = next((said["action"] for said in reversed(self.heard) if said["type"] == "prompt"), None)
            if wanted != shown:
                shown = wanted
                await asyncio.sleep(0.4)
            if shown is not None:
                await ws.send_bytes(noisy_frame(next(numbers), *POSES[self._play(shown)]))


async def test_person_following_the_prompts_passes_and_the_chat_is_notified(server):
    ticket = await server.agreed_ticket()
    phone = Phone(server, ticket)
    result, code = await phone.live()
    assert (result["outcome"], result["reason"], code) == ("passed", "ok", 1000)
    asked = [said["action"] for said in phone.heard if said["type"] == "prompt"]
    assert asked[::2] == ["centre"] * 3
    assert set(asked[1::2]) == {"look_down", "turn_left"}
    [(account, event)] = server.conversation.events
    assert (account, event.outcome) == (ACCOUNT, CaptureOutcome.PASSED)
    assert event.certification is not None
    assert (await Phone(server, ticket).live())[0]["reason"] == "used"


async def test_still_portrait_fails_with_the_official_wording(server, monkeypatch):
    shorten_onset(monkeypatch)
    result, code = await Phone(server, await server.agreed_ticket(), lambda _: "centre").live()
    assert (result["outcome"], code) == ("failed", 1000)
    assert result["reason"] in {"challenge_failed", "not_live"}
    assert "原因说明：人脸模型信息不匹配" in result["message"]


async def test_open_capture_ends_soon_after_consent_is_withdrawn(server, monkeypatch):
    monkeypatch.setattr(ended_links, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(websocket, "_ANSWER_SECONDS", 0.05)
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        assert (await ws.receive_json())["type"] == "prompt"
        async with transaction(server.parts.engine) as conn:
            await server.parts.captures.end_of(conn, [ACCOUNT], [], server.clock())
        result = await receive_message(ws)
        await ws.receive()
    assert (result["type"], result["outcome"], result["reason"]) == ("result", "closed", "used")
    assert ws.close_code == 1000


async def test_live_capture_without_consent_is_closed(server):
    result, code = await Phone(server, await server.ticket()).live()
    assert (result["outcome"], result["reason"], code) == ("closed", "no_consent", 4403)


async def test_live_capture_with_unknown_ticket_is_closed(server):
    result, code = await Phone(server, "A" * 43).live()
    assert (result["outcome"], result["reason"], code) == ("closed", "unknown", 1000)


async def test_reconnect_gets_the_same_first_prompt_until_starts_run_out(server, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each had asked for the first movement
    ticket = await server.agreed_ticket()
    prompts = []
    for _ in range(MOST_STARTS):
        async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
            prompts.append(await ws.receive_json())
    assert (prompts[0]["type"], prompts[0]["action"], prompts[0]["step"]) == ("prompt", "centre", 1)
    assert prompts[0] == prompts[1] == prompts[2]
    result, code = await Phone(server, ticket).live()
    assert (result["outcome"], result["reason"], code) == ("failed", "challenge_failed", 1000)
    async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        assert response.status == 410


async def starts(server, ticket):
    """Read how many starts of a ticket count."""
    async with server.parts.engine.connect() as conn:
        of_ticket = stored_captures.c.ticket_hash == ticket_hash(ticket)
        return await conn.scalar(select(stored_captures.c.starts).where(of_ticket))


async def test_connection_lost_before_first_movement_costs_no_start(server):
    ticket = await server.agreed_ticket()
    for _ in range(MOST_STARTS + 1):
        async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
            assert (await ws.receive_json())["step"] == 1
    phone = Phone(server, ticket)
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        sending = asyncio.create_task(phone._send(ws))
        while (said := await receive_message(ws))["type"] != "prompt" or said["step"] == 1:
            phone.heard.append(said)
        sending.cancel()
    async with asyncio.timeout(60):
        while await starts(server, ticket) != 1:  # noqa: ASYNC110 - the service has yet to see the ends
            await asyncio.sleep(0.01)


async def test_recorded_challenge_of_a_ticket_never_changes(server):
    ticket = await server.agreed_ticket()
    answers = []
    for _ in range(3):
        async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
            answers.append(await response.json())
    assert answers[0] == answers[1] == answers[2]
    assert {"turn_left", "turn_right"} & {step["action"] for step in answers[0]["actions"]}


async def test_recorded_challenge_does_not_reveal_the_live_one(server):
    """The server draws turn_left and look_down live for every ticket; the answers of /challenge vary."""
    told = set()
    for _ in range(12):
        ticket = await server.agreed_ticket()
        async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
            told.add(tuple(step["action"] for step in (await response.json())["actions"]))
    assert len(told) > 1


async def test_challenge_is_refused_before_consent(server):
    ticket = await server.ticket()
    async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        assert (response.status, (await response.json())["reason"]) == (403, "no_consent")


async def test_oversized_frame_ends_the_connection_but_not_the_ticket(server):
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        await ws.send_bytes(PORTRAIT + bytes(300_000))
        async for _ in ws:
            pass
        assert ws.close_code == 1009
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_oversized_frame_arriving_slowly_is_drained_before_close_1009(server):
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        line = ws._writer.transport
        line.write(b"\x82\xff" + (300_000).to_bytes(8) + bytes(4))  # RFC 6455, 5.2: binary, masked by zeros
        for _ in range(6):
            line.write(bytes(50_000))
            await asyncio.sleep(0.1)
        assert not line.is_closing()
        assert (await ws.receive()).type is WSMsgType.CLOSE
        assert ws.close_code == 1009


def frame_without_a_picture():
    return b"no picture"


def frame_of_65500_pixels_a_side():
    return re.sub(rb"(?s)(?<=\xff\xc0...)....", b"\xff\xdc" * 2, noisy_frame(0, 0.0, 0.0))


@pytest.mark.parametrize("bad_frame", [frame_without_a_picture, frame_of_65500_pixels_a_side])
async def test_frames_that_are_not_pictures_end_in_a_retry(server, bad_frame):
    sent = bad_frame()
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        for _ in range(12):
            await ws.send_bytes(sent)
            await asyncio.sleep(0.2)
        result = await receive_message(ws)
        assert (result["type"], result["outcome"], result["reason"]) == ("result", "retry", "bad_media")
    assert (await server.stored_capture(ticket)).finished_at is None
