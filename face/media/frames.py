"""Decodes the live capture's JPEG frames within bounds, at the size that is needed.

By libjpeg-turbo itself: through Pillow the same pixels take twice to three times as long.
"""

import simplejpeg

from face.media.images import shrunk
from face.values import Picture, Reason

MAX_FRAME_BYTES = 200_000
MAX_FRAME_SIDE = 1280
MOST_SCANS = 20
"""Of a JPEG: progressive ones have ten. Each is a pass over the whole picture, and 200 kB hold 16,000."""
GUIDING_SIDE = 320
"""Long side at which frames are scored."""
LEAST_GUIDING_SIDE = 270
"""Long side that will do where a JPEG unpacks at a part of its own: less work than unpacking it whole."""
DECIDING_SIDE = 640
"""Long side of the frames that decide: under 480 recognition suffers."""
_SCAN = b"\xff\xda"
"""JPEG's start of scan; within a scan's data it cannot stand."""


def read_small(data: bytes) -> Picture | Reason:
    """Decode one frame at `GUIDING_SIDE`, else `BAD_MEDIA` or `TOO_LARGE`: unpacking at a half saves work."""
    return _read(data, GUIDING_SIDE, LEAST_GUIDING_SIDE)


def read_deciding(data: bytes) -> Picture | Reason:
    """Decode one frame at `DECIDING_SIDE`."""
    return _read(data, DECIDING_SIDE, DECIDING_SIDE)


def _read(data: bytes, side: int, least: int) -> Picture | Reason:
    """Decode with a long side from `least` to `side`, if there is as much."""
    if len(data) > MAX_FRAME_BYTES or data.count(_SCAN) > MOST_SCANS:
        return Reason.TOO_LARGE
    try:
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
        if max(height, width) > MAX_FRAME_SIDE:
            return Reason.TOO_LARGE
        part = min(1.0, least / max(height, width))
        enough = {"min_height": int(height * part), "min_width": int(width * part)}
        return shrunk(simplejpeg.decode_jpeg(data, colorspace="BGR", min_factor=2, **enough), side)
    except Exception:  # noqa: BLE001 - a hostile file breaks a decoder in any way it likes, and means one thing
        return Reason.BAD_MEDIA
