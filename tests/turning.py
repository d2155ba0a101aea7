"""The packaged portrait turned in space: a photo on a head-shaped relief, seen by a noisy camera."""

import functools

import cv2
import numpy as np

from face.attack.relief import Relief
from face.mesh import five_of
from tests.capture_house import portrait, the_checker

SIZE = (480, 546)


@functools.cache
def _relief():
    picture = cv2.cvtColor(cv2.resize(portrait(), SIZE, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR)
    return Relief(picture, five_of(the_checker().shape(picture)))


@functools.cache
def turned(yaw=0.0, pitch=0.0, scale=1.0):
    """Turn by `yaw` degrees, the nose to the picture's right, by `pitch` up, and come nearer by `scale`."""
    return _relief().turned(yaw, pitch, scale)


def frame(random, yaw=0.0, pitch=0.0, scale=1.0):
    """Give a JPEG with a camera's noise, without which every picture would be the same."""
    noise = random.integers(0, 8, (SIZE[1], SIZE[0], 3), np.uint8)
    picture = cv2.add(turned(yaw, pitch, scale), noise)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
