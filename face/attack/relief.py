"""Turns a portrait in space: a photo on a head-shaped relief.

It models a moving head when there is no video of one: for people with only a photo, and for movements that a
clip lacks. It is a model, not a person: if that matters, use a clip.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from face.values import Picture

BALL, NOSE = 1.5, 0.6
"""Typical depth of the head and of the nose in eye distances."""


class Relief:
    """One face of a picture with depth; `points` are its five landmarks in pixels."""

    def __init__(
        self, picture: Picture, points: NDArray[np.float64], ball: float = BALL, nose: float = NOSE
    ) -> None:
        self._picture = picture
        eye = float(np.linalg.norm(points[1] - points[0]))
        centre, tip = points[[0, 1, 3, 4]].mean(0), points[2]
        ys, xs = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float64)
        across, down = (xs - centre[0]) / (1.45 * eye), (ys - centre[1] + 0.1 * eye) / (2.0 * eye)
        sphere = ball * np.sqrt(np.clip(1 - across**2 - down**2, 0, 1)) - 0.5
        bump = nose * np.exp(-(((xs - tip[0]) / (0.35 * eye)) ** 2 + ((ys - tip[1]) / (0.42 * eye)) ** 2))
        self._depth = eye * (sphere + bump)
        self._across, self._down = float(centre[0]), float(centre[1])

    def turned(self, yaw: float = 0.0, pitch: float = 0.0, scale: float = 1.0) -> Picture:
        """Turn by `yaw` degrees to the picture's right or by `pitch` degrees up; enlarge by `scale`."""
        seen = self._picture
        if yaw:
            seen = _swept(seen, self._depth, self._across, np.radians(yaw))
        if pitch:
            upright = _swept(seen.transpose(1, 0, 2), self._depth.T, self._down, -np.radians(pitch))
            seen = np.ascontiguousarray(upright.transpose(1, 0, 2))
        if scale == 1:
            return seen.copy()
        height, width = seen.shape[:2]
        away = np.array([[scale, 0, (1 - scale) * width / 2], [0, scale, (1 - scale) * height / 2]])
        nearer: Picture = cv2.warpAffine(seen, away, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return nearer


def _swept(picture: Picture, depth: NDArray[np.float64], middle: float, angle: float) -> Picture:
    """Shift each pixel along its row by its depth in the turn; nearer pixels hide those behind."""
    columns = np.arange(depth.shape[1])
    to = middle + (columns - middle) * np.cos(angle) + depth * np.sin(angle)
    if angle > 0:
        to = np.maximum.accumulate(to, axis=1)
    else:
        to = np.minimum.accumulate(to[:, ::-1], axis=1)[:, ::-1]
    to += 1e-4 * columns
    back = np.empty(to.shape, np.float32)
    for row, line in zip(to, back, strict=True):
        line[:] = np.interp(columns, row, columns)
    rows = np.repeat(np.arange(len(to), dtype=np.float32), len(columns)).reshape(to.shape)
    swept: Picture = cv2.remap(np.ascontiguousarray(picture), back, rows, cv2.INTER_LINEAR)
    return swept
