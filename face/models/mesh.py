"""Reads the shape of a face in space, which tells a turned head from a turned photo.

The network is MediaPipe Face Mesh (Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video
on Mobile GPUs", 2019). Between two crops of one picture, the five points of a detector scatter by a fifth of
a gentle nod; many points together scatter by a twentieth.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from face.values import Face, Picture

Shape = NDArray[np.float64]
"""Array (35, 3) in pixels of the picture: x to the right, y down, z away from the camera. See `RIGID`."""

Points = NDArray[np.float64]
"""All 468 points of the mesh, shape (468, 3), in the units of a `Shape`."""

SIDE = 192
ROOM = 1.5
"""The side of the crop over the longer side of the face's box, as in the network's training."""
_RIGID_POINTS = (
    *(33, 133, 362, 263),  # corners of the eyes
    *(70, 105, 107, 336, 334, 300),  # brows
    *(168, 6, 197, 195, 5, 4, 1, 98, 327, 2),  # nose
    *(50, 280, 117, 346),  # cheeks
    *(127, 356, 234, 454),  # sides
    *(10, 109, 338, 151, 9),  # forehead
)
_MOUTH = (61, 291)
_ALL_POINTS = (*_RIGID_POINTS, *_MOUTH)
ROWS = len(_ALL_POINTS)
RIGID = slice(0, len(_RIGID_POINTS))
"""Rows of a `Shape` that speaking and blinking do not move, and smiles hardly; the mouth follows them."""
LEFT_EYE, RIGHT_EYE, MOUTH = slice(0, 2), slice(2, 4), slice(33, 35)
"""Rows of the corners of the eyes (image-left, image-right) and of the mouth."""
OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""Points of the whole mesh round the face."""
NOSE_TIP, FOREHEAD = 15, [28, 31]
ACROSS = ((0, 3), (1, 2), (4, 9), (5, 8), (6, 7), (20, 21), (22, 23), (24, 25), (26, 27))
"""Pairs of rows that mirror each other, image-left first."""
_FIVE = np.zeros((5, ROWS))
"""Weights of the rows of a `Shape` for the five points of a detector."""
_FIVE[0, LEFT_EYE] = _FIVE[1, RIGHT_EYE] = 1 / 2
_FIVE[2, NOSE_TIP] = _FIVE[3, MOUTH.start] = _FIVE[4, MOUTH.start + 1] = 1


def five_of(shape: Shape) -> NDArray[np.float64]:
    """Return the points of a detector, shape (5, 2): image-left and right eye, nose, both mouth corners."""
    five: NDArray[np.float64] = _FIVE @ shape[:, :2]
    return five


def shape_of(points: Points) -> Shape:
    """Return the points of a `Shape` among all points of the mesh."""
    shape: Shape = points[_ALL_POINTS, :]
    return shape


class FaceMesh:
    """Reads shapes; `run` maps a 1 × 3 × `SIDE` × `SIDE` float tensor, RGB 0–1, to 468 points of three."""

    def __init__(self, run: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
        self._run = run

    def shape(self, picture: Picture, face: Face) -> Shape:
        """Return the shape of a face found in a BGR picture."""
        return shape_of(self.points(picture, face))

    def points(self, picture: Picture, face: Face) -> Points:
        """Return all points of a face found in a BGR picture."""
        form = _upright(face)
        crop = cv2.warpAffine(picture, form, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        read = self._run(cv2.dnn.blobFromImage(crop, 1 / 255, swapRB=True))
        points = read.reshape(-1, 3).astype(np.float64)
        back = cv2.invertAffineTransform(form)
        return np.column_stack([points[:, :2] @ back[:, :2].T + back[:, 2], points[:, 2] * _scale(back)])


def _upright(face: Face) -> NDArray[np.float64]:
    """Return the map (2 × 3) from the picture to the crop: the face in its middle, the eyes level."""
    across = face.points[1] - face.points[0]
    scale = SIDE / (ROOM * max(face.width, face.height, 1.0))
    turn = scale * np.array([across, [-across[1], across[0]]]) / max(float(np.hypot(*across)), 1e-9)
    middle = (face.left + face.width / 2, face.top + face.height / 2)
    return np.column_stack([turn, SIDE / 2 - turn @ middle])


def _scale(form: NDArray[np.float64]) -> float:
    return float(np.hypot(form[0, 0], form[1, 0]))
