"""Checks a photo that a clerk takes or chooses for a person, in the service's face threads."""

import io
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from bot.capture.face_pool import Busy, FacePool
from face import Checker, Reason
from storage.console.waiting_photos import WaitingPhoto

MOST_BYTES = 10 * 1000 * 1000
_SIDE = 480
"""Pixels of the long side of the picture by which a second person decides."""


@dataclass(frozen=True, slots=True)
class _Looked:
    template: bytes
    picture: bytes


async def look_at(pool: FacePool, photo: bytes, now: datetime) -> WaitingPhoto | Reason | Busy:
    """Make a template and a small picture of a photo, or say what is wrong with it."""
    looked = await pool.run(_check_photo, pool.checker, photo)
    if isinstance(looked, _Looked):
        return WaitingPhoto(pool.checker.pack_name, looked.template, looked.picture, now)
    return looked


def _check_photo(checker: Checker, photo: bytes) -> _Looked | Reason:
    picture = checker.picture(photo)
    if isinstance(picture, Reason):
        return picture
    enrolled = checker.enrol_anew(picture)
    if enrolled.template is None:
        return enrolled.reason
    small, packed = Image.fromarray(picture[:, :, ::-1]), io.BytesIO()
    small.thumbnail((_SIDE, _SIDE))
    small.save(packed, "JPEG", quality=85)
    return _Looked(enrolled.template, packed.getvalue())
