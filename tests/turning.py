"""The packaged portrait turned in space: a photo on a head-shaped relief, seen by a noisy camera."""

import functools

import cv2
import numpy as np

from tests.capture_house import portrait, the_checker

SIZE = (480, 546)
BALL, NOSE = 1.5, 0.6
"""Depth of the head and of the nose in eye distances."""


@functools.cache
def _still():
    picture = cv2.cvtColor(cv2.resize(portrait(), SIZE, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR)
    return picture, the_checker()._pack.detector.detect(picture)[0].points


@functools.cache
def _relief():
    picture, points = _still()
    eye, centre, nose = np.linalg.norm(points[1] - points[0]), points[[0, 1, 3, 4]].mean(0), points[2]
    ys, xs = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float64)
    across, down = (xs - centre[0]) / (1.45 * eye), (ys - centre[1] + 0.1 * eye) / (2.0 * eye)
    ball = BALL * np.sqrt(np.clip(1 - across**2 - down**2, 0, 1)) - 0.5
    bump = NOSE * np.exp(-(((xs - nose[0]) / (0.35 * eye)) ** 2 + ((ys - nose[1]) / (0.42 * eye)) ** 2))
    return eye * (ball + bump), centre[0], ys.astype(np.float32)


@functools.cache
def turned(yaw=0.0, scale=1.0):
    """Turn by `yaw` degrees, the nose to the picture's right, and come nearer by `scale`."""
    picture, _ = _still()
    depth, middle, rows = _relief()
    columns, angle = np.arange(depth.shape[1]), np.radians(yaw)
    to = middle + (columns - middle) * np.cos(angle) + depth * np.sin(angle)
    to = np.maximum.accumulate(to, axis=1) + 1e-4 * columns  # what lies behind the nose is hidden
    back = np.stack([np.interp(columns, row, columns) for row in to]).astype(np.float32)
    seen = cv2.remap(picture, back, rows, cv2.INTER_LINEAR) if yaw else picture
    away = np.array([[scale, 0, (1 - scale) * SIZE[0] / 2], [0, scale, (1 - scale) * SIZE[1] / 2]])
    return cv2.warpAffine(seen, away, SIZE, borderMode=cv2.BORDER_REPLICATE)


def frame(random, yaw=0.0, scale=1.0):
    """Give a JPEG with a camera's noise, without which every picture would be the same."""
    noise = random.integers(0, 8, (SIZE[1], SIZE[0], 3), np.uint8)
    picture = cv2.add(turned(yaw, scale), noise)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
