"""The WebSocket of the guided live capture (contract: "Live protocol"); decisions are the service's."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress

from aiohttp import WSMsgType, web

from bot.capture_answers import Answer, busy
from bot.captures import CaptureService, Told
from bot.h5.pages import HEADERS
from bot.live import LiveSession, Redrawn
from dialogs.values import Reason
from face import Challenge, Hint, Prompt
from face.live import MAX_FRAME_BYTES
from messages.catalogue import PROMPT_TEXTS, hint_message

_MOST_LIVE = 16
"""Live captures at once in one process: beyond it frames would wait, and hints come too late."""
_SILENCE_SECONDS = 20.0
"""Without a frame for so long, the phone is gone."""
_LONGEST_SECONDS = 120.0
_LEAST_GAP = 1 / 15
"""Fifteen frames a second; what comes faster is dropped."""
_NO_CONSENT = 4403

Frames = asyncio.Queue[tuple[bytes, float] | None]


def live_routes(
    service: CaptureService, timer: Callable[[], float] = time.monotonic
) -> list[web.AbstractRouteDef]:
    """Give the routes of the live capture and of its challenge; `timer` gives seconds."""
    live = _Live(service, timer)
    return [
        web.get("/h5/capture/{ticket}/live", live.socket),
        web.get("/h5/capture/{ticket}/challenge", live.challenge),
    ]


class _Live:
    def __init__(self, service: CaptureService, timer: Callable[[], float]) -> None:
        self._service = service
        self._timer = timer
        self._places = asyncio.Semaphore(_MOST_LIVE)

    async def challenge(self, request: web.Request) -> web.Response:
        found = await self._service.challenge(request.match_info["ticket"])
        if isinstance(found, Answer):
            return web.json_response(_result(found), status=found.status, headers=HEADERS)
        return web.json_response({"actions": _actions(found)}, headers=HEADERS)

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=MAX_FRAME_BYTES, heartbeat=10.0)
        await ws.prepare(request)
        with suppress(ConnectionError, TimeoutError):  # a phone that went away comes back by itself
            given = await self._answer(ws, request.match_info["ticket"])
            if given is not None:
                await ws.send_json({"type": "result", **_result(given)})
                await ws.close(code=_NO_CONSENT if given.reason is Reason.NO_CONSENT else 1000)
        return ws

    async def _answer(self, ws: web.WebSocketResponse, ticket: str) -> Answer | None:
        if self._places.locked():
            return busy()
        async with self._places, asyncio.timeout(_LONGEST_SECONDS):
            session = await self._service.begin_live(ticket, self._timer())
            if isinstance(session, Answer):
                return session
            return await self._lead(ws, session)

    async def _lead(self, ws: web.WebSocketResponse, session: LiveSession) -> Answer | None:
        """Speak first, then answer frames until there is a result; None when the phone hung up."""
        frames, cannot = Frames(maxsize=1), asyncio.Event()
        await ws.send_json(_prompt(session.check.prompt, session.check.steps))
        reader = asyncio.create_task(self._read(ws, frames, cannot))
        try:
            return await self._guide(ws, session, frames, cannot)
        finally:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    async def _guide(
        self, ws: web.WebSocketResponse, session: LiveSession, frames: Frames, cannot: asyncio.Event
    ) -> Answer | None:
        while (frame := await asyncio.wait_for(frames.get(), _SILENCE_SECONDS)) is not None:
            told = await self._heard(session, frame, cannot)
            if isinstance(told, Answer):
                return told
            for said in _said(told, session.check.steps):
                await ws.send_json(said)
        return None

    async def _heard(self, session: LiveSession, frame: tuple[bytes, float], cannot: asyncio.Event) -> Told:
        """Look at a frame, unless it comes after a "cannot": then the challenge changes first."""
        if not cannot.is_set():
            return await self._service.see(session, *frame)
        cannot.clear()
        return await self._service.cannot(session, frame[1])

    async def _read(self, ws: web.WebSocketResponse, frames: Frames, cannot: asyncio.Event) -> None:
        """Keep only the newest frame: a late hint helps nobody."""
        last = 0.0
        async for message in ws:
            at = self._timer()
            if message.type is WSMsgType.BINARY and at - last >= _LEAST_GAP:
                last = at
                _replace(frames, (message.data, at))
            if message.type is WSMsgType.TEXT and _is_cannot(message.data):
                cannot.set()
        _replace(frames, None)


def _replace(frames: Frames, frame: tuple[bytes, float] | None) -> None:
    if frames.full():
        frames.get_nowait()
    frames.put_nowait(frame)


def _is_cannot(text: str) -> bool:
    """Read the one thing that a phone says in words: "I cannot do this movement"."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("type") == "cannot"


def _said(told: Told, steps: int) -> list[dict[str, str | int | float]]:
    match told:
        case Prompt():
            return [_prompt(told, steps)]
        case Hint():
            return [_hint(told)]
        case Redrawn():
            return [_hint(told.hint), _prompt(told.prompt, steps)]
    return []


def _prompt(told: Prompt, steps: int) -> dict[str, str | int | float]:
    action = told.step.action
    return {
        "type": "prompt",
        "action": action,
        "text": PROMPT_TEXTS[action],
        "step": told.index + 1,
        "steps": steps,
        "seconds": told.step.seconds,
    }


def _hint(told: Hint) -> dict[str, str | int | float]:
    return {"type": "hint", "reason": told.reason, "text": hint_message(told.reason)}


def _result(given: Answer) -> dict[str, str]:
    return {"outcome": given.outcome, "reason": given.reason, "message": given.message}


def _actions(challenge: Challenge) -> list[dict[str, str | float]]:
    return [
        {"action": step.action, "text": PROMPT_TEXTS[step.action], "seconds": step.seconds}
        for step in challenge.steps
    ]
