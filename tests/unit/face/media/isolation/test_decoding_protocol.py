"""The service does not trust a decoding child: an invalid reply ends the connection."""

import socket
import struct

import numpy as np
import pytest

from face.media.isolation import protocol
from face.media.isolation.protocol import (
    DecodedPicture,
    ProtocolBroken,
    ReadDeadline,
    receive_reply,
    send_ending,
    send_picture,
)
from face.values import Reason

WAIT_SECONDS = 60.0


@pytest.fixture
def pair():
    service, child = socket.socketpair()
    with service, child:
        yield service, child


def header(kind=255, height=1, width=1, at=0.0):
    return struct.pack("<BHHd", kind, height, width, at)


def test_pictures_and_the_ending_arrive_as_sent(pair):
    service, child = pair
    pixels = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    send_picture(child, DecodedPicture(1.5, pixels))
    send_ending(child, Reason.TOO_LARGE)
    received = receive_reply(service, ReadDeadline(WAIT_SECONDS))
    assert received.at == 1.5
    assert np.array_equal(received.pixels, pixels)
    assert receive_reply(service, ReadDeadline(WAIT_SECONDS)) is Reason.TOO_LARGE


INVALID_REPLIES = {
    "an unknown kind": header(kind=9),
    "too large a picture": header(height=1281),
    "a picture without pixels": header(height=0),
    "a time that is not a number": header(at=float("nan")),
    "half a picture, then silence": header(height=2, width=2) + bytes(5),
    "nothing": b"",
}


@pytest.mark.parametrize("sent", INVALID_REPLIES.values(), ids=INVALID_REPLIES.keys())
def test_invalid_reply_of_a_child_breaks_the_protocol(pair, sent):
    service, child = pair
    child.sendall(sent)
    child.close()
    with pytest.raises(ProtocolBroken):
        receive_reply(service, ReadDeadline(WAIT_SECONDS))


def test_trickled_bytes_do_not_extend_the_read_deadline(pair, monkeypatch):
    service, child = pair
    child.sendall(header(height=100, width=100))
    ticks = iter(range(1000))
    monkeypatch.setattr(protocol, "monotonic", lambda: child.send(b"\0") * float(next(ticks)))
    with pytest.raises(TimeoutError):
        receive_reply(service, ReadDeadline(WAIT_SECONDS))
