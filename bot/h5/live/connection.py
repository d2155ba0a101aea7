"""One phone at the live capture's WebSocket: what it sends, and whether its connection keeps up."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from bot.capture.answers import CaptureAnswer
from bot.capture.live_queue import Turn
from bot.h5.live.protocol import CannotMove, LiveProtocol, PromptShown, read_text
from face.liveness.live_check import MAX_FRAME_BYTES

_LEAST_GAP = 1 / 15
"""Fifteen frames a second; faster ones are dropped."""
_MOST_A_SECOND = 100
"""Messages of any kind; a page sends fifteen frames and little else. A flood waits in its socket."""
_BURST_SECONDS = 10
"""Seconds of messages that may come at once, after a connection that stood still."""
_MOST_TEXT = 1_024
"""Characters of a word of the page; a longer text is not from our page, and parsing it would delay others."""
_MOST_UNREAD = 4_096
"""Bytes that wait to be sent, beyond which no acknowledgement is added: that phone does not read them."""
_FEWEST_FRAMES = 5
_FEWEST_SECONDS = 6.0
"""With fewer frames in this many seconds a connection is slow: the walk's clocks stand most of the time."""
_TELL_AGAIN_SECONDS = 10.0

TimedFrame = tuple[bytes, float]


@dataclass(slots=True, eq=False)
class LiveConnection:
    """One socket. Of its frames only the newest is kept: a late hint is useless, and no backlog grows."""

    ws: web.WebSocketResponse
    turn: Turn
    words: LiveProtocol
    timer: Callable[[], float]
    transport: asyncio.WriteTransport | None
    cannot: bool = False
    """Whether the person said so since the last frame; a newer frame never discards it."""
    shown: tuple[int, float] | None = None
    """Step (from 0) of the newest prompt that the phone has shown since the last frame, and when."""
    draws: bool = False
    """Whether the page draws how much of a movement is made; a page that does not report prompts may not."""
    ended: CaptureAnswer | None = None
    """How the link has ended elsewhere; None while it has not."""
    frames: asyncio.Queue[TimedFrame | None] = field(default_factory=lambda: asyncio.Queue(maxsize=1))
    _arrivals: deque[float] = field(default_factory=lambda: deque(maxlen=_FEWEST_FRAMES))
    _last_hint: float = -math.inf

    def begin(self) -> None:
        """Begin to keep frames: those sent in the queue do not belong to the challenge."""
        self._arrivals.extend([self.timer()] * _FEWEST_FRAMES)

    async def read(self) -> None:
        """Take what the phone sends, and acknowledge its frames, until it hangs up."""
        count, last, due = 0, 0.0, 0.0
        async for message in self.ws:
            at = self.timer()
            due = max(due, at) + 1 / _MOST_A_SECOND
            await asyncio.sleep(max(0.0, due - at - _BURST_SECONDS))  # at least a turn for others
            if message.type is WSMsgType.BINARY:
                if len(message.data) > MAX_FRAME_BYTES:
                    await self.ws.close(code=WSCloseCode.MESSAGE_TOO_BIG)
                    break
                count += 1
                await self._acknowledge(count)
                if self._begun and at - last >= _LEAST_GAP:
                    last = at
                    self._take(message.data, at)
            elif message.type is WSMsgType.TEXT and self._begun and len(message.data) <= _MOST_TEXT:
                self._listen(message.data, at)
            elif message.type is WSMsgType.PING and not self._is_deaf:
                with suppress(ConnectionError):
                    await self.ws.pong(message.data)
        self.hang_up()

    def hang_up(self) -> None:
        """Stop taking frames."""
        self._put(None)

    async def say(self, message: Mapping[str, object]) -> None:
        """Send a message as JSON; a phone that hung up meanwhile misses it, which `read` reports."""
        with suppress(ConnectionError):
            await self.ws.send_json(message)

    def slow(self) -> bool:
        """Report, once in a while, that the connection brings too few frames to follow a movement."""
        at = self.timer()
        if at - self._arrivals[0] <= _FEWEST_SECONDS or at - self._last_hint <= _TELL_AGAIN_SECONDS:
            return False
        self._last_hint = at
        return True

    @property
    def _begun(self) -> bool:
        return bool(self._arrivals)

    @property
    def _is_deaf(self) -> bool:
        """Whether the phone does not read what it is sent."""
        return self.transport is None or self.transport.get_write_buffer_size() > _MOST_UNREAD

    def _take(self, jpeg: bytes, at: float) -> None:
        self._arrivals.append(at)
        self._put((jpeg, at))

    def _put(self, frame: TimedFrame | None) -> None:
        if self.frames.full():
            self.frames.get_nowait()
        self.frames.put_nowait(frame)

    def _listen(self, text: str, at: float) -> None:
        match read_text(text):
            case CannotMove():
                self.cannot = True
            case PromptShown(step):
                self.shown, self.draws = (step, at), True

    async def _acknowledge(self, count: int) -> None:
        """Send how many frames came; the newest one covers all earlier ones, so any may be left out."""
        if not self._is_deaf:
            await self.say({"type": "ack", "frame": count})
