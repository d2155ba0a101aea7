"""The port through which the checks decode pictures, live frames and clips, and its plain implementation."""

from collections.abc import Callable
from typing import Protocol

from face.media.frames import read_deciding, read_small
from face.media.images import read_image
from face.media.video import read_video, watch_video
from face.values import Picture, Reason


class Decoder(Protocol):
    """Decodes within bounds; undecodable data is `BAD_MEDIA` or `TOO_LARGE`. Threads may share one."""

    def image(self, data: bytes) -> Picture | Reason:
        """Decode an uploaded picture upright, at most 1280 pixels long."""

    def guiding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame at the size at which frames are scored."""

    def deciding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame at the size at which faces are compared."""

    def samples(self, video: bytes) -> tuple[Picture, ...] | Reason:
        """Decode a few evenly spread frames of a clip."""

    def watch(self, video: bytes, gap: float, see: Callable[[float, Picture], None]) -> Reason:
        """Call `see` with time and frame every `gap` seconds of a clip; `OK` if it was read to its end."""

    def close(self) -> None:
        """End what the decoder runs; nothing is decoded after it."""


class InProcessDecoder:
    """Decodes in the calling thread: for commands over the operator's own files, and where no key is held."""

    def image(self, data: bytes) -> Picture | Reason:
        """Decode an uploaded picture."""
        return read_image(data)

    def guiding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame to score it."""
        return read_small(jpeg)

    def deciding(self, jpeg: bytes) -> Picture | Reason:
        """Decode a live frame to compare its face."""
        return read_deciding(jpeg)

    def samples(self, video: bytes) -> tuple[Picture, ...] | Reason:
        """Decode a few frames of a clip."""
        return read_video(video)

    def watch(self, video: bytes, gap: float, see: Callable[[float, Picture], None]) -> Reason:
        """Decode a clip frame by frame, one every `gap` seconds; `see` gets its time and the picture."""
        return watch_video(video, gap, see)

    def close(self) -> None:
        """Do nothing: there is nothing to end."""


IN_PROCESS = InProcessDecoder()
