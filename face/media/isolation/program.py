"""The program of a decoding child: `python -m face.media.isolation.program`, its socket as standard input.

It first loads everything that decoding needs, since it can open no file once it is confined, and only then
takes bytes.
"""

import encodings.latin_1
import encodings.utf_16
import io
import signal
import socket
from collections.abc import Callable

import cv2
from PIL import BmpImagePlugin, Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin

from face.media.frames import read_deciding, read_small
from face.media.images import read_image
from face.media.isolation.confinement import confine
from face.media.isolation.protocol import (
    DecodedPicture,
    Job,
    Request,
    receive_request,
    send_ending,
    send_picture,
)
from face.media.video import read_video, watch_video
from face.values import Picture, Reason

LOADED = (
    *(BmpImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin),
    *(encodings.latin_1, encodings.utf_16),
)
"""Modules that Pillow would load when a file needs them: formats, EXIF, the texts in headers."""
MOST_SECONDS = 20.0
"""Processor time of one job; after that the kernel ends the process, even if nobody waits for it any more."""

See = Callable[[float, Picture], None]


def main() -> None:
    """Confine the process, report that, and decode until the service is gone."""
    sock = socket.socket(fileno=0)
    _rehearse()
    sock.sendall(bytes([confine()]))
    while (request := receive_request(sock)) is not None:
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        send_ending(
            sock, _decoded(request, lambda at, picture: send_picture(sock, DecodedPicture(at, picture)))
        )
        signal.setitimer(signal.ITIMER_PROF, 0)


def _rehearse() -> None:
    """Decode a picture of each kind, so that a stranger's first one loads or starts nothing."""
    cv2.setNumThreads(1)
    for kind in ("BMP", "JPEG", "PNG"):
        packed = io.BytesIO()
        Image.new("RGB", (16, 16)).save(packed, kind)
        read_image(packed.getvalue())
    read_video(b"\0\0\0\x18ftypmp42")


def _decoded(request: Request, see: See) -> Reason:
    """Pass each picture of a file to `see`, and return how it ended."""
    match request.job:
        case Job.WATCH:
            return watch_video(request.data, request.gap, see)
        case Job.SAMPLES:
            return _seen(read_video(request.data), see)
        case Job.IMAGE:
            return _seen(read_image(request.data), see)
        case Job.GUIDING:
            return _seen(read_small(request.data), see)
        case Job.DECIDING:
            return _seen(read_deciding(request.data), see)


def _seen(read: Picture | tuple[Picture, ...] | Reason, see: See) -> Reason:
    if isinstance(read, Reason):
        return read
    for picture in read if isinstance(read, tuple) else (read,):
        see(0.0, picture)
    return Reason.OK


if __name__ == "__main__":
    main()
