"""Runs the YuNet detector (Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023).

OpenCV's wrapper does the same, but takes nearly three times as long and changes with the release.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from face.values import Face, Picture

Outputs = dict[str, NDArray[np.float32]]

STRIDES = (8, 16, 32)
MIN_SCORE = 0.7
"""The demo of OpenCV Zoo uses 0.9 and loses dim and turned faces, which have hints of their own."""
NMS_OVERLAP = 0.3
"""Boxes that overlap more than this are one face; the value of OpenCV Zoo."""
LONG_SIDE = 640
"""Finds faces of 1/16 of the frame in 8 ms."""
SHORTEST_LONG_SIDE = 480
"""With less, recognition suffers."""
GUIDING_SIDE = 320
"""Finds a head near the camera, in a third of the time."""


class YuNet:
    """Finds faces; `run` maps a 1 × 3 × H × W float tensor, sides multiples of 32, to the named outputs."""

    def __init__(
        self,
        run: Callable[[NDArray[np.float32]], Outputs],
        least: int = SHORTEST_LONG_SIDE,
        most: int = LONG_SIDE,
    ) -> None:
        self._run = run
        self._least, self._most = least, most

    def detect(self, picture: Picture) -> tuple[Face, ...]:
        """Find the faces of a BGR picture of any size, the surest first, in that picture's pixels."""
        scale = self._scale(max(picture.shape[:2]))
        tensor = prepared(picture, scale)
        rows = _suppressed(candidates(self._run(tensor), tensor.shape[3]))
        return tuple(_face(row, scale) for row in rows)

    def _scale(self, longest: int) -> float:
        return min(max(longest, self._least), self._most) / longest


def prepared(picture: Picture, scale: float) -> NDArray[np.float32]:
    """Resize by `scale`, pad at right and bottom to multiples of 32, and lay out as the network's tensor."""
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    fits = (height, width) == picture.shape[:2]  # guiding frames are shrunk already, and a copy costs 0.1 ms
    resized = picture if fits else cv2.resize(picture, (width, height), interpolation=method)
    padded = cv2.copyMakeBorder(resized, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)
    tensor: NDArray[np.float32] = cv2.dnn.blobFromImage(padded)
    return tensor


def candidates(outputs: Outputs, width: int) -> NDArray[np.float32]:
    """Return all cells above `MIN_SCORE` as rows of left, top, width, height, five points, score."""
    return np.concatenate([_level(outputs, stride, width // stride) for stride in STRIDES])


def _level(outputs: Outputs, stride: int, columns: int) -> NDArray[np.float32]:
    sure, objectness, box, points = (outputs[f"{kind}_{stride}"][0] for kind in ("cls", "obj", "bbox", "kps"))
    score = np.sqrt(sure * objectness)[:, 0]  # both are sigmoids, 0 to 1
    cells = np.flatnonzero(score >= MIN_SCORE)
    corner = np.stack([cells % columns, cells // columns], axis=1)
    size = np.exp(box[cells, 2:])
    placed = points[cells] + np.tile(corner, 5)
    pixels = np.hstack([corner + box[cells, :2] - size / 2, size, placed]) * stride
    return np.hstack([pixels, score[cells, np.newaxis]]).astype(np.float32)


def _suppressed(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(rows):
        return rows
    kept = cv2.dnn.NMSBoxes(rows[:, :4].tolist(), rows[:, 14].tolist(), MIN_SCORE, NMS_OVERLAP)
    chosen: NDArray[np.float32] = rows[np.asarray(kept, np.intp).ravel()]
    return chosen


def _face(row: NDArray[np.float32], scale: float) -> Face:
    left, top, width, height = (float(value) / scale for value in row[:4])
    return Face(left, top, width, height, row[4:14].reshape(5, 2) / np.float32(scale), float(row[14]))
