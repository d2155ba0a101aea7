"""Photos on file, as offices name and keep them."""

import io
from pathlib import Path

from PIL import Image

from storage.sheets.faults import FaultKind

_MOST_BYTES = 10 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_BMP = b"BM"


def read_photo(folder: Path, name: str) -> bytes | FaultKind:
    r"""Read a photo below the list's own folder and nowhere else; `photos\a.jpg` is a path too.

    A BMP, the format of many old ID photos, comes as PNG, so that what is public reads no more formats.
    """
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return FaultKind.NO_SUCH_FILE
    if path.stat().st_size > _MOST_BYTES:
        return FaultKind.TOO_LARGE
    photo = path.read_bytes()
    return _as_png(photo) if photo.startswith(_BMP) else photo


def _as_png(bitmap: bytes) -> bytes | FaultKind:
    packed = io.BytesIO()
    try:
        with Image.open(io.BytesIO(bitmap), formats=("BMP",)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return FaultKind.TOO_LARGE
            image.convert("RGB").save(packed, "PNG", compress_level=1)
    except Exception:  # noqa: BLE001 - a broken picture breaks the decoder in many ways, with one meaning
        return FaultKind.BAD_MEDIA
    return packed.getvalue()
