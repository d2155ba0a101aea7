"""Decodes an uploaded picture within bounds; a fault of the picture is a reason, not an error.

The first bytes give the format and the header gives the size; nothing is decoded before both are known.
"""

import io
import logging

import cv2
import numpy as np
from PIL import Image

from face.values import Picture, Reason

MAX_IMAGE_BYTES = 10_000_000
"""Maximum size of the upload itself."""
MAX_PIXELS = 40_000_000
"""More than any phone camera takes in its default mode; decoded it needs 120 MB."""
MAX_JPEG_PIXELS = 51_000_000
"""For a JPEG, which decodes at a fraction of its size: 15 MB, or 150 MB if it is progressive."""
WORKING_SIDE = 1280
"""Longer pictures are shrunk while they are read; the smallest face still has the pixels of the crop."""

MOST_MISSING = 0.02
"""Share of a JPEG's blocks that may be missing at its end; its last rows show clothes, not the face."""

_JPEG, _PNG, _BMP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM"
_JPEG_END = b"\xff\xd9"
_ORIENTATION = 0x0112
"""EXIF tag 274: phones store the frame of the sensor and note its orientation here."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


_log = logging.getLogger(__name__)


def read_image(data: bytes) -> Picture | Reason:
    """Decode a JPEG, PNG or BMP upright, at most `WORKING_SIDE` long; else `BAD_MEDIA` or `TOO_LARGE`.

    A JPEG that lost its last bytes is decoded too, with a warning in the log.
    """
    if len(data) > MAX_IMAGE_BYTES:
        return Reason.TOO_LARGE
    picture = _read(data)
    if picture is Reason.BAD_MEDIA and data.startswith(_JPEG) and _is_nearly_whole(data + _JPEG_END):
        _log.warning("a JPEG without its end was decoded")
        return _read(data + _JPEG_END)
    return picture


def _read(data: bytes) -> Picture | Reason:
    if not data.startswith((_JPEG, _PNG, _BMP)):
        return Reason.BAD_MEDIA
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "BMP")) as image:
            return _bounded(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Reason.TOO_LARGE
    except Exception:  # noqa: BLE001 - a hostile file may break a decoder in any way, with one meaning
        return Reason.BAD_MEDIA


def _is_nearly_whole(data: bytes) -> bool:
    """Decide whether at most `MOST_MISSING` is lost; libjpeg fills the gap with the last block's mean."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            image.draft("L", (image.width // 8, image.height // 8))  # one pixel per block
            blocks = np.asarray(image.convert("L")).ravel()
    except Exception:  # noqa: BLE001 - as above
        return False
    same = np.flatnonzero(blocks[::-1] != blocks[-1])
    return bool(same.size) and same[0] <= MOST_MISSING * blocks.size


def _bounded(image: Image.Image) -> Picture | Reason:
    if image.width * image.height > (MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS):
        return Reason.TOO_LARGE
    if image.format == "PNG" and getattr(image, "is_animated", False):
        return Reason.BAD_MEDIA
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    image.draft("RGB", (WORKING_SIDE, WORKING_SIDE))  # a JPEG then decodes at a half, a quarter, an eighth
    upright = _coloured(image)
    if turn is not None:
        upright = upright.transpose(turn)
    return shrunk(np.asarray(upright)[:, :, ::-1])


def _coloured(image: Image.Image) -> Image.Image:
    """Convert to RGB; transparent parts become white, the background of ID photos."""
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def shrunk(picture: Picture, side: int = WORKING_SIDE) -> Picture:
    """Scale down, if need be, to a long side of `side` pixels."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return np.ascontiguousarray(picture)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small: Picture = cv2.resize(np.ascontiguousarray(picture), size, interpolation=cv2.INTER_AREA)
    return small
