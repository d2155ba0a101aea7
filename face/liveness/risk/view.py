"""Cuts a face out of a picture at one size, with its mesh, so that two moments can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from face.models.mesh import OVAL, FaceMesh, Points
from face.values import Face, Picture

SIDE = 224
FACE_HEIGHT = 120.0
"""Pixels of a view, and of the face's oval in it: about what a phone's guiding frame shows."""
_EYES = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398),
)
_LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
_BROWS = (
    (46, 53, 52, 65, 55, 70, 63, 105, 66, 107),
    (276, 283, 282, 295, 285, 300, 293, 334, 296, 336),
)
_INNER, _ROUND_EYES, _ROUND_MOUTH = 0.93, 1.3, 1.15
"""Ratios of the masks' sizes to those of their points: the face's edge moves with what is behind it."""
_MIDDLE, _ROUND_BROWS = 0.75, 1.1

Grey = NDArray[np.float32]
"""Shape (`SIDE`, `SIDE`), 0 to 255."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Place:
    """The map from a picture to a view: enlargement, and shift in pixels of the view."""

    scale: float
    across: float
    down: float

    def matrix(self) -> NDArray[np.float64]:
        """Return the map as 2 × 3."""
        return np.array([[self.scale, 0, self.across], [0, self.scale, self.down]])


@dataclass(frozen=True, slots=True, eq=False)
class FaceView:
    """A face as grey pixels of a view, with its mesh in those pixels; `place` is where it was cut from."""

    grey: Grey = field(repr=False)
    points: Points = field(repr=False)
    place: Place

    def face(self) -> Mask:
        """Return the pixels of the face without its edge."""
        return _hull(self.points, OVAL, _INNER)

    def eyes(self) -> Mask:
        """Return the pixels of both eyes with their lids."""
        return _hull(self.points, _EYES[0], _ROUND_EYES) | _hull(self.points, _EYES[1], _ROUND_EYES)

    def mouth(self) -> Mask:
        """Return the pixels of the mouth."""
        return _hull(self.points, _LIPS, _ROUND_MOUTH)

    def skin(self) -> Mask:
        """Return the pixels of forehead, nose and cheeks, without the parts that move in a face at rest."""
        moving = self.mouth() | self.eyes()
        for eye, brow in zip(_EYES, _BROWS, strict=True):
            moving |= _hull(self.points, eye + brow, _ROUND_BROWS)
        return _hull(self.points, OVAL, _MIDDLE) & ~moving


def view_of(mesh: FaceMesh, picture: Picture, face: Face, place: Place | None = None) -> FaceView:
    """Cut a face out; `place` puts it where another view of the same capture was cut from."""
    points = mesh.points(picture, face)
    here = _place(points) if place is None else place
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    how = cv2.INTER_AREA if here.scale < 1 else cv2.INTER_LINEAR
    cut = cv2.warpAffine(grey, here.matrix(), (SIDE, SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    moved = points * here.scale + [here.across, here.down, 0.0]
    return FaceView(cut.astype(np.float32), moved, here)


def _place(points: Points) -> Place:
    oval = points[list(OVAL), :2]
    scale = FACE_HEIGHT / max(float(np.ptp(oval[:, 1])), 1.0)
    across, down = SIDE / 2 - scale * oval.mean(axis=0)
    return Place(scale, float(across), float(down))


def _hull(points: Points, chosen: Sequence[int], size: float) -> Mask:
    outline = points[list(chosen), :2]
    outline = outline.mean(axis=0) + size * (outline - outline.mean(axis=0))
    mask = np.zeros((SIDE, SIDE), np.uint8)
    hull = cv2.convexHull(outline.astype(np.float32)).round().astype(np.int32)
    cv2.fillPoly(mask, [hull], 255)
    return mask > 0
