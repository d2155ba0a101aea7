"""Decodes the JPEG frames of a live capture within bounds, at the size that is needed.

It calls libjpeg-turbo directly: through Pillow the same pixels take two to three times as long.
"""

import simplejpeg

from face.media.images import shrunk
from face.values import Picture, Reason

MAX_FRAME_BYTES = 200_000
MAX_FRAME_SIDE = 1280
MOST_SCANS = 20
"""Maximum scans in a JPEG. Progressive ones have ten; each is a pass over it, and 200 kB hold 16,000."""
GUIDING_SIDE = 320
"""Long side at which frames are scored."""
LEAST_GUIDING_SIDE = 270
"""Long side that suffices if a JPEG decodes at a fraction of its size, which is less work."""
DECIDING_SIDE = 640
"""Long side of the frames that decide: recognition suffers below 480."""
_SCAN = b"\xff\xda"
"""The start-of-scan marker of JPEG, which cannot occur within the data of a scan."""


def read_small(data: bytes) -> Picture | Reason:
    """Decode one frame at `GUIDING_SIDE`, else return `BAD_MEDIA` or `TOO_LARGE`."""
    return _read(data, GUIDING_SIDE, LEAST_GUIDING_SIDE)


def read_deciding(data: bytes) -> Picture | Reason:
    """Decode one frame at `DECIDING_SIDE`, else return `BAD_MEDIA` or `TOO_LARGE`."""
    return _read(data, DECIDING_SIDE, DECIDING_SIDE)


def _read(data: bytes, side: int, least: int) -> Picture | Reason:
    """Decode with a long side from `least` to `side`, if the frame is that large."""
    if len(data) > MAX_FRAME_BYTES or data.count(_SCAN) > MOST_SCANS:
        return Reason.TOO_LARGE
    try:
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
        if max(height, width) > MAX_FRAME_SIDE:
            return Reason.TOO_LARGE
        part = min(1.0, least / max(height, width))
        enough = {"min_height": int(height * part), "min_width": int(width * part)}
        return shrunk(simplejpeg.decode_jpeg(data, colorspace="BGR", min_factor=2, **enough), side)
    except Exception:  # noqa: BLE001 - a hostile file may break a decoder in any way, with one meaning
        return Reason.BAD_MEDIA
