"""The packaged portrait turned in space: a photo on a head-shaped relief, filmed by a noisy camera."""

import functools

import cv2
import numpy as np

from face.attack.relief import Relief
from face.models.mesh import five_of
from tests.support.captures.capture_service import portrait, shared_checker

SIZE = (480, 640)
"""The size that the page sends on a good connection; the portrait is shorter, so its edges are stretched."""
_KEPT = 1000
"""Frames that a process caches for its next tests: about 40 MB."""


@functools.cache
def _relief():
    width, height = SIZE
    person = cv2.resize(portrait(), (width, 546), interpolation=cv2.INTER_AREA)
    picture, missing = cv2.cvtColor(person, cv2.COLOR_RGB2BGR), height - len(person)
    picture = cv2.copyMakeBorder(picture, missing // 2, missing - missing // 2, 0, 0, cv2.BORDER_REPLICATE)
    return Relief(picture, five_of(shared_checker().shape(picture)))


@functools.cache
def turned_portrait(yaw=0.0, pitch=0.0, scale=1.0):
    """Return the portrait turned by `yaw` (to the right) and `pitch` (up) degrees, enlarged by `scale`."""
    return _relief().turned(yaw, pitch, scale)


@functools.lru_cache(_KEPT)
def noisy_frame(number, yaw=0.0, pitch=0.0, scale=1.0):
    """Return a JPEG with a camera's noise, which differs for each `number`."""
    noise = np.random.default_rng(number).integers(0, 8, (SIZE[1], SIZE[0], 3), np.uint8)
    picture = cv2.add(turned_portrait(yaw, pitch, scale), noise)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
