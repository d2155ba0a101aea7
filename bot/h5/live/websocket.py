"""The WebSocket of the guided live capture (contract: "Live protocol"); the capture service decides."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from aiohttp import WSCloseCode, web

from bot.background.background_task import background_task
from bot.capture.answers import CaptureAnswer, busy
from bot.capture.live.challenges import Interrupted, LiveResponse, LiveSession
from bot.capture.live_queue import LiveQueue, Turn
from bot.capture.service import CaptureService
from bot.capture.tickets.ticket import ticket_hash
from bot.h5.headers import HEADERS
from bot.h5.language import SPOKEN
from bot.h5.live.connection import LiveConnection, TimedFrame
from bot.h5.live.ended_links import EndedLinks
from bot.h5.live.protocol import LiveProtocol
from bot.h5.not_found import not_found_page
from bot.h5.responses import tell
from dialogs.values import CaptureOutcome, CaptureReason
from face import Progress

_HEARTBEAT_SECONDS = 10.0
"""Seconds between two pings; a line that does not answer one in half the time is gone."""
_SILENCE_SECONDS = 20.0
"""Seconds without a frame after which the phone counts as gone."""
_POLL_SECONDS = 2.0
"""Seconds between two checks of a connection that brings nothing."""
_ANSWER_SECONDS = 2.0
"""Longest time for an answer to arrive that may have ended the link: the verdict of this very connection."""
_READ_BYTES = 64 * 1024
"""Bytes read from a socket between two turns of the event loop (asyncio: 256 kB, or 43,000 empty pings).

Other requests keep asyncio's size: read in small pieces, a chunked body may wait for ever (aiohttp 3.14).
"""
_MOST_BYTES = 1 << 20
"""Bytes of a message. A longer one is not read to the end: a phone still sending may miss the close code."""
_LONGEST_SECONDS = 360.0
"""Time inside: two draws and their further movements, at 32 s each with the way back, and the spoken prompts.

Waiting in the queue is bounded by the ticket's own life.
"""
_CLOSING_SECONDS = 1.0
"""Longest wait for a phone's closing handshake: a dead one must not delay a shutdown."""
_NO_CONSENT = 4403
_CAMERA_LOST = 4408
"""The camera gave no new picture. Either side says so; the page reopens the camera and the connection."""
_DIED = (WSCloseCode.ABNORMAL_CLOSURE, WSCloseCode.GOING_AWAY)
"""No close frame, or the browser's code for a page that is gone: phones end pages to free memory."""
_REPLACED = 4409
"""The same ticket was opened again: the newer connection continues, and the older one must not come back."""


class LiveSocket:
    """Guided live captures over WebSockets; `timer` gives seconds."""

    def __init__(
        self,
        service: CaptureService,
        queue: LiveQueue | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service = service
        self._queue = queue or LiveQueue()
        self._timer = timer
        self._open: dict[bytes, web.WebSocketResponse] = {}
        self._ended = EndedLinks(service, self._open)
        self._stopping = False

    def routes(self) -> list[web.RouteDef]:
        """Return the routes below `/h5/capture`: the live capture and the recorded video's challenge."""
        return [
            web.get("/{ticket}/live", self.socket),
            web.get("/{ticket}/challenge", self.challenge),
        ]

    async def stop(self, _app: web.Application) -> None:
        """Close all connections at once (`on_shutdown`); the pages reconnect on their own."""
        self._stopping = True
        closings = (ws.close(code=WSCloseCode.GOING_AWAY) for ws in list(self._open.values()))
        await asyncio.gather(*closings, return_exceptions=True)

    async def challenge(self, request: web.Request) -> web.Response:
        """Answer with the actions that a recorded video must show, and whether the live capture may go on."""
        found = await self._service.challenge(request.match_info["ticket"])
        if isinstance(found, CaptureAnswer):
            return tell(request, found)
        actions = LiveProtocol(request[SPOKEN]).actions(found.challenge)
        told = {"actions": actions, "live": found.may_go_live}
        return web.json_response(told, headers=HEADERS)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection from its queue to the result; without an upgrade answer with a page."""
        ws = web.WebSocketResponse(
            max_msg_size=_MOST_BYTES,
            heartbeat=_HEARTBEAT_SECONDS,
            autoping=False,  # `LiveConnection` counts pings as it does other messages
            timeout=_CLOSING_SECONDS,
            compress=False,  # JPEG gains nothing from it, and old phones lose time
        )
        try:
            await ws.prepare(request)
        except (web.HTTPBadRequest, ValueError):  # opened as a page, or with a key that is no ASCII
            return not_found_page(request, web.HTTPBadRequest.status_code)
        if request.transport is not None:
            request.transport.max_size = _READ_BYTES  # type: ignore[attr-defined] # asyncio has no option for it
        words = LiveProtocol(request[SPOKEN])
        with suppress(ConnectionError, TimeoutError):  # a phone that went away reconnects on its own
            given = await self._answer(request, ws, words)
            if given is not None:
                await ws.send_json(words.result(given))
                await ws.close(code=_NO_CONSENT if given.reason is CaptureReason.NO_CONSENT else 1000)
        return ws

    async def _answer(
        self, request: web.Request, ws: web.WebSocketResponse, words: LiveProtocol
    ) -> CaptureAnswer | None:
        """Check access before the capture takes a place in the queue."""
        ticket = request.match_info["ticket"]
        bearer = await self._service.admit(ticket)
        if isinstance(bearer, CaptureAnswer):
            return bearer
        key = ticket_hash(ticket)
        turn = None if self._stopping else self._queue.join(key, bearer)
        if turn is None:
            return busy()
        self._open[key] = ws
        try:
            connection = LiveConnection(ws, turn, words, self._timer, request.transport)
            return await self._wait_and_lead(connection, ticket)
        finally:
            self._queue.leave(turn)
            if self._open.get(key) is ws:
                del self._open[key]

    async def _wait_and_lead(self, connection: LiveConnection, ticket: str) -> CaptureAnswer | None:
        ended = self._watch_link(connection, ticket)
        async with background_task(self._read(connection)), background_task(ended):
            given = None
            if await _let_in(connection):
                async with background_task(_hang_up_replaced(connection)):
                    given = await self._lead(connection, ticket)
            if given is None and connection.turn.place is None and connection.ended is None:
                await connection.ws.close(code=_REPLACED)  # nothing if the phone hung up
            return given or connection.ended

    async def _lead(self, connection: LiveConnection, ticket: str) -> CaptureAnswer | None:
        """Speak first, then answer frames until there is a result; None when the phone hung up."""
        turn = connection.turn
        session = await self._service.begin_live(ticket, self._timer(), lambda: turn.place is not None)
        if not isinstance(session, LiveSession):
            return session
        try:
            connection.begin()
            first = connection.words.prompt(session.check.prompt, session.check.steps)
            await connection.say(first)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LONGEST_SECONDS):
                    return await self._guide(connection, session)
            return await self._interrupted(connection, session)
        finally:
            if self._stopping or not session.check.begun:
                await self._service.give_back(session)

    async def _guide(self, connection: LiveConnection, session: LiveSession) -> CaptureAnswer | None:
        while (frame := await self._next_frame(connection)) is not None:
            response = await self._response(connection, session, frame)
            if isinstance(response, CaptureAnswer):
                return response
            if isinstance(response, Interrupted):
                break
            if connection.draws or not isinstance(response, Progress):
                for message in connection.words.messages(response, session.check.steps):
                    await connection.say(message)
            await _tell_slow_connection(connection)
        return await self._interrupted(connection, session)

    async def _watch_link(self, connection: LiveConnection, ticket: str) -> None:
        """End the turn once the link has ended elsewhere: by a verdict, a newer link, a withdrawn consent.

        The link is checked again a little later: the answer to this very connection's verdict may be on its
        way.
        """
        while connection.ended is None:
            if await self._ended.may_have_ended(connection.turn.key):
                await asyncio.sleep(_ANSWER_SECONDS)
                given = await self._service.admit(ticket)
                if isinstance(given, CaptureAnswer) and _is_over(given, connection.turn):
                    connection.ended = given
                    self._queue.leave(connection.turn)

    async def _read(self, connection: LiveConnection) -> None:
        await connection.read()
        self._queue.leave(connection.turn)

    async def _next_frame(self, connection: LiveConnection) -> TimedFrame | None:
        """Wait for a frame; None when the turn is over, or the phone sent none for long."""
        until = self._timer() + _SILENCE_SECONDS
        while (left := until - self._timer()) > 0 and connection.turn.place is not None:
            with suppress(TimeoutError):
                return await asyncio.wait_for(connection.frames.get(), min(left, _POLL_SECONDS))
            await _tell_slow_connection(connection)
        return None

    async def _interrupted(self, connection: LiveConnection, session: LiveSession) -> CaptureAnswer | None:
        """Forgive a lost camera or line and let the page come back; one that hung up used its start."""
        ws = connection.ws
        is_over = ws.closed or connection.turn.place is None
        is_lost = session.check.begun and self._has_lost_its_line(connection)
        if is_over and not is_lost and ws.close_code != _CAMERA_LOST:
            return None
        given = await self._service.interrupt(session)
        if is_over or ws.closed:
            return None
        if isinstance(given, Interrupted):
            await ws.close(code=_CAMERA_LOST)
            return None
        return given

    def _has_lost_its_line(self, connection: LiveConnection) -> bool:
        """Whether the phone did not hang up itself: no pong, a newer connection, or a page that was ended."""
        if self._stopping or connection.ended is not None:
            return False
        ws, is_replaced = connection.ws, connection.turn.place is None
        return ws.close_code in _DIED if ws.closed else is_replaced

    async def _response(
        self, connection: LiveConnection, session: LiveSession, frame: TimedFrame
    ) -> LiveResponse:
        """Check a frame, unless it comes after a "cannot": then the challenge changes first."""
        if connection.shown is not None:  # not at once: a check at work on a frame is not thread-safe
            self._service.shown(session, *connection.shown)
            connection.shown = None
        if not connection.cannot:
            return await self._service.see(session, *frame)
        connection.cannot = False
        return await self._service.cannot(session, frame[1])


def _is_over(given: CaptureAnswer, turn: Turn) -> bool:
    """Whether a closed link ends this connection: a check that began in time may outlast the link."""
    is_inside = turn.place == 0
    is_closed = given.outcome is CaptureOutcome.CLOSED
    return is_closed and not (is_inside and given.reason is CaptureReason.EXPIRED)


async def _tell_slow_connection(connection: LiveConnection) -> None:
    if connection.slow():
        await connection.say(connection.words.slow_connection())


async def _hang_up_replaced(connection: LiveConnection) -> None:
    """Stop the turn's frames once the ticket connects again, to any process of the machine."""
    while connection.turn.place is not None:
        await connection.turn.moved(connection.turn.place)
    connection.hang_up()


async def _let_in(connection: LiveConnection) -> bool:
    """Send the place in the queue whenever it changes, until the turn comes; False when the phone hung up."""
    turn = connection.turn
    while place := turn.place:
        await connection.say({"type": "queue", "place": place})
        await turn.moved(place)
    return turn.place == 0
