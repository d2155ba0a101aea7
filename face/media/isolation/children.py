"""Manages decoding children: starts them when there is a file to decode, and ends one that fails.

`concurrent.futures` starts processes with the complete environment, ends all of them if one dies and never
ends one that loops, so the few lines of a pool are written out here.
"""

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import Self

from face.media.isolation.protocol import (
    MOST_PICTURES,
    DecodedPicture,
    Job,
    ProtocolBroken,
    ReadDeadline,
    Request,
    receive_reply,
    send_request,
)
from face.values import DecoderUnavailable, Picture, Reason

STILL_SECONDS = 15.0
"""Longest wait for a picture or a frame, which takes a second at most on a machine that is not overloaded."""
CLIP_SECONDS = 40.0
"""Longest wait for all pictures of a clip together; its decoding takes up to 5 s of one core."""
START_SECONDS = 60.0
"""Longest wait for a child to start: 0.2 s of one core."""

_PROGRAM = ("-I", "-m", "face.media.isolation.program")
_INHERITED = ("LD_LIBRARY_PATH",)
"""The only environment variable that a child inherits: an installation may need it to find the libraries."""
_log = logging.getLogger(__name__)


class DecoderEnd(StrEnum):
    """How a child ended unexpectedly."""

    CRASHED = "crashed"
    TIMED_OUT = "timed_out"


class ChildDecoder:
    """A `Decoder` that decodes files in child processes: one per decoding thread, the last used first.

    A file on which a child crashes, loops or runs out of memory is `BAD_MEDIA`; the next file gets a fresh
    child. Raises DecoderUnavailable if none can be started.
    """

    def __init__(
        self,
        ended: Callable[[DecoderEnd], None] = lambda _: None,
        still_seconds: float = STILL_SECONDS,
    ) -> None:
        self._ended, self._still = ended, still_seconds
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._closed = False

    def image(self, data: bytes) -> Picture | Reason:
        """Decode an uploaded picture."""
        return self._one(Job.IMAGE, data)

    def guiding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame to score it."""
        return self._one(Job.GUIDING, jpeg)

    def deciding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame to compare its face."""
        return self._one(Job.DECIDING, jpeg)

    def samples(self, video: bytes) -> tuple[Picture, ...] | Reason:
        """Decode a few frames of a clip."""
        return self._pictures(Job.SAMPLES, video, CLIP_SECONDS)

    def watch(self, video: bytes, gap: float, see: Callable[[float, Picture], None]) -> Reason:
        """Decode a clip frame by frame, one every `gap` seconds; `see` runs in this process."""
        return self._run(Request(Job.WATCH, video, gap), CLIP_SECONDS, see)

    def start(self) -> bool:
        """Start a child if none is idle; return whether its system calls are filtered."""
        child = self._taken()
        self._give_back(child)
        return child.is_filtered

    def close(self) -> None:
        """End all children; a job under way ends as `BAD_MEDIA`."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = self._all.difference(idle)
        for child in idle:
            self._dropped(child)
        for child in busy:  # the thread that waits for it drops it
            child.end()

    def _one(self, job: Job, data: bytes) -> Picture | Reason:
        found = self._pictures(job, data, self._still)
        return found if isinstance(found, Reason) else found[0]

    def _pictures(self, job: Job, data: bytes, seconds: float) -> tuple[Picture, ...] | Reason:
        """Return all pictures of a file, at least one, or the reason why there is none."""
        seen: list[Picture] = []
        reason = self._run(Request(job, data), seconds, lambda _, picture: seen.append(picture))
        if reason is Reason.OK and seen:
            return tuple(seen)
        return Reason.BAD_MEDIA if reason is Reason.OK else reason

    def _run(self, request: Request, seconds: float, see: Callable[[float, Picture], None]) -> Reason:
        child = self._taken()
        try:
            ended = child.decode(request, ReadDeadline(seconds), see)
        except BaseException:  # of `see`: the rest of the clip must not answer the next job
            self._dropped(child)
            raise
        if isinstance(ended, Reason):
            self._give_back(child)
            return ended
        self._dropped(child)
        if not self._closed:
            _log.error("a decoding process ended over a file (%s) and is replaced", ended)
            self._ended(ended)
        return Reason.BAD_MEDIA

    def _taken(self) -> "_Child":
        """Return an idle child that is alive, else a new one."""
        while (child := self._idle_one()) is not None:
            if child.is_alive:
                return child
            self._dropped(child)
        child = _Child.started()
        with self._lock:
            if not child.is_filtered and not self._all:
                _log.warning("decoding processes run without a filter of system calls: no libseccomp")
            self._all.add(child)
        return child

    def _idle_one(self) -> "_Child | None":
        with self._lock:
            if self._closed:
                message = "the decoder is closed"
                raise DecoderUnavailable(message)
            return self._idle.pop() if self._idle else None

    def _give_back(self, child: "_Child") -> None:
        with self._lock:
            is_kept = not self._closed
            if is_kept:
                self._idle.append(child)
        if not is_kept:
            self._dropped(child)

    def _dropped(self, child: "_Child") -> None:
        with self._lock:
            self._all.discard(child)
        child.end()
        child.hang_up()


class _Child:
    """One process and the socket to it."""

    def __init__(self, process: subprocess.Popen[bytes], sock: socket.socket) -> None:
        self._process, self._sock = process, sock
        self.is_filtered = False

    @classmethod
    def started(cls) -> Self:
        """Start a process and wait until it is confined; raises DecoderUnavailable."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                child = cls(_process(theirs), ours)
            child._greet()
        except (OSError, ProtocolBroken) as error:
            ours.close()
            message = f"no process for decoding can be started: {error or type(error).__name__}"
            raise DecoderUnavailable(message) from None
        return child

    def _greet(self) -> None:
        """Wait for its first byte; raises OSError and ProtocolBroken."""
        first = bytearray(1)
        try:
            ReadDeadline(START_SECONDS).fill(self._sock, memoryview(first))
        except BaseException:
            self.end()  # the socket is the caller's to close
            raise
        self.is_filtered = first == b"\1"

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def decode(
        self, request: Request, deadline: ReadDeadline, see: Callable[[float, Picture], None]
    ) -> Reason | DecoderEnd:
        """Run one job; after a `DecoderEnd` the child is unusable."""
        if end := self._asked(request, deadline):
            return end
        for _ in range(MOST_PICTURES):
            reply = self._reply(deadline)
            if not isinstance(reply, DecodedPicture):
                return reply
            see(reply.at, reply.pixels)
        return DecoderEnd.CRASHED

    def _asked(self, request: Request, deadline: ReadDeadline) -> DecoderEnd | None:
        try:
            send_request(self._sock, request, deadline)
        except TimeoutError:
            return DecoderEnd.TIMED_OUT
        except OSError:
            return DecoderEnd.CRASHED
        return None

    def _reply(self, deadline: ReadDeadline) -> DecodedPicture | Reason | DecoderEnd:
        try:
            return receive_reply(self._sock, deadline)
        except TimeoutError:
            return DecoderEnd.TIMED_OUT
        except (OSError, ProtocolBroken):
            return DecoderEnd.CRASHED

    def end(self) -> None:
        """Kill the process, wait for it and wake the thread that waits for its answer."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Close the socket, once nobody waits for an answer."""
        self._sock.close()


def _process(theirs: socket.socket) -> subprocess.Popen[bytes]:
    """Start the program: almost no environment, only the socket open, no terminal, deaf to its Ctrl-C."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, *_PROGRAM],
        stdin=theirs.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**kept, "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        start_new_session=True,
    )
