"""Cameras that freeze, go black, are muted or lost, or see a portrait behind: none costs an attempt."""

import asyncio
import itertools

import cv2
import numpy as np
import pytest
from aiohttp import WSCloseCode, WSMsgType

from bot.capture.live.challenges import MOST_INTERRUPTIONS, MOST_STARTS, Interrupted
from bot.capture.service import CaptureService
from bot.h5.live.protocol import LiveProtocol
from face import Hint, LiveCheck, Reason
from messages.language.codes import Language
from tests.integration.capture.live.test_live_capture import Phone, guided
from tests.support.captures.capture_service import ANOTHER, shared_checker
from tests.support.faces.portrait_model import noisy_frame

CAMERA_LOST = 4408


def jpeg(picture):
    return cv2.imencode(".jpg", picture)[1].tobytes()


BLACK = jpeg(np.zeros((480, 640, 3), np.uint8))


def portraits(first=0):
    """Give the resting portrait again and again, with the noise of the numbers from `first`."""
    return map(noisy_frame, itertools.count(first))


def noisy_black(seed=6):
    noise = np.random.default_rng(seed)
    return (jpeg(noise.integers(0, 12, (480, 640, 3), np.uint8)) for _ in itertools.count())


def looped(count):
    kept = list(itertools.islice(portraits(), count))
    return itertools.cycle(kept)


STOPPED = {
    "frozen": lambda: itertools.repeat(next(portraits(100))),
    "black": lambda: itertools.repeat(BLACK),
    "black with noise": noisy_black,
    "two pictures in a loop": lambda: looped(2),
}


@pytest.fixture
async def server(parts):
    async with guided(parts) as server:
        yield server


class Clock:
    """Shows one connection's frames to the service, six a second, in no time."""

    def __init__(self, server, ticket, at=0.0):
        self.service, self.ticket, self.at = CaptureService(server.parts), ticket, at

    async def begin(self):
        self.session = await self.service.begin_live(self.ticket, self.at)
        return self

    async def shows(self, pictures, seconds):
        """Return what was said, without the silence, up to what ends the connection."""
        said, until = [], self.at + seconds
        for picture in pictures:
            self.at += 0.15
            told = await self.service.see(self.session, picture, self.at)
            said += [] if told is None else [told]
            if self.at > until or hasattr(told, "outcome") or isinstance(told, Interrupted):
                return said
        return said


@pytest.mark.parametrize("stopped", STOPPED.values(), ids=STOPPED.keys())
async def test_camera_stopped_from_the_start_gets_a_hint_and_then_a_retry(server, stopped):
    ticket = await server.agreed_ticket()
    clock = await Clock(server, ticket).begin()
    said = await clock.shows(stopped(), 30)
    assert said[-2].reason == "bad_media"
    assert (said[-1].outcome, said[-1].reason) == ("retry", "bad_media")
    assert (await server.stored_capture(ticket)).finished_at is None
    assert server.conversation.events == []


@pytest.mark.parametrize("stopped", STOPPED.values(), ids=STOPPED.keys())
async def test_camera_stopping_midway_interrupts_and_keeps_the_challenge(server, stopped):
    ticket = await server.agreed_ticket()
    clock = await Clock(server, ticket).begin()
    drawn = clock.session.check.challenge
    await clock.shows(portraits(), 2.0)
    said = await clock.shows(stopped(), 5)
    assert isinstance(said[-1], Interrupted)
    again = await Clock(server, ticket, 60.0).begin()
    assert again.session.check.challenge == drawn


async def test_short_camera_stop_does_not_interrupt(server):
    ticket = await server.agreed_ticket()
    clock = await Clock(server, ticket).begin()
    twelve = list(itertools.islice(portraits(), 12))
    said = await clock.shows([*twelve, *twelve[4:5] * 18, *itertools.islice(portraits(200), 12)], 9)
    assert {getattr(told, "outcome", None) for told in said} <= {None}


async def test_connection_stalling_for_seconds_interrupts(server):
    clock = await Clock(server, await server.agreed_ticket()).begin()
    await clock.shows(portraits(), 2.0)
    clock.at += 12.0
    assert isinstance((await clock.shows(portraits(), 1.0))[-1], Interrupted)


async def lost_camera(server, ticket):
    """Open a connection, freeze after the first rest; return the last word and the closing code."""
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        said, pictures, picture = [await ws.receive_json()], portraits(), BLACK
        while not ws.closed:
            if not any(word.get("step") == 2 for word in said):
                picture = next(pictures)
            await ws.send_bytes(picture)
            try:
                message = await ws.receive(timeout=0.15)
            except TimeoutError:
                continue
            if message.data and isinstance(message.data, str):
                said.append(message.json())
        return said[-1], ws.close_code


async def test_frozen_camera_closes_connection_and_start_is_given_back(server):
    ticket = await server.agreed_ticket()
    for _ in range(MOST_INTERRUPTIONS):
        word, code = await lost_camera(server, ticket)
        assert (word["type"] == "result", code) == (False, CAMERA_LOST)
    word, code = await lost_camera(server, ticket)
    assert (word["type"], word["outcome"], word["reason"], code) == ("result", "retry", "bad_media", 1000)
    assert "不算失败" in word["message"]
    assert (await server.stored_capture(ticket)).finished_at is None
    result, _ = await Phone(server, ticket).live()
    assert result["outcome"] == "passed"


async def test_page_reporting_lost_camera_repeatedly_ends_in_retry_not_failure(server, monkeypatch):
    """Even beyond the forgiven number, it is told about the video, not about a failure."""
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each connection had asked for the first movement
    ticket = await server.agreed_ticket()
    for _ in range(MOST_INTERRUPTIONS + 3):
        async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
            assert (await ws.receive_json())["type"] == "prompt"
            await ws.close(code=CAMERA_LOST)
    result, code = await Phone(server, ticket).live()
    assert (result["outcome"], result["reason"], code) == ("retry", "bad_media", 1000)
    assert "换一个链接" in result["message"]
    assert (await server.stored_capture(ticket)).finished_at is None


async def may_go_live(server, ticket):
    async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        return (await response.json())["live"]


async def test_camera_lost_on_the_last_start_is_not_invited_to_try_again(server, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)
    ticket, service = await server.agreed_ticket(), CaptureService(server.parts)
    told = []
    for _ in range(MOST_INTERRUPTIONS + MOST_STARTS):
        assert await may_go_live(server, ticket)
        told.append(await service.interrupt(await service.begin_live(ticket, 0.0)))
    assert isinstance(told[0], Interrupted)
    assert ["再试一次" in given.message.spoken(Language.CHINESE) for given in told[1:]] == [True, True, False]
    assert "换一个链接" in told[-1].message.spoken(Language.CHINESE)
    assert not await may_go_live(server, ticket)


async def test_camera_lost_while_a_frame_is_checked_counts_as_interruption(server, monkeypatch):
    looking, closed = asyncio.Event(), asyncio.Event()

    async def see(*_):
        looking.set()
        await closed.wait()
        return Hint(Reason.TOO_DARK)

    monkeypatch.setattr(CaptureService, "see", see)
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        await ws.send_bytes(BLACK)
        await looking.wait()
        await ws.close(code=CAMERA_LOST)
    closed.set()
    async with asyncio.timeout(60):
        while not (await server.stored_capture(ticket)).retries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # the service writes after the connection is gone


async def test_stopping_the_camera_on_purpose_shows_the_same_challenge_again(server, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)
    ticket, looks = await server.agreed_ticket(), []
    while not hasattr(begun := await CaptureService(server.parts).begin_live(ticket, 0.0), "outcome"):
        looks.append(begun.check.challenge)
        await CaptureService(server.parts).interrupt(begun)
    first, *known = looks
    assert known == [first] * 3
    assert (begun.outcome, begun.reason) == ("retry", "bad_media")


async def test_phone_that_sends_nothing_is_interrupted(server, monkeypatch):
    monkeypatch.setattr("bot.h5.live.websocket._SILENCE_SECONDS", 0.2)
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        await asyncio.wait_for(ws.receive(), 60)
        assert ws.close_code == CAMERA_LOST


async def lost_line(server, ticket):
    """Open a connection and answer no ping until the service gives up, without a closing handshake."""
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live", autoping=False) as ws:
        while (await ws.receive()).type in {WSMsgType.TEXT, WSMsgType.PING}:
            pass


async def test_dropped_connections_end_in_retry_like_a_stopped_camera(server, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each connection had asked for the first movement
    monkeypatch.setattr("bot.h5.live.websocket._HEARTBEAT_SECONDS", 0.1)
    ticket = await server.agreed_ticket()
    for _ in range(MOST_STARTS + MOST_INTERRUPTIONS):
        await lost_line(server, ticket)
    monkeypatch.setattr("bot.h5.live.websocket._HEARTBEAT_SECONDS", 10.0)
    result, code = await Phone(server, ticket).live()
    assert (result["outcome"], result["reason"], code) == ("retry", "bad_media", 1000)
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_page_closed_by_the_phone_ends_in_retry_like_a_stopped_camera(server, monkeypatch):
    """The browser outlives the page and closes with "going away"."""
    monkeypatch.setattr(LiveCheck, "begun", True)
    ticket = await server.agreed_ticket()
    for _ in range(MOST_STARTS + MOST_INTERRUPTIONS):
        async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
            assert (await ws.receive_json())["type"] == "prompt"
            await ws.close(code=WSCloseCode.GOING_AWAY)
    result, _ = await Phone(server, ticket).live()
    assert (result["outcome"], result["reason"]) == ("retry", "bad_media")


async def test_connection_dropped_before_first_movement_is_not_counted(server, monkeypatch):
    monkeypatch.setattr("bot.h5.live.websocket._HEARTBEAT_SECONDS", 0.1)
    ticket = await server.agreed_ticket()
    for _ in range(MOST_STARTS + 1):
        await lost_line(server, ticket)
    assert (await server.stored_capture(ticket)).retries == 0


def with_a_portrait_behind(jpeg_bytes, share, top=0):
    """Hang a portrait on the wall, `share` times as wide as the face, `top` pixels below the edge."""
    picture = cv2.imdecode(np.frombuffer(jpeg_bytes, np.uint8), cv2.IMREAD_COLOR)
    detector = shared_checker()._pack.detector
    portrait = cv2.imdecode(np.frombuffer(ANOTHER, np.uint8), cv2.IMREAD_COLOR)
    (own, *_), (hung, *_) = detector.detect(picture), detector.detect(portrait)
    scale = share * own.width / hung.width
    small = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture[top : top + small.shape[0], : small.shape[1]] = small
    return jpeg(picture)


@pytest.mark.parametrize(("language", "words"), [("zh", "墙上的照片"), ("en", "photos on the wall")])
async def test_hint_names_portrait_on_the_wall(server, language, words):
    clock = await Clock(server, await server.agreed_ticket()).begin()
    said = await clock.shows((with_a_portrait_behind(picture, 0.42) for picture in portraits()), 2.0)
    told = LiveProtocol(Language(language)).messages(said[0], 5)
    assert (told[0]["type"], told[0]["reason"]) == ("hint", "multiple_faces")
    assert words in told[0]["text"]
