"""Puts parts of one face onto another along the face mesh: a whole face, or eyes and mouth."""

from functools import lru_cache

import cv2
import numpy as np
from scipy.interpolate import LinearNDInterpolator

from face.attack.filmed.frame import Frame
from face.models.mesh import OVAL, Points
from face.values import Picture

Parts = tuple[tuple[int, ...], ...]
EYES_AND_MOUTH: Parts = (
    (70, 63, 105, 66, 107, 133, 173, 144, 145, 153, 33, 117, 111),
    (300, 293, 334, 296, 336, 362, 398, 373, 374, 380, 263, 346, 340),
    (61, 91, 84, 17, 314, 321, 291, 270, 0, 40, 164, 18),
)
"""Points round either eye with its brow, and round the mouth."""
WHOLE_FACE: Parts = (OVAL,)


@lru_cache(maxsize=128)
def transplanted(target: Frame, source: Frame, parts: Parts) -> Picture:
    """Return the picture of `target` with `parts` of the face of `source`, with matched colours.

    If either frame has no face, `target` is returned unchanged. A call takes a second, and a face swap shows
    the same frames again and again, so the newest pictures are cached; callers must not change them.
    """
    if target.points is None or source.points is None:
        return target.picture
    moved = _laid_over(source, target.points, target.picture.shape[:2])
    mask = _mask(target.points, parts, target.picture.shape[:2])
    inside = mask > 128
    means = [picture[inside].mean(axis=0) for picture in (target.picture, moved)]
    matched = np.clip(moved.astype(np.float32) + (means[0] - means[1]), 0, 255)
    soft = mask[..., None].astype(np.float32) / 255
    mixed: Picture = (matched * soft + target.picture * (1 - soft)).astype(np.uint8)
    return mixed


def _laid_over(source: Frame, points: Points, size: tuple[int, ...]) -> Picture:
    """Warp the face of `source` to `points`, triangle by triangle; black outside the mesh."""
    assert source.points is not None  # noqa: S101 - checked by `transplanted`
    rows, columns = np.mgrid[: size[0] : 4, : size[1] : 4]
    places = LinearNDInterpolator(points[:, :2], source.points[:, :2], fill_value=-1e3)(columns, rows)
    fine = cv2.resize(places.astype(np.float32), size[::-1], interpolation=cv2.INTER_LINEAR)
    laid: Picture = cv2.remap(source.picture, fine, None, cv2.INTER_LINEAR)
    return laid


def _mask(points: Points, parts: Parts, size: tuple[int, ...]) -> Picture:
    mask = np.zeros(size, np.uint8)
    for part in parts:
        hull = cv2.convexHull(points[list(part), :2].astype(np.float32))
        cv2.fillPoly(mask, [hull.round().astype(np.int32)], 255)
    width = max(float(np.ptp(points[list(OVAL), 1])) * 0.03, 1.0)
    shrunk_by = np.ones((max(1, round(width)),) * 2, np.uint8)
    soft: Picture = np.asarray(cv2.GaussianBlur(cv2.erode(mask, shrunk_by), (0, 0), width), np.uint8)
    return soft
