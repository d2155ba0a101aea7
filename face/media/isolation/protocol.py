"""The messages between the service and a decoding child: fixed headers and raw pixels over one socket.

Nothing is unpickled: the child may have been taken over by the file that it decoded, so the service accepts
numbers within bounds and pixels, and nothing else.
"""

import math
import socket
import struct
from dataclasses import dataclass, field
from enum import IntEnum
from time import monotonic

import numpy as np

from face.media.images import WORKING_SIDE
from face.media.video import MAX_FRAMES
from face.values import Picture, Reason

MOST_PICTURES = MAX_FRAMES
"""Maximum number of pictures in one clip, whatever the child sends."""
_REQUEST = struct.Struct("<BdI")
"""Job, seconds between frames, length of the data that follows."""
_REPLY = struct.Struct("<BHHd")
"""Position in `_ENDINGS`, or `_A_PICTURE` and height, width, seconds of the BGR pixels that follow."""
_A_PICTURE = 255
_ENDINGS = (Reason.OK, Reason.BAD_MEDIA, Reason.TOO_LARGE)


class Job(IntEnum):
    """What a child is asked to do; each is a method of `Decoder`."""

    IMAGE = 1
    GUIDING = 2
    DECIDING = 3
    SAMPLES = 4
    WATCH = 5


class ProtocolBroken(Exception):
    """The other side sent something that no decoder sends, or is gone."""


@dataclass(frozen=True, slots=True)
class Request:
    """One file to decode; `gap` is only for `WATCH`."""

    job: Job
    data: bytes = field(repr=False)
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """A picture, and its time in a clip in seconds."""

    at: float
    pixels: Picture = field(repr=False)


class ReadDeadline:
    """Seconds that remain to wait for the child; the time between two waits does not count against it."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    def send(self, sock: socket.socket, *parts: bytes) -> None:
        """Send in time, else raise TimeoutError."""
        for part in parts:
            began = self._limit(sock)
            sock.sendall(part)
            self._left -= monotonic() - began

    def fill(self, sock: socket.socket, view: memoryview) -> None:
        """Receive as many bytes as fit, in time; raises TimeoutError and ProtocolBroken."""
        while view:
            began = self._limit(sock)
            received = sock.recv_into(view)
            self._left -= monotonic() - began
            if not received:
                raise ProtocolBroken
            view = view[received:]

    def _limit(self, sock: socket.socket) -> float:
        if self._left <= 0:
            raise TimeoutError
        sock.settimeout(self._left)
        return monotonic()


def send_request(sock: socket.socket, request: Request, deadline: ReadDeadline) -> None:
    """Ask a child; raises OSError, which includes TimeoutError."""
    header = _REQUEST.pack(request.job, request.gap, len(request.data))
    deadline.send(sock, header, request.data)


def receive_reply(sock: socket.socket, deadline: ReadDeadline) -> DecodedPicture | Reason:
    """Receive a picture, or the reason that ends a job; raises OSError and ProtocolBroken."""
    header = bytearray(_REPLY.size)
    deadline.fill(sock, memoryview(header))
    kind, height, width, at = _REPLY.unpack(header)
    if kind < len(_ENDINGS):
        return _ENDINGS[kind]
    in_bounds = 0 < height <= WORKING_SIDE and 0 < width <= WORKING_SIDE
    if kind != _A_PICTURE or not in_bounds or not math.isfinite(at):
        raise ProtocolBroken
    pixels = np.empty((height, width, 3), np.uint8)
    deadline.fill(sock, pixels.data.cast("B"))
    return DecodedPicture(at, pixels)


def receive_request(sock: socket.socket) -> Request | None:
    """Wait, in the child, for what is to be decoded; None when the service is gone."""
    header = _received(sock, _REQUEST.size)
    if header is None:
        return None
    job, gap, length = _REQUEST.unpack(header)
    data = _received(sock, length)
    return None if data is None else Request(Job(job), bytes(data), gap)


def send_picture(sock: socket.socket, picture: DecodedPicture) -> None:
    """Send a picture from the child."""
    height, width = picture.pixels.shape[:2]
    sock.sendall(_REPLY.pack(_A_PICTURE, height, width, picture.at))
    sock.sendall(picture.pixels.data.cast("B"))


def send_ending(sock: socket.socket, reason: Reason) -> None:
    """Send, from the child, the reason that ends a job."""
    sock.sendall(_REPLY.pack(_ENDINGS.index(reason), 0, 0, 0.0))


def _received(sock: socket.socket, length: int) -> bytearray | None:
    received = bytearray(length)
    view = memoryview(received)
    while view:
        count = sock.recv_into(view)
        if not count:
            return None
        view = view[count:]
    return received
