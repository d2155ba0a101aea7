"""Decodes an uploaded clip from memory and within bounds: a few evenly spread frames, or one after the other.

The header of a clip may be wrong about length and rate (browsers' recorders write neither), so every bound is
checked while the frames are read.
"""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import cv2

from face.media.images import shrunk
from face.values import Picture, Reason

MAX_VIDEO_BYTES = 30_000_000
MAX_MILLISECONDS = 20_500
"""20 s, and half a second more for recorders that stop late."""
MAX_FRAMES = 1300
"""20 s at 60 frames a second, and some more."""
MAX_FRAME_SIDE = 4096
MAX_WALKED_PIXELS = 3_000_000_000
"""For all frames together: 20 s of 1080p at 60 a second, about 5 s of one core."""
MOST_SAMPLES = 24
"""Maximum number of frames sampled from a clip."""
FRAME_SIDE = 960
"""Half the pixels of the working size of a selfie, so that 24 frames stay under 40 MB."""
FIRST_STEP = 100.0
"""Milliseconds between samples at first; when there are too many, it doubles and half of them are dropped."""

_SILENT = "-8"
"""AV_LOG_QUIET: decoders print a line for each fault of a stranger's clip, and there may be thousands."""
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _SILENT)  # read when the first clip is opened
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

_JITTER = 5.0
"""Milliseconds that a frame may be early."""
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide")
_WEBM = b"\x1a\x45\xdf\xa3"


def read_video(data: bytes) -> tuple[Picture, ...] | Reason:
    """Decode up to `MOST_SAMPLES` frames of an MP4, MOV or WebM clip; else `BAD_MEDIA` or `TOO_LARGE`."""
    sampler = _Sampler()
    reason = _decoded(data, sampler.wants, sampler.keep)
    return tuple(sampler.frames) if reason is Reason.OK else reason


def watch_video(data: bytes, gap: float, see: Callable[[float, Picture], None]) -> Reason:
    """Call `see` with a frame and its time every `gap` seconds; return `OK`, `BAD_MEDIA` or `TOO_LARGE`.

    Frames are decoded one at a time: those of a complete clip would not fit into memory.
    """
    following = 0.0

    def keep(at: float, frame: Picture) -> None:
        """Pass a frame on; the next one is due a gap later."""
        nonlocal following
        following = at + 1000 * gap - _JITTER
        see(at / 1000, frame)

    return _decoded(data, lambda at: at >= following, keep)


def _decoded(data: bytes, wants: Callable[[float], bool], keep: Callable[[float, Picture], None]) -> Reason:
    """Pass to `keep` the frames whose time `wants` takes, both in ms; `OK` if there was one."""
    if len(data) > MAX_VIDEO_BYTES:
        return Reason.TOO_LARGE
    if not known_kind(data):
        return Reason.BAD_MEDIA
    try:
        with _opened(data) as capture:
            return _chosen(capture, wants, keep)
    except (cv2.error, MemoryError):
        return Reason.BAD_MEDIA


def _chosen(
    capture: cv2.VideoCapture, wants: Callable[[float], bool], keep: Callable[[float, Picture], None]
) -> Reason:
    reason = Reason.BAD_MEDIA
    for at in _walk(capture):
        if at > MAX_MILLISECONDS:
            return Reason.TOO_LARGE
        if wants(at):
            read, frame = capture.retrieve()
            if read:
                reason = Reason.OK
                keep(at, shrunk(frame, FRAME_SIDE))
    return reason


def known_kind(data: bytes) -> bool:
    """Decide whether it is MP4 or MOV (a `ftyp` box, ISO/IEC 14496-12, 4.3; old MOV has others) or WebM."""
    return data[4:8] in _BOXES or (data.startswith(_WEBM) and b"webm" in data[:64])


@contextmanager
def _opened(data: bytes) -> Iterator[cv2.VideoCapture]:
    """Open a clip from memory, so that it outlives neither the check nor a crash.

    A clip that does not open has no frames. The stream stays open: `release` crashes on a closed one.
    """
    stream: Any = io.BytesIO(data)  # the stubs know OpenCV's own streams only
    capture = cv2.VideoCapture(stream, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    try:
        yield capture
    finally:
        capture.release()


def _walk(capture: cv2.VideoCapture) -> Iterator[float]:
    """Yield the time of each frame in ms; infinity when the clip would take too much work."""
    width, height = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    most = min(MAX_FRAMES, MAX_WALKED_PIXELS / max(1.0, width * height))
    if max(width, height) > MAX_FRAME_SIDE:
        most = 0
    walked = 0
    while walked <= most and capture.grab():
        walked += 1
        yield capture.get(cv2.CAP_PROP_POS_MSEC) if walked <= most else float("inf")


class _Sampler:
    """Keeps between half and all of `MOST_SAMPLES` frames, however long the clip turns out to be."""

    def __init__(self) -> None:
        self.frames: list[Picture] = []
        self._step = FIRST_STEP
        self._next = 0.0

    def wants(self, at: float) -> bool:
        """Whether to keep a frame at this time in milliseconds."""
        return at >= self._next

    def keep(self, at: float, frame: Picture) -> None:
        """Keep a frame; past `MOST_SAMPLES` every second one is dropped and the step doubles."""
        self.frames.append(frame)
        if len(self.frames) > MOST_SAMPLES:
            self.frames = self.frames[::2]
            self._step *= 2
        self._next = at + self._step
